#include "reading/transfer.hpp"

#include <array>

#include "characters.hpp"

namespace candour::mail {
namespace {

constexpr std::array<signed char, 256> base64_values() {
    std::array<signed char, 256> values{};
    for (auto& value : values) value = -1;
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
    return values;
}

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char low = to_lower(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// Where the content goes on when `=` at `at` is a soft line end; 0 when it is none.
std::size_t after_soft_break(std::string_view text, std::size_t at) {
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
    if (next == text.size()) return next;
    if (text[next] == '\r' && next + 1 < text.size() && text[next + 1] == '\n') return next + 2;
    return text[next] == '\n' ? next + 1 : 0;
}

void append_uu_line(std::string_view line, std::string& out) {
    const auto value = [&](std::size_t i) {
        return i < line.size() ? (static_cast<unsigned>(line[i]) - 32U) & 63U : 0U;
    };
    std::size_t wanted = value(0);
    for (std::size_t i = 1; wanted > 0 && i < line.size(); i += 4) {
        const unsigned bits = value(i) << 18U | value(i + 1) << 12U | value(i + 2) << 6U | value(i + 3);
        for (unsigned shift = 16; wanted > 0; shift -= 8) {
            out += static_cast<char>(bits >> shift & 0xFFU);
            --wanted;
            if (shift == 0) break;
        }
    }
}

}  // namespace

std::string from_base64(std::string_view text) {
    static constexpr auto kValues = base64_values();
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const signed char value = kValues[static_cast<unsigned char>(c)];
        if (c == '=') held = bits = 0;
        if (value < 0) continue;
        bits = bits << 6U | static_cast<unsigned char>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(bits >> held & 0xFFU);
    }
    return out;
}

std::string from_quoted_printable(std::string_view text, bool as_word) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_' && as_word) {
            out += ' ';
            continue;
        }
        if (text[i] != '=') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else if (const std::size_t next = after_soft_break(text, i); next > 0) {
            i = next - 1;
        } else {
            out += '=';
        }
    }
    return out;
}

std::string from_uuencode(std::string_view text) {
    std::string out;
    bool inside = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line == "end") break;
        if (inside && !line.empty()) append_uu_line(line, out);
        inside = inside || line.starts_with("begin ");
    }
    return out;
}

std::string decoded(std::string_view content, std::string_view encoding) {
    const std::string name = lower(trimmed(encoding));
    if (name == "base64") return from_base64(content);
    if (name == "quoted-printable") return from_quoted_printable(content);
    if (name == "x-uuencode" || name == "uuencode" || name == "x-uue" || name == "uue")
        return from_uuencode(content);
    return std::string(content);
}

}  // namespace candour::mail
