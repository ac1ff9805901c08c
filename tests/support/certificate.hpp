/// A certificate and its key as files, made for one test: it vouches for itself.
#pragma once
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace candour::support {

class Certificate final {
 public:
    /// Written as `<stem>.pem` and `<stem>.key`. `days` from now; less than 0: it has ended.
    Certificate(const std::filesystem::path& stem, const std::string& host = "localhost", int days = 90)
        : certificate(stem.string() + ".pem"), key(stem.string() + ".key") {
        EVP_PKEY* pair = EVP_EC_gen("P-256");
        X509* made = X509_new();
        if (pair == nullptr || made == nullptr) throw std::runtime_error("no certificate could be made");
        ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
        X509_set_version(made, 2);
        X509_gmtime_adj(X509_getm_notBefore(made), -60L * 60 * 24 * 400);
        X509_gmtime_adj(X509_getm_notAfter(made), 60L * 60 * 24 * days);
        X509_set_pubkey(made, pair);
        X509_NAME* name = X509_get_subject_name(made);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
        X509_set_issuer_name(made, name);
        X509_EXTENSION* names =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + host).c_str());
        X509_add_ext(made, names, -1);
        X509_EXTENSION_free(names);
        X509_sign(made, pair, EVP_sha256());
        write(certificate, [&](FILE* file) { return PEM_write_X509(file, made); });
        write(key, [&](FILE* file) {
            return PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
        });
        X509_free(made);
        EVP_PKEY_free(pair);
        std::filesystem::permissions(key, std::filesystem::perms(0600));
    }

    std::filesystem::path certificate, key;

 private:
    template <class Put>
    static void write(const std::filesystem::path& path, Put put) {
        FILE* file = std::fopen(path.c_str(), "wb");
        const bool done = file != nullptr && put(file) == 1;
        if (file != nullptr) std::fclose(file);
        if (!done) throw std::runtime_error("cannot write " + path.string());
    }
};

}  // namespace candour::support
