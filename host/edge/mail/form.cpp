#include "edge/mail/form.hpp"

#include <algorithm>
#include <optional>

#include "core/markup.hpp"
#include "crypto/digest.hpp"
#include "edge/mail/gmime.hpp"
#include "edge/mail/letter_checks.hpp"

namespace candour::mail {
namespace {

struct Found {
    std::size_t at;
    std::size_t mark;
};

std::optional<Found> first_mark(std::string_view text, std::span<const std::string> marks) {
    std::optional<Found> first;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::size_t at = marks[i].empty() ? text.npos : text.find(marks[i]);
        if (at != text.npos && (!first || at < first->at)) first = Found{at, i};
    }
    return first;
}

/// The library folds with line feeds.
std::string with_wire_lines(std::string_view lines) {
    std::string out;
    out.reserve(lines.size() + lines.size() / 32 + 2);
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        (out += line.ends_with('\r') ? line.substr(0, line.size() - 1) : line) += "\r\n";
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return out;
}

/// Quoted-printable with CR LF. What does not end a line ends in a soft line break, so that whatever is put
/// behind it begins a line of its own and makes none too long.
std::string quoted(std::string_view text) {
    GMimeEncoding encoding;
    g_mime_encoding_init_encode(&encoding, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    std::string lines(g_mime_encoding_outlen(&encoding, text.size()), '\0');
    lines.resize(g_mime_encoding_flush(&encoding, text.data(), text.size(), lines.data()));
    if (!lines.empty() && !lines.ends_with('\n')) lines += "=\n";
    return with_wire_lines(lines);
}

/// The field with its folded lines.
void take_out(std::string& header, std::string_view name) {
    const std::string begin = "\r\n" + std::string(name) + ": ";
    const std::size_t at = header.starts_with(begin.substr(2)) ? 0 : header.find(begin) + 2;
    std::size_t end = header.find("\r\n", at) + 2;
    while (end < header.size() && (header[end] == ' ' || header[end] == '\t'))
        end = header.find("\r\n", end) + 2;
    header.erase(at, end - at);
}

std::string taken(char* written) {
    std::string text(written);
    g_free(written);
    return text;
}

std::string to_field(const Mailbox& reader) {
    const Ref<InternetAddressList> list{internet_address_list_new()};
    const Ref<InternetAddress> one{internet_address_mailbox_new(
        reader.name.empty() ? nullptr : reader.name.c_str(), reader.address.c_str())};
    internet_address_list_add(list.get(), one.get());
    GString* const field = g_string_new("To: ");
    internet_address_list_encode(list.get(), wire_format(), field);
    return taken(g_string_free(field, FALSE));
}

std::string subject_field(const std::string& subject) {
    const std::string field =
        "Subject: " + taken(g_mime_utils_header_encode_text(wire_format(), subject.c_str(), "utf-8"));
    return taken(g_mime_utils_unstructured_header_fold(nullptr, wire_format(), field.c_str()));
}

std::string date_field(core::Instant date) {
    GDateTime* const seconds = g_date_time_new_from_unix_utc(core::to_us(date) / 1'000'000);
    std::string field = "Date: " + taken(g_mime_utils_header_format_date(seconds)) + "\n";
    g_date_time_unref(seconds);
    return field;
}

/// The three fields that are the reader's own; a whole message object for them would cost more than all the
/// rest of the letter.
std::string header_of(const Reader& reader) {
    return with_wire_lines(to_field(reader.to) + subject_field(reader.subject) + date_field(reader.date));
}

Done check(const Reader& reader) {
    const Done name = check_value("to", reader.to.name);
    if (!name) return name;
    const Done subject = check_value("subject", reader.subject);
    if (!subject) return subject;
    return check_mailbox("to", reader.to.address);
}

bool word(std::string_view value) {
    return std::ranges::all_of(value, [](char c) { return g_ascii_isalnum(c) || c == '_' || c == '-'; });
}

/// Body texts that `compose` is given to find where the real ones belong: long enough to be nothing else.
constexpr std::string_view kText = "the_text_of_the_letter_stands_here",
                           kHtml = "the_html_of_the_letter_stands_here";

}  // namespace

Result<Form> Form::of(Letter letter, std::span<const std::string> marks) {
    const std::string text = std::exchange(letter.text, std::string(kText)),
                      html = std::exchange(letter.html, std::string(letter.html.empty() ? "" : kHtml));
    const Done text_fits = check_body("text", text), html_fits = check_body("html", html);
    if (!text_fits) return text_fits.error();
    if (!html_fits) return html_fits.error();
    letter.to = {"", "reader@form.invalid"};
    letter.subject = "form";
    Result<std::string> frame = compose(letter);
    if (!frame) return frame.error();
    for (const char* own : {"To", "Subject", "Date"}) take_out(*frame, own);
    Form form;
    std::string_view left = *frame;
    core::SharedLetter shared{{}, core::place_of(0)};
    const auto up_to = [&](std::string_view body) {
        const std::size_t at = left.find(body);
        shared.text += form.with_places(left.substr(0, at), marks);
        left.remove_prefix(at + body.size() + 2);
    };
    up_to(kText);
    shared.text += form.body_with_places(text, marks, Where::text);
    if (!html.empty()) {
        up_to(kHtml);
        shared.text += form.body_with_places(html, marks, Where::html);
    }
    shared.text += form.with_places(left, marks);
    shared.id = crypto::to_hex(crypto::sha256(shared.text));
    form.shared_ = std::make_shared<const core::SharedLetter>(std::move(shared));
    return form;
}

std::string Form::place(Part part) {
    const auto known = std::ranges::find(parts_, part);
    const auto index = static_cast<std::size_t>(known - parts_.begin());
    if (known == parts_.end()) parts_.push_back(part);
    return core::place_of(index + 1);
}

std::string Form::with_places(std::string_view raw, std::span<const std::string> marks) {
    std::string out;
    while (const std::optional<Found> found = first_mark(raw, marks)) {
        (out += raw.substr(0, found->at)) += place({found->mark, Where::header});
        raw.remove_prefix(found->at + marks[found->mark].size());
    }
    return out += raw;
}

std::string Form::body_with_places(std::string_view text, std::span<const std::string> marks, Where where) {
    const std::string lines = unix_lines(text);
    std::string_view left = lines;
    std::string out;
    while (const std::optional<Found> found = first_mark(left, marks)) {
        (out += quoted(left.substr(0, found->at))) += place({found->mark, where});
        left.remove_prefix(found->at + marks[found->mark].size());
    }
    return out += quoted(left);
}

Result<std::string> Form::fitted(const std::string& value, Where where) {
    if (where == Where::header) {
        if (word(value)) return value;
        return Error{
            ErrorCode::invalid,
            "mail: expected letters, digits, \"_\" and \"-\" in the header, found \"" + value + "\""};
    }
    const Done fine = check_value("a name in the text", value);
    if (!fine) return fine.error();
    return quoted(where == Where::html ? core::escape_markup(value) : value);
}

Result<std::string> Form::parts_of(const Reader& reader) const {
    start_gmime();
    const Done fine = check(reader);
    if (!fine) return fine.error();
    std::vector<std::string> parts{header_of(reader)};
    for (const Part& part : parts_) {
        Result<std::string> value = fitted(reader.values[part.mark], part.where);
        if (!value) return value.error();
        parts.push_back(*std::move(value));
    }
    return core::join_parts(parts);
}

}  // namespace candour::mail
