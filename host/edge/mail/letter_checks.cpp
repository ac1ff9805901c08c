#include "edge/mail/letter_checks.hpp"

#include <glib.h>

#include <algorithm>
#include <array>

#include "edge/mail/utf8.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kMaxField = 64 * 1024;

Error wrong_field(std::string_view field, std::string_view what) {
    return Error{ErrorCode::invalid, "mail: " + std::string(field) + ": " + std::string(what)};
}

bool control(unsigned char c) {
    return (c < 32 && c != '\t') || c == 127;
}

bool field_name(std::string_view name) {
    return !name.empty() && name.size() <= 76 &&
           std::ranges::all_of(name, [](unsigned char c) { return c > 32 && c < 127 && c != ':'; });
}

bool ours(std::string_view name) {
    constexpr std::array<std::string_view, 15> written{"from",
                                                       "to",
                                                       "subject",
                                                       "date",
                                                       "message-id",
                                                       "reply-to",
                                                       "mime-version",
                                                       "auto-submitted",
                                                       "x-candour-loop",
                                                       "list-unsubscribe",
                                                       "list-unsubscribe-post",
                                                       "content-language",
                                                       "bcc",
                                                       "sender",
                                                       "content-type"};
    const auto same = [name](std::string_view other) {
        return g_ascii_strncasecmp(name.data(), other.data(), name.size()) == 0 &&
               name.size() == other.size();
    };
    return std::ranges::any_of(written, same);
}

Done check_extra(const Letter& letter) {
    for (const auto& [name, value] : letter.extra) {
        if (!field_name(name) || ours(name))
            return wrong_field("header field \"" + name + "\"", "not a field that may be added");
        const Done fine = check_value(name, value);
        if (!fine) return fine;
    }
    return done();
}

}  // namespace

Done check_value(std::string_view field, std::string_view value) {
    if (std::ranges::any_of(value, control))
        return wrong_field(field, "CR, LF, NUL and other control characters are refused");
    if (!valid_utf8(value)) return wrong_field(field, "expected UTF-8");
    if (value.size() > kMaxField) return wrong_field(field, "longer than 64 KiB");
    return done();
}

Done check_mailbox(std::string_view field, std::string_view address) {
    const auto refused = [](unsigned char c) {
        return c <= 32 || c == 127 || c == '<' || c == '>' || c == ',';
    };
    const std::size_t at = address.rfind('@');
    const bool shaped = at != address.npos && at > 0 && at + 1 < address.size() && address.size() <= 254;
    if (!shaped || std::ranges::any_of(address, refused) || !valid_utf8(address))
        return wrong_field(field, "expected an address such as name@example.org");
    return done();
}

Done check_body(std::string_view field, std::string_view text) {
    if (text.find('\0') != text.npos) return wrong_field(field, "NUL is refused");
    if (!valid_utf8(text)) return wrong_field(field, "expected UTF-8");
    return done();
}

Done check(const Letter& letter) {
    const std::pair<const char*, const std::string*> values[] = {
        {"from", &letter.from.name},      {"to", &letter.to.name},
        {"subject", &letter.subject},     {"language", &letter.language},
        {"loop mark", &letter.loop},      {"unsubscribe link", &letter.unsubscribe_url},
        {"message id", &letter.id.text()}};
    for (const auto& [field, value] : values) {
        const Done fine = check_value(field, *value);
        if (!fine) return fine;
    }
    const std::pair<const char*, const std::string*> addresses[] = {
        {"from", &letter.from.address},
        {"to", &letter.to.address},
        {"reply-to", &letter.reply_to},
        {"unsubscribe address", &letter.unsubscribe_mail}};
    for (const auto& [field, address] : addresses) {
        if (address->empty() && (address == &letter.reply_to || address == &letter.unsubscribe_mail))
            continue;
        const Done fine = check_mailbox(field, *address);
        if (!fine) return fine;
    }
    if (letter.id.empty()) return wrong_field("message id", "missing");
    const bool web =
        letter.unsubscribe_url.starts_with("https://") || letter.unsubscribe_url.starts_with("http://");
    if (!letter.unsubscribe_url.empty() &&
        (!web || letter.unsubscribe_url.find_first_of(" <>") != std::string::npos))
        return wrong_field("unsubscribe link", "expected an http or https address without spaces");
    const Done text = check_body("text", letter.text);
    const Done html = check_body("html", letter.html);
    return !text ? text : !html ? html : check_extra(letter);
}

}  // namespace candour::mail
