#include "crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <stdexcept>

namespace candour::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string sha256(std::string_view bytes) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    SHA256(bytes_of(bytes), bytes.size(), bytes_of(out));
    return out;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(), bytes_of(out),
         &size);
    return out;
}

struct Hmac::Context {
    explicit Context(EVP_MAC_CTX* made) : raw(made) {
        if (raw == nullptr) throw std::runtime_error("OpenSSL gives no HMAC");
    }
    ~Context() { EVP_MAC_CTX_free(raw); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    EVP_MAC_CTX* raw;
};

Hmac::Hmac(std::string_view key) {
    EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    keyed_ = std::make_shared<Context>(EVP_MAC_CTX_new(algorithm));
    EVP_MAC_free(algorithm);
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    if (EVP_MAC_init(keyed_->raw, bytes_of(key), key.size(), parameters) != 1)
        throw std::runtime_error("OpenSSL takes no HMAC key");
}

std::string Hmac::of(std::string_view bytes) const {
    const Context use(EVP_MAC_CTX_dup(keyed_->raw));
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    std::size_t size = 0;
    if (EVP_MAC_update(use.raw, bytes_of(bytes), bytes.size()) != 1 ||
        EVP_MAC_final(use.raw, bytes_of(out), &size, out.size()) != 1)
        throw std::runtime_error("OpenSSL computes no HMAC");
    return out;
}

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    if (RAND_bytes(bytes_of(out), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system gives no random bytes");
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const unsigned char c : bytes) {
        out += digits[c >> 4U];
        out += digits[c & 15U];
    }
    return out;
}

std::string from_hex(std::string_view hex) {
    std::string out;
    if (hex.size() % 2 != 0) return out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = digit(hex[i]);
        const int low = digit(hex[i + 1]);
        if (high < 0 || low < 0) return {};
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

}  // namespace candour::crypto
