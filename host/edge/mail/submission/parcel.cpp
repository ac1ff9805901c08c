#include "edge/mail/submission/parcel.hpp"

#include <algorithm>

#include "edge/mail/utf8.hpp"

namespace candour::mail {
namespace {

/// RFC 5321 4.5.3.1.3 allows 256 bytes for a path with its brackets.
constexpr std::size_t kMaxAddress = 254;
/// RFC 5322 2.1.1, without the line end.
constexpr std::size_t kMaxLine = 998;

Done check_envelope(std::string_view role, std::string_view address) {
    const auto wrong = [&](const char* why) {
        return Error{ErrorCode::invalid, std::string(role) + ": " + why + ": " + printable(address, 100)};
    };
    if (address.size() > kMaxAddress) return wrong("longer than 254 bytes");
    const auto refused = [](unsigned char c) { return c <= 32 || c == 127 || c == '<' || c == '>'; };
    if (std::ranges::any_of(address, refused)) return wrong("spaces, control characters and <> are refused");
    if (!valid_utf8(address)) return wrong("expected UTF-8");
    const std::size_t at = address.rfind('@');
    if (at == address.npos || at == 0 || at + 1 == address.size()) return wrong("expected name@domain");
    return done();
}

/// One pass: doubles leading dots, turns bare CR or LF into CR LF, so that no other line end reaches a server
/// that might take it for the end of the message.
Result<std::string> stuffed(std::string_view content) {
    std::string out;
    out.reserve(content.size() + content.size() / 64 + 16);
    for (std::size_t at = 0; at < content.size();) {
        std::size_t end = std::min(content.find('\n', at), content.size());
        std::string_view line = content.substr(at, end - at);
        line = line.substr(0, line.find('\r'));
        end = at + line.size();
        if (line.size() > kMaxLine)
            return Error{ErrorCode::invalid,
                         "content: a line has " + std::to_string(line.size()) + " bytes, 998 are allowed"};
        if (line.starts_with('.')) out += '.';
        (out += line) += "\r\n";
        const bool pair = end + 1 < content.size() && content[end] == '\r' && content[end + 1] == '\n';
        at = end + (pair ? 2 : 1);
    }
    return out += ".\r\n";
}

std::string_view header_block(std::string_view content) {
    return content.substr(0, std::min(content.find("\r\n\r\n"), content.find("\n\n")));
}

std::string lower_domain(std::string_view address) {
    std::string domain(address.substr(address.rfind('@') + 1));
    for (char& c : domain)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return domain;
}

}  // namespace

Result<Parcel> pack(const flow::Outgoing& message) {
    if (!message.sender.empty()) {
        const Done sender = check_envelope("sender", message.sender);
        if (!sender) return sender.error();
    }
    const Done recipient = check_envelope("recipient", message.recipient);
    if (!recipient) return recipient.error();
    if (message.content.find('\0') != std::string::npos)
        return Error{ErrorCode::invalid, "content: NUL bytes are refused"};
    Result<std::string> body = stuffed(message.content);
    if (!body) return body.error();
    const bool ascii = ascii_only(message.content);
    return Parcel{.id = message.id.text(),
                  .sender = message.sender,
                  .recipient = message.recipient,
                  .domain = lower_domain(message.recipient),
                  .body = *std::move(body),
                  .size = message.content.size(),
                  .eight_bit = !ascii,
                  .utf8 = !ascii_only(message.sender) || !ascii_only(message.recipient) ||
                          (!ascii && !ascii_only(header_block(message.content)))};
}

Done fits(const Parcel& parcel, const Capabilities& offered) {
    if (offered.size_limit != 0 && parcel.size > offered.size_limit)
        return Error{ErrorCode::unsupported, "the message has " + std::to_string(parcel.size) +
                                                 " bytes, the server takes " +
                                                 std::to_string(offered.size_limit)};
    if (parcel.utf8 && !offered.utf8)
        return Error{ErrorCode::unsupported,
                     "the server does not take addresses or header fields in UTF-8 (SMTPUTF8)"};
    if (parcel.eight_bit && !offered.eight_bit)
        return Error{ErrorCode::unsupported, "the server does not take 8-bit content (8BITMIME)"};
    return done();
}

std::string mail_command(const Parcel& parcel, const Capabilities& offered) {
    std::string command = "MAIL FROM:<" + parcel.sender + ">";
    if (offered.size) command += " SIZE=" + std::to_string(parcel.size);
    if (parcel.eight_bit) command += " BODY=8BITMIME";
    if (parcel.utf8) command += " SMTPUTF8";
    if (offered.dsn && !parcel.id.empty()) command += " RET=HDRS ENVID=" + xtext(parcel.id);
    return command += "\r\n";
}

std::string rcpt_command(const Parcel& parcel, const Capabilities& offered) {
    std::string command = "RCPT TO:<" + parcel.recipient + ">";
    if (offered.dsn) {
        command += " NOTIFY=FAILURE,DELAY";
        // An address in UTF-8 needs the other address type of RFC 6533; without ORCPT the server fills in its
        // own.
        if (ascii_only(parcel.recipient)) command += " ORCPT=rfc822;" + xtext(parcel.recipient);
    }
    return command += "\r\n";
}

std::string envelope(const Parcel& parcel, const Capabilities& offered) {
    return mail_command(parcel, offered) + rcpt_command(parcel, offered) + "DATA\r\n";
}

std::string xtext(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 32 && byte < 127 && byte != '+' && byte != '=') {
            out += c;
        } else {
            ((out += '+') += hex[byte >> 4U]) += hex[byte & 15U];
        }
    }
    return out;
}

}  // namespace candour::mail
