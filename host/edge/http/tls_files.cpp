/// Certificates and keys: reading them, and saying what is wrong with them.
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cerrno>
#include <cstring>

#include "edge/http/tls.hpp"

namespace candour::http {
namespace {

template <auto release>
struct ReleaseWith {
    template <class T>
    void operator()(T* held) const {
        release(held);
    }
};
using OpenFile = std::unique_ptr<FILE, ReleaseWith<&fclose>>;
using OwnedCertificate = std::unique_ptr<X509, ReleaseWith<&X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, ReleaseWith<&EVP_PKEY_free>>;
using AltNames = std::unique_ptr<GENERAL_NAMES, ReleaseWith<&GENERAL_NAMES_free>>;

/// Forward secrecy and nothing weak; TLS 1.3 brings suites of its own.
constexpr const char* kSuites = "ECDHE+AESGCM:ECDHE+CHACHA20";
/// What browsers and programs ask for, as ALPN spells it; HTTP/2 is not spoken here.
constexpr std::array<unsigned char, 9> kProtocol{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

Error not_usable(const std::filesystem::path& file, const std::string& what) {
    return {ErrorCode::invalid, file.string() + ": " + what};
}

Result<OpenFile> opened_file(const std::filesystem::path& file, const char* expected) {
    OpenFile stream(std::fopen(file.c_str(), "rb"));
    if (stream) return stream;
    return not_usable(file, std::string("expected ") + expected +
                                " that this user can read, found: " + std::strerror(errno));
}

/// A key with a pass phrase would ask for it at the terminal, where nobody sits.
int no_pass_phrase(char*, int, int, void*) {
    return 0;
}

core::Instant asn1_instant(const ASN1_TIME* time) {
    std::tm utc{};
    if (ASN1_TIME_to_tm(time, &utc) != 1) return core::kNever;
    return core::Instant{std::chrono::seconds{timegm(&utc)}};
}

std::string asn1_text(const ASN1_STRING* text) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string asn1_address(const ASN1_OCTET_STRING* address) {
    const unsigned char* bytes = ASN1_STRING_get0_data(address);
    boost::asio::ip::address_v4::bytes_type v4{};
    boost::asio::ip::address_v6::bytes_type v6{};
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(address));
    if (size != v4.size() && size != v6.size()) return "an address of another kind";
    std::copy_n(bytes, size, size == v4.size() ? v4.data() : v6.data());
    return size == v4.size() ? boost::asio::ip::address_v4(v4).to_string()
                             : boost::asio::ip::address_v6(v6).to_string();
}

std::vector<std::string> certificate_names(X509* certificate) {
    std::vector<std::string> found;
    const AltNames names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) found.push_back(asn1_text(name->d.dNSName));
        if (name->type == GEN_IPADD) found.push_back(asn1_address(name->d.iPAddress));
    }
    if (!found.empty()) return found;
    std::array<char, 256> subject{};
    X509_NAME_oneline(X509_get_subject_name(certificate), subject.data(), static_cast<int>(subject.size()));
    return {subject.data()};
}

std::string day_of(core::Instant at) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data();
}

/// The first in the file is the host's own, the rest vouch for it.
Result<std::vector<OwnedCertificate>> chain_in(const std::filesystem::path& file) {
    const Result<OpenFile> stream = opened_file(file, "a certificate");
    if (!stream) return stream.error();
    std::vector<OwnedCertificate> chain;
    while (OwnedCertificate next{PEM_read_X509(stream->get(), nullptr, nullptr, nullptr)})
        chain.push_back(std::move(next));
    ERR_clear_error();
    if (!chain.empty()) return chain;
    return not_usable(file, "expected a certificate in PEM (-----BEGIN CERTIFICATE-----), found none");
}

Result<PrivateKey> key_in(const std::filesystem::path& file) {
    const Result<OpenFile> stream = opened_file(file, "a private key");
    if (!stream) return stream.error();
    PrivateKey key(PEM_read_PrivateKey(stream->get(), nullptr, &no_pass_phrase, nullptr));
    ERR_clear_error();
    if (key) return key;
    return not_usable(file,
                      "expected a private key in PEM without a pass phrase, found none; openssl pkey "
                      "-in KEY -out PLAIN takes a pass phrase off");
}

CertificateFacts certificate_facts(X509* certificate) {
    return {certificate_names(certificate), asn1_instant(X509_get0_notBefore(certificate)),
            asn1_instant(X509_get0_notAfter(certificate))};
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned offered_size, void*) {
    unsigned char* found = nullptr;
    const int outcome =
        SSL_select_next_proto(&found, size, kProtocol.data(), kProtocol.size(), offered, offered_size);
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> fresh_context() {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!context) throw std::bad_alloc();
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context.get(), kSuites);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                        SSL_MODE_RELEASE_BUFFERS);
    // Tickets bring people back without a second handshake; remembering sessions here as well gains nothing.
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(context.get(), &choose_protocol, nullptr);
    return context;
}

Done put_in(SSL_CTX* context, const TlsFiles& files, const std::vector<OwnedCertificate>& chain,
            EVP_PKEY* key) {
    ERR_clear_error();
    if (SSL_CTX_use_certificate(context, chain.front().get()) != 1) {
        ERR_clear_error();
        return not_usable(files.certificate,
                          "expected a certificate with a key that is still safe (RSA from 2048 bits on, or "
                          "an elliptic curve), found a weaker one");
    }
    for (std::size_t i = 1; i < chain.size(); ++i) SSL_CTX_add1_chain_cert(context, chain[i].get());
    const bool fits =
        X509_check_private_key(chain.front().get(), key) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1;
    ERR_clear_error();
    if (fits) return done();
    return not_usable(files.key, "expected the key that belongs to " + files.certificate.string() +
                                     ", found the key of another certificate");
}

}  // namespace

std::string CertificateFacts::names_in_words() const {
    std::string words;
    for (const std::string& name : names) words += (words.empty() ? "" : ", ") + name;
    return words;
}

std::string CertificateFacts::why_not(core::Instant now) const {
    if (now >= ends) return "it ended on " + day_of(ends);
    if (now < begins) return "it holds only from " + day_of(begins) + " on";
    return {};
}

bool CertificateFacts::covers(std::string_view url) const {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return false;
    const auto found = parsed->host_address();
    const std::string_view host(found.data(), found.size());
    const std::size_t dot = host.find('.');
    return std::ranges::any_of(names, [&](const std::string& name) {
        const bool wild = name.starts_with("*.") && dot != std::string_view::npos;
        return host == name || (wild && host.substr(dot) == std::string_view(name).substr(1));
    });
}

Result<std::shared_ptr<TlsCredentials>> TlsCredentials::read(TlsFiles files) {
    std::shared_ptr<TlsCredentials> credentials(new TlsCredentials);
    credentials->files_ = std::move(files);
    if (Done read = credentials->read_again(); !read) return read.error();
    return credentials;
}

Done TlsCredentials::read_again() {
    const Result<std::vector<OwnedCertificate>> chain = chain_in(files_.certificate);
    if (!chain) return chain.error();
    const Result<PrivateKey> key = key_in(files_.key);
    if (!key) return key.error();
    std::shared_ptr<SSL_CTX> context = fresh_context();
    if (Done put = put_in(context.get(), files_, *chain, key->get()); !put) return put;
    context_ = std::move(context);
    facts_ = certificate_facts(chain->front().get());
    return done();
}

}  // namespace candour::http
