/// Ed25519 (RFC 8032): who made some bytes. Keys are PEM texts, as `openssl genpkey -algorithm ed25519`
/// writes them.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::crypto {

struct KeyPair {
    std::string secret_pem, public_pem;
};
KeyPair new_key_pair();

/// 64 raw bytes. Errors: invalid (no Ed25519 key in this text).
Result<std::string> sign(std::string_view secret_pem, std::string_view bytes);
/// 32 raw bytes, of a secret or a public key. Errors: invalid.
Result<std::string> public_key_in(std::string_view pem);
bool is_signed_by(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace candour::crypto
