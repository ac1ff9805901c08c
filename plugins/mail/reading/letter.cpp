#include "reading/letter.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "characters.hpp"
#include "reading/charset.hpp"
#include "reading/transfer.hpp"
#include "reading/words.hpp"

namespace candour::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// `text/plain` where the value says nothing that could be a type.
std::string type_of(std::string_view content_type, const char* otherwise) {
    const std::string value = unfolded(content_type);
    std::string type = lower(trimmed(std::string_view(value).substr(0, value.find(';'))));
    if (type.empty()) return otherwise;
    const auto slashes = std::count(type.begin(), type.end(), '/');
    return slashes == 1 && type.front() != '/' && type.back() != '/' ? type : "text/plain";
}

void add_fields(GMimeObject* object, Fields& fields) {
    GMimeHeaderList* list = g_mime_object_get_header_list(object);
    const int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count; ++i) {
        GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
        const char* name = g_mime_header_get_name(header);
        const char* value = g_mime_header_get_raw_value(header);
        if (name != nullptr && value != nullptr) fields.add(name, std::string(cut(value, kMostValue)));
    }
}

Fields fields_from(GMimeObject* object) {
    Fields fields;
    add_fields(object, fields);
    return fields;
}

/// GMime keeps the Content-* fields of a message with its body.
Fields fields_from(GMimeMessage* message) {
    Fields fields = fields_from(GMIME_OBJECT(message));
    GMimeObject* body = g_mime_message_get_mime_part(message);
    if (body != nullptr && !fields.has("content-type")) add_fields(body, fields);
    return fields;
}

std::string raw_content(GMimeObject* object) {
    GMimeDataWrapper* wrapper = GMIME_IS_PART(object) ? g_mime_part_get_content(GMIME_PART(object)) : nullptr;
    GMimeStream* stream = wrapper == nullptr ? nullptr : g_mime_data_wrapper_get_stream(wrapper);
    std::string content;
    if (stream == nullptr) return content;
    g_mime_stream_reset(stream);
    const gint64 size = g_mime_stream_length(stream);
    if (size <= 0) return content;
    content.resize(static_cast<std::size_t>(size));
    const ssize_t got = g_mime_stream_read(stream, content.data(), content.size());
    content.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return content;
}

