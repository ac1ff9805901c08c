#include "crypto/jws.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <memory>

#include "crypto/base64.hpp"

namespace candour::crypto {
namespace {

constexpr int kLeastRsaBits = 2048;
constexpr std::size_t kP256Bytes = 32;

struct JwsFreed {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
template <class T>
using JwsOwned = std::unique_ptr<T, JwsFreed>;

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

JwsOwned<BIGNUM> number_of(std::string_view bytes) {
    return JwsOwned<BIGNUM>(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

JwsOwned<EVP_PKEY> key_of(const char* type, OSSL_PARAM_BLD* builder) {
    const JwsOwned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder));
    const JwsOwned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return JwsOwned<EVP_PKEY>(key);
}

bool is_sha256_signature(EVP_PKEY* key, std::string_view bytes, std::string_view signature) {
    const JwsOwned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(bytes),
                            bytes.size()) == 1;
}

/// What OpenSSL wants in place of r and s.
std::string der_of(std::string_view signature) {
    JwsOwned<BIGNUM> r = number_of(signature.substr(0, kP256Bytes)),
                     s = number_of(signature.substr(kP256Bytes));
    const JwsOwned<ECDSA_SIG> both(ECDSA_SIG_new());
    if (!r || !s || !both || ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) return {};
    (void)r.release();  // it is the signature's now
    (void)s.release();
    unsigned char* bytes = nullptr;
    const int size = i2d_ECDSA_SIG(both.get(), &bytes);
    if (size <= 0) return {};
    std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
    std::string text = to_base64(bytes);
    while (text.ends_with('=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

std::optional<std::string> from_base64url(std::string_view url_text) {
    if (url_text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
    std::string text(url_text);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0) text += '=';
    std::string bytes = from_base64(text);
    if (bytes.empty() && !text.empty()) return std::nullopt;
    return bytes;
}

bool is_signed_by_rsa(std::string_view modulus, std::string_view exponent, std::string_view bytes,
                      std::string_view signature) {
    const JwsOwned<BIGNUM> n = number_of(modulus), e = number_of(exponent);
    const JwsOwned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || BN_num_bits(n.get()) < kLeastRsaBits) return false;
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return false;
    const JwsOwned<EVP_PKEY> key = key_of("RSA", builder.get());
    return key && is_sha256_signature(key.get(), bytes, signature);
}

bool is_signed_by_p256(std::string_view x, std::string_view y, std::string_view bytes,
                       std::string_view signature) {
    if (x.size() != kP256Bytes || y.size() != kP256Bytes || signature.size() != 2 * kP256Bytes) return false;
    const JwsOwned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    const std::string point = '\x04' + std::string(x) + std::string(y);
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1)
        return false;
    const JwsOwned<EVP_PKEY> key = key_of("EC", builder.get());
    const std::string der = der_of(signature);
    return key && !der.empty() && is_sha256_signature(key.get(), bytes, der);
}

}  // namespace candour::crypto
