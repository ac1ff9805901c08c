#include "edge/http/oidc/provider.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "crypto/base64.hpp"
#include "crypto/digest.hpp"
#include "crypto/jws.hpp"
#include "edge/http/encoding.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr std::chrono::hours kPlacesKept{1};
/// A key that we do not know may be a new one; whoever makes tokens up must not make us ask each time.
constexpr std::chrono::minutes kKeysAskedEvery{1};
constexpr std::chrono::seconds kProviderPatience{10};

std::string text_in(const bj::object& object, std::string_view name) {
    const bj::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Result<bj::object> object_of(const std::string& text, const char* what) {
    boost::system::error_code wrong;
    bj::value value = bj::parse(text, wrong);
    if (wrong || !value.is_object())
        return Error{ErrorCode::corrupt, std::string("the identity provider's ") + what +
                                             ": expected a JSON object, found something else"};
    return std::move(value.get_object());
}

std::string form_of(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    std::string text;
    for (const auto& [name, value] : fields)
        text += (text.empty() ? "" : "&") + std::string(name) + "=" + percent_encode(value);
    return text;
}

flow::EgressRequest get_of(std::string url) {
    flow::EgressRequest request;
    request.url = std::move(url);
    request.headers = {{"Accept", "application/json"}};
    return request;
}

}  // namespace

flow::Task<Result<std::string>> OidcProvider::fetched(flow::EgressRequest request) {
    request.timeout = kProviderPatience;
    auto fetching = egress_.fetch(std::move(request));
    Result<flow::EgressAnswer> answer = co_await std::move(fetching);
    if (!answer) co_return answer.error();
    if (answer->status == 200) co_return std::move(answer->body);
    co_return Error{ErrorCode::denied, "the identity provider answered " + std::to_string(answer->status) +
                                           ": " + answer->body.substr(0, 200)};
}

flow::Task<Result<OidcProvider::Places>> OidcProvider::places() {
    if (core::happened(places_.read_at) && clock_.now() - places_.read_at < kPlacesKept) co_return places_;
    std::string base = settings_.issuer;
    while (base.ends_with('/')) base.pop_back();
    auto asking = fetched(get_of(base + "/.well-known/openid-configuration"));
    const Result<std::string> text = co_await std::move(asking);
    if (!text) co_return text.error();
    const Result<bj::object> document = object_of(*text, "configuration");
    if (!document) co_return document.error();
    if (text_in(*document, "issuer") != settings_.issuer)
        co_return Error{ErrorCode::corrupt, "the identity provider calls itself " +
                                                text_in(*document, "issuer") +
                                                ", and sign_in.oidc.issuer says " + settings_.issuer};
    places_ = {text_in(*document, "authorization_endpoint"), text_in(*document, "token_endpoint"),
               text_in(*document, "jwks_uri"), clock_.now()};
    co_return places_;
}

flow::Task<Result<std::string>> OidcProvider::way_there(OidcTrip trip) {
    auto finding = places();
    const Result<Places> found = co_await std::move(finding);
    if (!found) co_return found.error();
    co_return authorization(found->authorization, trip);
}

std::string OidcProvider::authorization(const std::string& url, const OidcTrip& trip) const {
    const std::string challenge = crypto::to_base64url(crypto::sha256(trip.verifier));
    const char* join = url.find('?') == std::string::npos ? "?" : "&";
    return url + join +
           form_of({{"response_type", "code"},
                    {"client_id", settings_.client_id},
                    {"redirect_uri", redirect_uri_},
                    {"scope", "openid email profile"},
                    {"state", trip.state},
                    {"nonce", trip.nonce},
                    {"code_challenge", challenge},
                    {"code_challenge_method", "S256"}});
}

flow::Task<Result<std::vector<ProviderKey>>> OidcProvider::keys_for(std::string key_id) {
    const bool known = std::ranges::any_of(
        keys_, [&](const ProviderKey& key) { return key_id.empty() || key.id == key_id; });
    const bool asked = core::happened(keys_read_at_) && clock_.now() - keys_read_at_ < kKeysAskedEvery;
    if (known || asked) co_return keys_;
    auto asking = fetched(get_of(places_.keys));
    const Result<std::string> text = co_await std::move(asking);
    if (!text) co_return text.error();
    Result<std::vector<ProviderKey>> keys = read_provider_keys(*text);
    if (!keys) co_return keys.error();
    keys_ = std::move(*keys);
    keys_read_at_ = clock_.now();
    co_return keys_;
}

flow::EgressRequest OidcProvider::redemption(const std::string& url, const std::string& code,
                                             const OidcTrip& trip) const {
    flow::EgressRequest request;
    request.method = "POST";
    request.url = url;
    // RFC 6749, section 2.3.1: both are form-encoded before they are put together.
    const std::string who =
        percent_encode(settings_.client_id) + ":" + percent_encode(settings_.client_secret);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Accept", "application/json"},
                       {"Authorization", "Basic " + crypto::to_base64(who)}};
    request.body = form_of({{"grant_type", "authorization_code"},
                            {"code", code},
                            {"redirect_uri", redirect_uri_},
                            {"code_verifier", trip.verifier}});
    return request;
}

flow::Task<Result<IdClaims>> OidcProvider::redeem(std::string code, OidcTrip trip) {
    auto finding = places();
    const Result<Places> found = co_await std::move(finding);
    if (!found) co_return found.error();
    auto redeeming = fetched(redemption(found->token, code, trip));
    const Result<std::string> text = co_await std::move(redeeming);
    if (!text) co_return text.error();
    const Result<bj::object> answer = object_of(*text, "token answer");
    if (!answer) co_return answer.error();
    const std::string token = text_in(*answer, "id_token");
    auto reading = keys_for(key_id_of(token));
    const Result<std::vector<ProviderKey>> keys = co_await std::move(reading);
    if (!keys) co_return keys.error();
    const TokenExpectation expected{settings_.issuer, settings_.client_id, trip.nonce, settings_.groups_claim,
                                    clock_.now()};
    co_return read_id_token(token, *keys, expected);
}

std::optional<flow::Role> OidcProvider::role_of(const IdClaims& claims) const {
    std::optional<flow::Role> best;
    for (const auto& [role, group] : settings_.groups)
        if (std::ranges::find(claims.groups, group) != claims.groups.end()) best = role;
    return best;
}

}  // namespace candour::http
