#include "characters.hpp"

#include <algorithm>

namespace candour::mail {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = to_lower(c);
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string squeezed(std::string_view text) {
    std::string out;
    bool blank = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool no_break = text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0';
        if (no_break || is_blank(text[i])) {
            blank = true;
            i += no_break ? 1 : 0;
            continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += text[i];
    }
    return out;
}

bool is_blank_line(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (is_blank(line[i])) continue;
        if (line[i] != '\xC2' || i + 1 == line.size() || line[i + 1] != '\xA0') return false;
        ++i;
    }
    return true;
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && begins(a, b);
}

bool begins(std::string_view text, std::string_view beginning) {
    if (text.size() < beginning.size()) return false;
    for (std::size_t i = 0; i < beginning.size(); ++i)
        if (to_lower(text[i]) != to_lower(beginning[i])) return false;
    return true;
}

std::size_t find(std::string_view text, std::string_view part, std::size_t from) {
    if (from > text.size()) return std::string_view::npos;
    const auto alike = [](char a, char b) { return to_lower(a) == to_lower(b); };
    const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), part.begin(),
                                part.end(), alike);
    return at == text.end() && !part.empty() ? std::string_view::npos
                                             : static_cast<std::size_t>(at - text.begin());
}

bool has(std::string_view text, std::string_view part) {
    return find(text, part) != std::string_view::npos;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string_view cut(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
    return text.substr(0, size);
}

}  // namespace candour::mail
