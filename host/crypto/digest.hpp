/// Digests and randomness of OpenSSL behind four plain functions. Bytes travel in std::string.
#pragma once
#include <string>
#include <string_view>

namespace candour::crypto {

/// 32 raw bytes.
std::string sha256(std::string_view bytes);
/// 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);
/// From the system's generator; throws when there is none, because nothing may go on without it.
std::string random_bytes(std::size_t count);
/// Takes the same time wherever the first difference is.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
/// Empty when the text is not hexadecimal.
std::string from_hex(std::string_view hex);

}  // namespace candour::crypto
