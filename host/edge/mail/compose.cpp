#include "edge/mail/compose.hpp"

#include <gmime/gmime.h>

#include <memory>

#include "edge/mail/utf8.hpp"

namespace candour::mail {
namespace {

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref<T>>;

constexpr std::size_t kMaxField = 64 * 1024;

Error wrong_field(std::string_view field, std::string_view what) {
    return Error{ErrorCode::invalid, "mail: " + std::string(field) + ": " + std::string(what)};
}

bool control(unsigned char c) {
    return (c < 32 && c != '\t') || c == 127;
}

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

/// Line feeds alone; the writer makes CR LF of each, and no bare CR can reach a server.
std::string unix_lines(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        out += text[i] == '\r' ? '\n' : text[i];
    }
    if (!out.ends_with('\n')) out += '\n';
    return out;
}

Ref<GMimeObject> text_part(const char* subtype, const std::string& content) {
    const std::string lines = unix_lines(content);
    GMimePart* part = g_mime_part_new_with_type("text", subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    const Ref<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(lines.data(), lines.size())};
    const Ref<GMimeDataWrapper> wrapper{
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
    g_mime_part_set_content(part, wrapper.get());
    return Ref<GMimeObject>{GMIME_OBJECT(part)};
}

Ref<GMimeObject> body(const Letter& letter) {
    Ref<GMimeObject> text = text_part("plain", letter.text);
    if (letter.html.empty()) return text;
    GMimeMultipart* both = g_mime_multipart_new_with_subtype("alternative");
    // Quoted-printable never holds "=_", so no line of a part can be taken for the boundary.
    g_mime_multipart_set_boundary(both, ("=_" + letter.id.text()).c_str());
    const Ref<GMimeObject> html = text_part("html", letter.html);
    g_mime_multipart_add(both, text.get());
    g_mime_multipart_add(both, html.get());
    return Ref<GMimeObject>{GMIME_OBJECT(both)};
}

void add_mailbox(GMimeMessage* message, GMimeAddressType role, const Mailbox& box) {
    g_mime_message_add_mailbox(message, role, box.name.empty() ? nullptr : box.name.c_str(),
                               box.address.c_str());
}

void set(GMimeMessage* message, const std::string& name, const std::string& value) {
    if (!value.empty()) g_mime_object_set_header(GMIME_OBJECT(message), name.c_str(), value.c_str(), "utf-8");
}

/// A list of addresses in angle brackets may be folded between them and nowhere else, so it is written as it
/// is.
void set_folded(GMimeMessage* message, const char* name, const std::vector<std::string>& items) {
    std::string raw;
    for (const std::string& item : items) (raw += raw.empty() ? " " : ",\n ") += item;
    set(message, name, "x");
    GMimeHeader* field =
        g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name);
    g_mime_header_set_raw_value(field, (raw + "\n").c_str());
}

void add_unsubscribe(GMimeMessage* message, const Letter& letter) {
    std::vector<std::string> ways;
    if (!letter.unsubscribe_url.empty()) ways.push_back("<" + letter.unsubscribe_url + ">");
    if (!letter.unsubscribe_mail.empty()) ways.push_back("<mailto:" + letter.unsubscribe_mail + ">");
    if (!ways.empty()) set_folded(message, "List-Unsubscribe", ways);
    if (letter.unsubscribe_url.starts_with("https://"))
        set(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

std::string domain_of(const std::string& address) {
    return address.substr(address.rfind('@') + 1);
}

void add_headers(GMimeMessage* message, const Letter& letter) {
    add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, letter.from);
    add_mailbox(message, GMIME_ADDRESS_TYPE_TO, letter.to);
    if (!letter.reply_to.empty()) add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, {"", letter.reply_to});
    g_mime_message_set_subject(message, letter.subject.c_str(), "utf-8");
    GDateTime* date = g_date_time_new_from_unix_utc(core::to_us(letter.date) / 1'000'000);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    g_mime_message_set_message_id(message, (letter.id.text() + "@" + domain_of(letter.from.address)).c_str());
    set(message, "Content-Language", letter.language);
    set(message, "Auto-Submitted",
        letter.automatic == Automatic::generated ? "auto-generated" : "auto-replied");
    set(message, "X-Candour-Loop", letter.loop);
    add_unsubscribe(message, letter);
    for (const auto& [name, value] : letter.extra) set(message, name, value);
}

std::string written(GMimeMessage* message) {
    GMimeFormatOptions* options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    const Ref<GMimeStream> stream{g_mime_stream_mem_new()};
    g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream.get());
    g_mime_format_options_free(options);
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

}  // namespace

Result<std::string> compose(const Letter& letter) {
    static const bool ready = (g_mime_init(), true);
    (void)ready;
    const Done fine = check(letter);
    if (!fine) return fine.error();
    const Ref<GMimeMessage> message{g_mime_message_new(TRUE)};
    add_headers(message.get(), letter);
    const Ref<GMimeObject> content = body(letter);
    g_mime_message_set_mime_part(message.get(), content.get());
    return written(message.get());
}

}  // namespace candour::mail
