#include "edge/mail/reading.hpp"

#include <gmime/gmime.h>

#include <memory>

namespace candour::mail {
namespace {

struct Release {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

std::string taken(char* text) {
    std::string copy = text == nullptr ? "" : text;
    g_free(text);
    return copy;
}

void take_part(GMimeObject*, GMimeObject* part, gpointer into) {
    if (!GMIME_IS_TEXT_PART(part)) return;
    auto& letter = *static_cast<OpenedLetter*>(into);
    const std::string text = taken(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
    (g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "html") ? letter.html
                                                                                       : letter.text) = text;
}

}  // namespace

Result<OpenedLetter> open_letter(const std::string& content) {
    static const bool ready = (g_mime_init(), true);
    (void)ready;
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(content.data(), content.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message) return Error{ErrorCode::corrupt, "the kept copy is no mail"};
    OpenedLetter letter;
    const char* subject = g_mime_message_get_subject(message.get());
    letter.subject = subject == nullptr ? "" : subject;
    letter.from = taken(internet_address_list_to_string(
        g_mime_message_get_addresses(message.get(), GMIME_ADDRESS_TYPE_FROM), nullptr, FALSE));
    letter.to = taken(internet_address_list_to_string(
        g_mime_message_get_addresses(message.get(), GMIME_ADDRESS_TYPE_TO), nullptr, FALSE));
    g_mime_message_foreach(message.get(), take_part, &letter);
    return letter;
}

}  // namespace candour::mail
