#include "edge/mail/submission/sasl.hpp"

#include <openssl/evp.h>

namespace candour::mail {
namespace {

constexpr char kControlA = '\x01';

/// RFC 5801 4: a comma and an equals sign in the name would end the field.
std::string gs2_name(std::string_view user) {
    std::string out;
    for (const char c : user) out += c == ',' ? "=2C" : c == '=' ? "=3D" : std::string(1, c);
    return out;
}

std::string bearer(std::string start, std::string_view fields, const Auth& auth) {
    start += kControlA;
    start += fields;
    start += "auth=Bearer " + auth.secret;
    start += kControlA;
    start += kControlA;
    return start;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string_view sasl_name(Mechanism mechanism) {
    switch (mechanism) {
        case Mechanism::plain:
            return "PLAIN";
        case Mechanism::login:
            return "LOGIN";
        case Mechanism::xoauth2:
            return "XOAUTH2";
        case Mechanism::oauthbearer:
            return "OAUTHBEARER";
        case Mechanism::none:
            break;
    }
    return "";
}

std::string auth_command(const Auth& auth, std::string_view host, std::uint16_t port) {
    std::string command = "AUTH " + std::string(sasl_name(auth.mechanism));
    if (auth.mechanism == Mechanism::plain) {
        command += ' ' + base64(std::string(1, '\0') + auth.user + std::string(1, '\0') + auth.secret);
    } else if (auth.mechanism == Mechanism::xoauth2) {
        command += ' ' + base64(bearer("user=" + auth.user, "", auth));
    } else if (auth.mechanism == Mechanism::oauthbearer) {
        const std::string where =
            "host=" + std::string(host) + kControlA + "port=" + std::to_string(port) + kControlA;
        command += ' ' + base64(bearer("n,a=" + gs2_name(auth.user) + ",", where, auth));
    }
    return command += "\r\n";
}

std::optional<std::string> auth_answer(const Auth& auth, int challenge) {
    if (auth.mechanism == Mechanism::login && challenge == 0) return base64(auth.user) + "\r\n";
    if (auth.mechanism == Mechanism::login && challenge == 1) return base64(auth.secret) + "\r\n";
    if (auth.mechanism == Mechanism::xoauth2 && challenge == 0) return "\r\n";
    if (auth.mechanism == Mechanism::oauthbearer && challenge == 0)
        return base64(std::string_view(&kControlA, 1)) + "\r\n";
    return std::nullopt;
}

}  // namespace candour::mail
