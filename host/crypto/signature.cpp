#include "crypto/signature.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <stdexcept>

namespace candour::crypto {
namespace {

constexpr std::size_t kKeySize = 32, kSignatureSize = 64;

struct Freed {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(BIO* memory) const { BIO_free(memory); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed>;
using Memory = std::unique_ptr<BIO, Freed>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed>;

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// An encrypted key is no key here: nobody is asked for a password in the middle of a build.
int no_password(char*, int, int, void*) {
    return 0;
}

Key key_in(std::string_view pem, bool secret) {
    const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!memory) return nullptr;
    EVP_PKEY* found = secret ? PEM_read_bio_PrivateKey(memory.get(), nullptr, no_password, nullptr)
                             : PEM_read_bio_PUBKEY(memory.get(), nullptr, no_password, nullptr);
    Key key(found);
    return key && EVP_PKEY_id(key.get()) == EVP_PKEY_ED25519 ? std::move(key) : nullptr;
}

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

Error no_key(const char* what) {
    return Error{ErrorCode::invalid,
                 std::string("expected ") + what + " in PEM, as candour plugin keygen writes it, found none"};
}

}  // namespace

KeyPair new_key_pair() {
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const Memory secret(BIO_new(BIO_s_mem())), open(BIO_new(BIO_s_mem()));
    if (!key || !secret || !open ||
        PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
        PEM_write_bio_PUBKEY(open.get(), key.get()) != 1)
        throw std::runtime_error("OpenSSL makes no Ed25519 key");
    return {text_of(secret.get()), text_of(open.get())};
}

Result<std::string> sign(std::string_view secret_pem, std::string_view bytes) {
    const Key key = key_in(secret_pem, true);
    if (!key) return no_key("an Ed25519 secret key");
    const Digest context(EVP_MD_CTX_new());
    std::string signature(kSignatureSize, '\0');
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, raw(bytes),
                       bytes.size()) != 1)
        return Error{ErrorCode::internal, "OpenSSL does not sign with this key"};
    return signature;
}

Result<std::string> public_key_in(std::string_view pem) {
    Key key = key_in(pem, false);
    if (!key) key = key_in(pem, true);
    if (!key) return no_key("an Ed25519 key");
    std::string bytes(kKeySize, '\0');
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size) != 1)
        return no_key("an Ed25519 key");
    return bytes;
}

bool is_signed_by(std::string_view public_key, std::string_view bytes, std::string_view signature) {
    if (public_key.size() != kKeySize || signature.size() != kSignatureSize) return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(public_key), public_key.size()));
    const Digest context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(bytes), bytes.size()) == 1;
}

}  // namespace candour::crypto
