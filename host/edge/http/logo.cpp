#include "edge/http/logo.hpp"

#include <algorithm>

#include "core/letters.hpp"
#include "edge/http/encoding.hpp"

namespace candour::http {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPngMark = "\x89PNG\r\n\x1A\n"sv;
constexpr std::size_t kPngHeader = 24;  // mark, length and name of the first chunk, width, height
constexpr std::uint32_t kWidestPng = 2'000;

/// What an SVG may not hold, in small letters: it draws and does nothing else.
constexpr std::string_view kRefused[] = {
    "<script",     "<foreignobject",   "<iframe", "<image",      "<!doctype",
    "<!entity",    "<?xml-stylesheet", "<set",    "<animate",    "<handler",
    "javascript:", "@import",          "data:",   "expression(", "&#"};

Error logo_refused(const std::string& found) {
    return {ErrorCode::invalid, "logo: expected an SVG that only draws or a PNG, found " + found};
}

std::uint32_t number_at_place(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

Done check_png(std::string_view bytes) {
    if (bytes.size() < kPngHeader || bytes.substr(12, 4) != "IHDR")
        return logo_refused("a PNG without its header");
    const std::uint32_t width = number_at_place(bytes, 16), height = number_at_place(bytes, 20);
    if (width >= 1 && height >= 1 && width <= kWidestPng && height <= kWidestPng) return done();
    return logo_refused("one of " + std::to_string(width) + " × " + std::to_string(height) +
                        " pixels; 2,000 a side are enough");
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// `onload =`, wherever an attribute can stand: after a blank, a slash or a quote.
bool has_handler(std::string_view text) {
    for (std::size_t at = text.find("on"); at != std::string_view::npos; at = text.find("on", at + 2)) {
        const char before = at == 0 ? ' ' : text[at - 1];
        if (!is_blank(before) && before != '/' && before != '"' && before != '\'') continue;
        std::size_t end = at + 2;
        while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || text[end] == '-')) ++end;
        if (end == at + 2) continue;
        while (end < text.size() && is_blank(text[end])) ++end;
        if (end < text.size() && text[end] == '=') return true;
    }
    return false;
}

/// Every `href` and every `url()` names a part of the file itself.
bool leads_elsewhere(std::string_view text, std::string_view word, char opens) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        std::size_t next = at + word.size();
        while (next < text.size() && is_blank(text[next])) ++next;
        if (next >= text.size() || text[next] != opens) continue;
        ++next;
        while (next < text.size() && (is_blank(text[next]) || text[next] == '"' || text[next] == '\''))
            ++next;
        if (next >= text.size() || text[next] != '#') return true;
    }
    return false;
}

Done check_svg(std::string_view text) {
    const std::string small = core::ascii_lower(text);
    for (const std::string_view word : kRefused)
        if (small.find(word) != std::string::npos) return logo_refused("\"" + std::string(word) + "\" in it");
    if (has_handler(small)) return logo_refused("a handler (on…=) in it");
    if (leads_elsewhere(small, "href", '=') || leads_elsewhere(small, "src", '=') ||
        leads_elsewhere(small, "url", '('))
        return logo_refused("an address in it; draw what it fetches into the file");
    if (small.find("</svg") == std::string::npos && small.find("/>") == std::string::npos)
        return logo_refused("one that has no end");
    return done();
}

bool begins_as_svg(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t element = text.find("<svg");
    if (element == std::string_view::npos) return false;
    // Before it only blanks, <?xml …?> and comments may stand.
    const std::string_view before = text.substr(0, element);
    const std::size_t first = before.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos || before.substr(first).starts_with("<?xml") ||
           before.substr(first).starts_with("<!--");
}

}  // namespace

Result<flow::Logo> read_logo(std::string bytes) {
    if (bytes.size() > kLargestLogo)
        return logo_refused("one of " + std::to_string(bytes.size()) + " bytes; at most " +
                            std::to_string(kLargestLogo));
    const bool png = bytes.starts_with(kPngMark);
    if (!png && !begins_as_svg(bytes)) return logo_refused("something else");
    if (!png && !is_utf8(bytes)) return logo_refused("text that is not UTF-8");
    if (Done sound = png ? check_png(bytes) : check_svg(bytes); !sound) return sound.error();
    return flow::Logo{png ? "image/png" : "image/svg+xml", std::move(bytes)};
}

}  // namespace candour::http
