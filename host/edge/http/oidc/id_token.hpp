/// An ID token of an identity provider (OpenID Connect Core 1.0, section 3.1.3.7): whether it is theirs, for
/// us, for this sign-in, and still good.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"

namespace candour::http {

/// A public key of the provider (RFC 7517): RSA, or EC on P-256. Numbers as bytes.
struct ProviderKey {
    std::string id;
    std::string modulus, exponent;  ///< RSA
    std::string x, y;               ///< EC
};

struct TokenExpectation {
    std::string issuer, client, nonce;
    std::string groups_claim;  ///< whose values may name a role
    core::Instant now;
};

struct IdClaims {
    std::string subject;
    std::string email;  ///< lower case; empty unless the provider says that it is verified
    std::string name;
    std::vector<std::string> groups;
};

/// Keys of kinds that we do not know are left out. Errors: corrupt.
Result<std::vector<ProviderKey>> read_provider_keys(std::string_view jwks);
/// The `kid` in the token's header; empty when it has none.
std::string key_id_of(std::string_view token);
/// Errors: denied, saying what does not hold; corrupt when it is no token.
Result<IdClaims> read_id_token(std::string_view token, const std::vector<ProviderKey>& keys,
                               const TokenExpectation& expected);

}  // namespace candour::http
