#include "reading/body.hpp"

#include <algorithm>

#include "characters.hpp"
#include "reading/charset.hpp"
#include "reading/html.hpp"

namespace candour::mail {
namespace {

/// Of one HTML part: newsletters are mostly markup.
constexpr std::size_t kMostMarkup = 4U << 20U;

std::string readable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) out += '\n';
        if (c == '\t' || c == '\n' || (c >= ' ' && c != 0x7F)) out += text[i];
    }
    return out;
}

/// format=flowed (RFC 3676): a line that ends in a blank goes on in the next one of the same quote depth.
std::string unflowed(std::string_view text, bool delsp) {
    std::string out;
    std::size_t open_depth = 0;
    bool open = false;
    for (std::string_view line : lines_of(text)) {
        std::size_t depth = 0;
        while (depth < line.size() && line[depth] == '>') ++depth;
        std::string_view words = line.substr(depth);
        if (words.starts_with(' ')) words.remove_prefix(1);
        const bool goes_on = words.ends_with(' ') && words != "-- ";
        if (open && depth != open_depth) out += '\n';
        if (!open || depth != open_depth) {
            out.append(depth, '>');
            if (depth > 0) out += ' ';
        }
        if (goes_on && delsp) words.remove_suffix(1);
        out += words;
        open = goes_on;
        open_depth = depth;
        if (!open) out += '\n';
    }
    return out;
}

bool is_body(const Leaf& leaf, std::string_view type) {
    return leaf.type == type && !leaf.attached && leaf.enclosed == 0;
}

/// "Your program cannot show HTML": a part that only points at the other one.
bool is_boilerplate(std::string_view text) {
    constexpr std::size_t kLongestPointer = 600;
    const std::string_view words = trimmed(text);
    if (words.empty()) return true;
    if (words.size() > kLongestPointer || !has(words, "html")) return false;
    const std::string_view hints[] = {"view",       "display", "reader",   "client", "anzeigen",
                                      "darstellen", "affich",  "visualiz", "support"};
    return std::ranges::any_of(hints, [&](std::string_view hint) { return has(words, hint); });
}

/// The first fitting part and those beside it: Apple Mail cuts a text at every picture.
std::string joined(const Letter& letter, std::string_view type) {
    std::string text;
    const Leaf* first = nullptr;
    for (const Leaf& leaf : letter.leaves) {
        if (!is_body(leaf, type) ||
            (first != nullptr && (leaf.parent != first->parent || !leaf.name.empty())))
            continue;
        if (first == nullptr && trimmed(leaf.content).empty()) continue;
        if (first != nullptr && first->parent == nullptr) break;
        if (!text.empty() && text.back() != '\n') text += '\n';
        text += text_of(leaf);
        first = first == nullptr ? &leaf : first;
        if (text.size() > kMostText) break;
    }
    return text;
}

}  // namespace

std::string plain_as_text(std::string_view bytes, std::string_view charset) {
    return readable(to_utf8(cut(bytes, 2 * kMostText), charset));
}

std::string html_as_text(std::string_view bytes, std::string_view charset) {
    return readable(html_to_text(to_utf8(cut(bytes, kMostMarkup), charset)));
}

std::string text_of(const Leaf& leaf) {
    if (leaf.type == "text/html") return html_as_text(leaf.content, leaf.charset);
    const std::string text = plain_as_text(leaf.content, leaf.charset);
    return leaf.flowed ? unflowed(text, leaf.delsp) : text;
}

Body body_of(const Letter& letter) {
    Body body;
    std::string plain = joined(letter, "text/plain");
    std::string rich = is_boilerplate(plain) ? joined(letter, "text/html") : std::string();
    body.text = trimmed(rich).empty() ? std::move(plain) : std::move(rich);
    for (const Leaf& leaf : letter.leaves)
        if (trimmed(body.text).empty() && leaf.is_text() && leaf.enclosed == 0 && !leaf.attached)
            body.text = text_of(leaf);
    if (trimmed(body.text).empty()) body.text = readable(letter.preamble);
    body.truncated = body.text.size() > kMostText;
    body.text = std::string(cut(body.text, kMostText));
    return body;
}

}  // namespace candour::mail
