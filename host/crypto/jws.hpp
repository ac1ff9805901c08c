/// Signatures of JSON Web Tokens as identity providers make them (RFC 7518): RS256 and ES256, checked and
/// never made. Numbers are big-endian bytes, as a JWK holds them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace candour::crypto {

/// RFC 4648, section 5, without padding.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

/// False also for keys below 2048 bits.
bool is_signed_by_rsa(std::string_view modulus, std::string_view exponent, std::string_view bytes,
                      std::string_view signature);
/// On P-256; the signature is r and s, 32 bytes each.
bool is_signed_by_p256(std::string_view x, std::string_view y, std::string_view bytes,
                       std::string_view signature);

}  // namespace candour::crypto
