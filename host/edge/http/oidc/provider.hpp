/// An identity provider as OpenID Connect Discovery describes it: where to send people, where to redeem what
/// they bring back, and whose signatures count.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edge/http/oidc/id_token.hpp"
#include "flow/clock.hpp"
#include "flow/identity/role.hpp"
#include "flow/plugin_state/egress.hpp"

namespace candour::http {

struct OidcSettings {
    std::string issuer;  ///< empty: nobody signs in this way
    std::string client_id, client_secret;
    std::string label = "Company account";  ///< on the button
    std::string groups_claim = "groups";
    std::map<flow::Role, std::string> groups;  ///< whose members have the role; the highest counts
};

/// What a browser takes along to the provider and back.
struct OidcTrip {
    std::string state, nonce, verifier;
};

class OidcProvider {
 public:
    OidcProvider(OidcSettings settings, std::string redirect_uri, flow::Egress& egress,
                 const flow::Clock& clock)
        : settings_(std::move(settings)),
          redirect_uri_(std::move(redirect_uri)),
          egress_(egress),
          clock_(clock) {}

    const OidcSettings& settings() const { return settings_; }
    /// Where the browser goes. Errors: unavailable, corrupt.
    flow::Task<Result<std::string>> way_there(OidcTrip trip);
    /// Who came back. Errors: denied; unavailable, corrupt.
    flow::Task<Result<IdClaims>> redeem(std::string code, OidcTrip trip);
    /// The highest role whose group they are in.
    std::optional<flow::Role> role_of(const IdClaims& claims) const;

 private:
    struct Places {
        std::string authorization, token, keys;
        core::Instant read_at = core::kNever;
    };
    flow::Task<Result<Places>> places();
    flow::Task<Result<std::vector<ProviderKey>>> keys_for(std::string key_id);
    flow::Task<Result<std::string>> fetched(flow::EgressRequest request);
    std::string authorization(const std::string& url, const OidcTrip& trip) const;
    flow::EgressRequest redemption(const std::string& url, const std::string& code,
                                   const OidcTrip& trip) const;

    OidcSettings settings_;
    std::string redirect_uri_;
    flow::Egress& egress_;
    const flow::Clock& clock_;
    Places places_;
    std::vector<ProviderKey> keys_;
    core::Instant keys_read_at_ = core::kNever;
};

}  // namespace candour::http