Owned<GMimeMessage> parse(std::string_view bytes) {
    prepare_reader();
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

/// Walks the tree once, leaf by leaf, in the order of the mail.
class Walk final {
 public:
    explicit Walk(Letter& letter) : letter_(letter) {}

    void message(GMimeMessage* message, std::size_t enclosed, std::size_t depth) {
        GMimeObject* body = g_mime_message_get_mime_part(message);
        if (body != nullptr) object(body, enclosed, depth, "text/plain", nullptr);
    }

 private:
    bool too_much(std::size_t depth) {
        if (depth <= kMostDepth && letter_.leaves.size() < kMostParts) return false;
        letter_.truncated = true;
        return true;
    }

    void object(GMimeObject* found, std::size_t enclosed, std::size_t depth, const char* otherwise,
                const void* parent) {
        if (too_much(depth)) return;
        if (GMIME_IS_MULTIPART(found)) return multipart(GMIME_MULTIPART(found), enclosed, depth);
        if (GMIME_IS_MESSAGE_PART(found)) {
            GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(found));
            if (inner == nullptr) return;
            letter_.enclosures.push_back({fields_from(inner)});
            return message(inner, enclosed + 1, depth + 1);
        }
        const Fields fields = fields_from(found);
        leaf(found, fields, type_of(fields.plain("content-type"), otherwise), enclosed, depth, parent);
    }

    void multipart(GMimeMultipart* found, std::size_t enclosed, std::size_t depth) {
        const int count = g_mime_multipart_get_count(found);
        const bool digest =
            same(type_of(fields_from(GMIME_OBJECT(found)).plain("content-type"), ""), "multipart/digest");
        if (count == 0) {
            letter_.defects.emplace_back("a multipart without parts");
            const char* prologue = g_mime_multipart_get_prologue(found);
            if (prologue != nullptr && enclosed == 0)
                letter_.preamble = to_utf8(cut(prologue, kMostText), "");
        }
        for (int i = 0; i < count; ++i)
            object(g_mime_multipart_get_part(found, i), enclosed, depth + 1,
                   digest ? "message/rfc822" : "text/plain", found);
    }

    void leaf(GMimeObject* found, const Fields& fields, const std::string& type, std::size_t enclosed,
              std::size_t depth, const void* parent) {
        Leaf leaf;
        leaf.type = type;
        leaf.enclosed = enclosed;
        leaf.parent = parent;
        const std::string content_type = fields.plain("content-type"),
                          disposition = fields.plain("content-disposition");
        leaf.charset = parameter(content_type, "charset");
        leaf.name = parameter(disposition, "filename");
        if (leaf.name.empty()) leaf.name = parameter(content_type, "name");
        leaf.attached = begins(trimmed(disposition), "attachment");
        leaf.flowed = same(parameter(content_type, "format"), "flowed");
        leaf.delsp = same(parameter(content_type, "delsp"), "yes");
        leaf.content = decoded(raw_content(found), fields.plain("content-transfer-encoding"));
        leaf.bytes = leaf.content.size();
        if (type == "text/rfc822-headers") letter_.enclosures.push_back({fields_of(leaf.content)});
        if (type.starts_with("message/")) return enclosed_message(std::move(leaf), depth);
        if (!leaf.is_text()) leaf.content = std::string();
        letter_.leaves.push_back(std::move(leaf));
    }

    /// Reports and other message/* that GMime leaves closed.
    void enclosed_message(Leaf leaf, std::size_t depth) {
        const bool report =
            leaf.type == "message/delivery-status" || leaf.type == "message/feedback-report" ||
            leaf.type == "message/disposition-notification" || leaf.type == "message/global-delivery-status";
        if (report || leaf.content.empty()) return letter_.leaves.push_back(std::move(leaf));
        const Owned<GMimeMessage> inner = parse(leaf.content);
        if (!inner) return letter_.leaves.push_back(std::move(leaf));
        letter_.enclosures.push_back({fields_from(inner.get())});
        message(inner.get(), leaf.enclosed + 1, depth + 1);
    }

    Letter& letter_;
};

}  // namespace

bool Fields::has(std::string_view name) const {
    return find(name) != nullptr;
}

const Field* Fields::find(std::string_view name) const {
    for (const Field& field : list_)
        if (same(field.name, name)) return &field;
    return nullptr;
}

std::string Fields::text(std::string_view name) const {
    const Field* field = find(name);
    return field == nullptr ? "" : decode_words(field->value);
}

std::string Fields::plain(std::string_view name) const {
    const Field* field = find(name);
    return field == nullptr ? "" : repaired(unfolded(field->value));
}

std::vector<std::string> Fields::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const Field& field : list_)
        if (same(field.name, name)) values.push_back(repaired(unfolded(field.value)));
    return values;
}

std::string Leaf::text() const {
    return to_utf8(content, charset);
}

Fields fields_of(std::string_view text) {
    Fields fields;
    std::string name, value;
    const auto keep = [&] {
        if (!name.empty() && fields.list().size() < kMostFields)
            fields.add(name, std::string(cut(value, kMostValue)));
        name.clear();
    };
    for (const std::string_view line : lines_of(text)) {
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') {
            if (value.size() < kMostValue) value += "\n" + std::string(line);
            continue;
        }
        keep();
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        name = trimmed(line.substr(0, colon));
        value = line.substr(colon + 1);
    }
    keep();
    return fields;
}

void prepare_reader() {
    static const bool ready = (g_mime_init(), true);
    (void)ready;
}

Letter open_letter(std::string_view raw) {
    Letter letter;
    const Bounded bounds = bounded(raw);
    letter.truncated = bounds.truncated;
    const Owned<GMimeMessage> message = parse(bounds.bytes);
    if (!message) {
        letter.defects.emplace_back("no header could be read");
        return letter;
    }
    letter.fields = fields_from(message.get());
    const std::string content_type = letter.fields.plain("content-type");
    letter.type = type_of(content_type, "text/plain");
    letter.report_type = lower(parameter(content_type, "report-type"));
    Walk(letter).message(message.get(), 0, 0);
    return letter;
}

}  // namespace candour::mail
