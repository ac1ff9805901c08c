/// /api/v1/sign-in/oidc: to the identity provider of the organisation, and back. A browser walks this way, so
/// the answers are redirections; what went wrong stands on the sign-in page.
#pragma once
#include "edge/http/oidc/provider.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/identity/sign_in.hpp"

namespace candour::http {

struct OidcNeeds {
    OidcProvider& provider;
    flow::SignIn& sign_in;
    const SessionCookie& cookie;
    std::string key;  ///< signs what the browser carries meanwhile
    bool tls = false;
};

class OidcRoutes {
 public:
    explicit OidcRoutes(const OidcNeeds& needs) : needs_(needs), by_address_(60) {}
    void add_to(Router& router);

 private:
    flow::Task<Response> offers(Request request);
    flow::Task<Response> leave(Request request);
    flow::Task<Response> come_back(Request request);
    flow::Task<Result<flow::SignedIn>> who_came(Request request);
    std::string packed(const OidcTrip& trip) const;
    std::string trip_line(const std::string& value, std::chrono::seconds lifetime) const;
    std::optional<OidcTrip> trip_of(const Request& request) const;

    OidcNeeds needs_;
    RateLimiter by_address_;
};

}  // namespace candour::http
