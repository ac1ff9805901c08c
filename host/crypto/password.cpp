#include "crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace candour::crypto {
namespace {

/// May be called as often as one likes, from any thread.
void begin() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium could not be started");
}

}  // namespace

std::string hash_password(std::string_view password) {
    begin();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        throw std::bad_alloc();
    return text.data();
}

bool is_password(std::string_view hash, std::string_view password) {
    begin();
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    std::array<char, crypto_pwhash_STRBYTES> text{};
    hash.copy(text.data(), hash.size());
    return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

}  // namespace candour::crypto
