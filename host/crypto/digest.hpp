/// Digests and randomness of OpenSSL behind four plain functions. Bytes travel in std::string.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace candour::crypto {

/// 32 raw bytes.
std::string sha256(std::string_view bytes);
/// 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// HMAC-SHA-256 under one key that is used again and again: setting a key up costs OpenSSL more than the
/// digest of a short text. May be used from several threads at once.
class Hmac {
 public:
    explicit Hmac(std::string_view key);
    /// 32 raw bytes.
    std::string of(std::string_view bytes) const;

 private:
    struct Context;
    std::shared_ptr<const Context> keyed_;
};
/// From the system's generator; throws when there is none, because nothing may go on without it.
std::string random_bytes(std::size_t count);
/// Takes the same time wherever the first difference is.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
/// Empty when the text is not hexadecimal.
std::string from_hex(std::string_view hex);

}  // namespace candour::crypto
