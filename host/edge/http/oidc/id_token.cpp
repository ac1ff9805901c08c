#include "edge/http/oidc/id_token.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "core/relationship/cells.hpp"
#include "crypto/digest.hpp"
#include "crypto/jws.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// Two clocks that do not quite agree.
constexpr std::chrono::minutes kClockSkew{2};

struct TokenParts {
    bj::object header, claims;
    std::string signed_bytes, signature;
};

std::optional<bj::object> object_in(std::string_view encoded) {
    const auto text = crypto::from_base64url(encoded);
    if (!text) return std::nullopt;
    boost::system::error_code wrong;
    bj::value value = bj::parse(*text, wrong);
    if (wrong || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::optional<TokenParts> parts_of(std::string_view token) {
    const std::size_t first = token.find('.'), second = token.find('.', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    auto header = object_in(token.substr(0, first));
    auto claims = object_in(token.substr(first + 1, second - first - 1));
    auto signature = crypto::from_base64url(token.substr(second + 1));
    if (!header || !claims || !signature) return std::nullopt;
    return TokenParts{std::move(*header), std::move(*claims), std::string(token.substr(0, second)),
                      std::move(*signature)};
}

std::string claim_text(const bj::object& object, std::string_view name) {
    const bj::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t claim_second(const bj::object& object, std::string_view name) {
    const bj::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_number()) return 0;
    boost::system::error_code none;
    return value->to_number<std::int64_t>(none);
}

std::vector<std::string> claim_texts(const bj::object& object, std::string_view name) {
    const bj::value* value = object.if_contains(name);
    if (value == nullptr) return {};
    if (value->is_string()) return {std::string(value->get_string())};
    std::vector<std::string> all;
    if (value->is_array())
        for (const bj::value& each : value->get_array())
            if (each.is_string()) all.emplace_back(each.get_string());
    return all;
}

bool is_theirs(const TokenParts& token, const std::vector<ProviderKey>& keys) {
    const std::string algorithm = claim_text(token.header, "alg"), id = claim_text(token.header, "kid");
    return std::ranges::any_of(keys, [&](const ProviderKey& key) {
        if (!id.empty() && key.id != id) return false;
        if (algorithm == "RS256")
            return crypto::is_signed_by_rsa(key.modulus, key.exponent, token.signed_bytes, token.signature);
        return algorithm == "ES256" &&
               crypto::is_signed_by_p256(key.x, key.y, token.signed_bytes, token.signature);
    });
}

Error denied_token(const std::string& what) {
    return {ErrorCode::denied, "the ID token " + what};
}

Done is_for_us(const bj::object& claims, const TokenExpectation& expected) {
    if (claim_text(claims, "iss") != expected.issuer)
        return denied_token("is of " + claim_text(claims, "iss") + ", expected " + expected.issuer);
    const std::vector<std::string> audience = claim_texts(claims, "aud");
    const bool ours = std::ranges::find(audience, expected.client) != audience.end();
    const std::string party = claim_text(claims, "azp");
    if (!ours || (audience.size() > 1 && party != expected.client) ||
        (!party.empty() && party != expected.client))
        return denied_token("was made for somebody else");
    const auto skew = std::chrono::duration_cast<std::chrono::seconds>(kClockSkew).count();
    const std::int64_t now = core::to_us(expected.now) / 1'000'000;
    if (claim_second(claims, "exp") + skew <= now) return denied_token("has expired");
    if (claim_second(claims, "iat") - skew > now)
        return denied_token("is of a time to come; do the clocks agree?");
    const bool same = crypto::equal_in_constant_time(claim_text(claims, "nonce"), expected.nonce);
    if (!same || expected.nonce.empty()) return denied_token("belongs to another sign-in");
    if (claim_text(claims, "sub").empty()) return denied_token("names nobody");
    return done();
}

bool is_verified(const bj::object& claims) {
    const bj::value* verified = claims.if_contains("email_verified");
    return verified != nullptr && verified->is_bool() && verified->get_bool();
}

}  // namespace

Result<std::vector<ProviderKey>> read_provider_keys(std::string_view jwks) {
    boost::system::error_code wrong;
    const bj::value document = bj::parse(jwks, wrong);
    const bj::value* list =
        wrong || !document.is_object() ? nullptr : document.get_object().if_contains("keys");
    if (list == nullptr || !list->is_array())
        return Error{ErrorCode::corrupt,
                     "the identity provider's keys: expected a JWK set, found something else"};
    std::vector<ProviderKey> keys;
    for (const bj::value& each : list->get_array()) {
        if (!each.is_object()) continue;
        const bj::object& one = each.get_object();
        const std::string type = claim_text(one, "kty"), use = claim_text(one, "use");
        const bool curve = type == "EC" && claim_text(one, "crv") == "P-256";
        if ((type != "RSA" && !curve) || (!use.empty() && use != "sig")) continue;
        const auto bytes = [&](const char* name) {
            return crypto::from_base64url(claim_text(one, name)).value_or("");
        };
        keys.push_back({claim_text(one, "kid"), bytes("n"), bytes("e"), bytes("x"), bytes("y")});
    }
    return keys;
}

std::string key_id_of(std::string_view token) {
    const auto header = object_in(token.substr(0, token.find('.')));
    return header ? claim_text(*header, "kid") : std::string();
}

Result<IdClaims> read_id_token(std::string_view token, const std::vector<ProviderKey>& keys,
                               const TokenExpectation& expected) {
    const std::optional<TokenParts> parts = parts_of(token);
    if (!parts) return Error{ErrorCode::corrupt, "the identity provider sent no ID token that can be read"};
    if (!is_theirs(*parts, keys)) return denied_token("is not signed by the provider with RS256 or ES256");
    if (Done ours = is_for_us(parts->claims, expected); !ours) return ours.error();
    IdClaims claims;
    claims.subject = claim_text(parts->claims, "sub");
    claims.name = claim_text(parts->claims, "name");
    if (is_verified(parts->claims)) claims.email = core::lower(claim_text(parts->claims, "email"));
    if (!expected.groups_claim.empty()) claims.groups = claim_texts(parts->claims, expected.groups_claim);
    return claims;
}

}  // namespace candour::http
