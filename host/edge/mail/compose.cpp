#include "edge/mail/compose.hpp"

#include "edge/mail/gmime.hpp"
#include "edge/mail/letter_checks.hpp"

namespace candour::mail {
namespace {

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
    const Ref<GMimeStream> stream{g_mime_stream_mem_new()};
    g_mime_object_write_to_stream(GMIME_OBJECT(message), wire_format(), stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

}  // namespace

Result<std::string> compose(const Letter& letter) {
    start_gmime();
    const Done fine = check(letter);
    if (!fine) return fine.error();
    const Ref<GMimeMessage> message{g_mime_message_new(TRUE)};
    add_headers(message.get(), letter);
    const Ref<GMimeObject> content = body(letter);
    g_mime_message_set_mime_part(message.get(), content.get());
    return written(message.get());
}

}  // namespace candour::mail
