/// /api/v1/sign-in: the door, open to everybody; /api/v1/me and /api/v1/sign-out: whoever is inside.
#pragma once
#include <boost/json/object.hpp>

#include "crypto/link_tokens.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/identity/sign_in.hpp"

namespace candour::http {

struct SignInNeeds {
    flow::SignIn& sign_in;
    flow::Users& users;
    const crypto::LinkTokens& links;
    const SessionCookie& cookie;
    const flow::Clock& clock;
};

class SignInRoutes {
 public:
    explicit SignInRoutes(const SignInNeeds& needs);
    void add_to(Router& router, Identity& identity);

 private:
    /// What every question at the door goes through: from our page, and not too often.
    std::optional<Response> objection(const Request& request, const std::string& whose = {});
    flow::Task<Response> by_password(Request request);
    flow::Task<Response> look_at_link(Request request);
    flow::Task<Response> by_link(Request request);
    flow::Task<Response> forgotten(Request request);
    flow::Task<Response> sign_out(Request request, flow::Caller caller);
    flow::Task<Response> me(Request request, flow::Caller caller);
    flow::Task<Response> change_password(Request request, flow::Caller caller);
    flow::Visitor visitor_of(const Request& request) const;
    Response welcome(const Request& request, const flow::SignedIn& opened) const;

    SignInNeeds needs_;
    RateLimiter by_address_, by_account_;
};

}  // namespace candour::http
