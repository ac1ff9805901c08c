#include "characters.hpp"

#include <array>

namespace candour::imports {
namespace {

constexpr std::string_view kMark8 = "\xEF\xBB\xBF", kMarkLittle = "\xFF\xFE", kMarkBig = "\xFE\xFF";
constexpr char32_t kReplacement = 0xFFFD;

/// 0x80 to 0x9F, where Windows has signs that Latin-1 lacks; 0: nothing stands there.
constexpr std::array<char16_t, 32> kWindows{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                            0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    const unsigned lead = more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U;
    out += static_cast<char>(lead | (c >> (6 * more)));
    for (int shift = 6 * (more - 1); shift >= 0; shift -= 6)
        out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
}

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_high(char32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(char32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

/// The length of the character that begins here; 0: none does.
std::size_t length_at(std::string_view text, std::size_t at) {
    const unsigned lead = byte_at(text, at);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length < 2 || at + length > text.size()) return length == 1 ? 1 : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return 0;
    const unsigned second = byte_at(text, at + 1);
    const bool wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                       (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return wrong ? 0 : length;
}

}  // namespace

std::string_view to_text(Encoding encoding) {
    constexpr std::array<std::string_view, 4> names{"utf-8", "utf-8 marked", "utf-16le", "utf-16be"};
    return names[static_cast<std::size_t>(encoding)];
}

Encoding encoding_called(std::string_view name) {
    for (const Encoding one : {Encoding::utf8_marked, Encoding::utf16_little, Encoding::utf16_big})
        if (to_text(one) == name) return one;
    return Encoding::utf8;
}

Encoding encoding_of(std::string_view beginning) {
    if (beginning.starts_with(kMark8)) return Encoding::utf8_marked;
    if (beginning.starts_with(kMarkLittle)) return Encoding::utf16_little;
    if (beginning.starts_with(kMarkBig)) return Encoding::utf16_big;
    if (beginning.size() < 4) return Encoding::utf8;
    if (beginning[0] != 0 && beginning[1] == 0 && beginning[2] != 0 && beginning[3] == 0)
        return Encoding::utf16_little;
    if (beginning[0] == 0 && beginning[1] != 0 && beginning[2] == 0 && beginning[3] != 0)
        return Encoding::utf16_big;
    return Encoding::utf8;
}

std::size_t mark_of(std::string_view beginning, Encoding encoding) {
    if (encoding == Encoding::utf8_marked) return kMark8.size();
    return beginning.starts_with(kMarkLittle) || beginning.starts_with(kMarkBig) ? 2 : 0;
}

std::string from_utf16(std::string_view bytes, Encoding encoding) {
    const std::size_t high = encoding == Encoding::utf16_big ? 0 : 1;
    const auto unit_at = [&](std::size_t i) -> char32_t {
        return (byte_at(bytes, 2 * i + high) << 8U) | byte_at(bytes, 2 * i + 1 - high);
    };
    const std::size_t units = bytes.size() / 2;
    std::string text;
    text.reserve(units);
    for (std::size_t i = 0; i < units; ++i) {
        const char32_t unit = unit_at(i);
        if (is_high(unit) && i + 1 == units) break;
        if (is_high(unit) && is_low(unit_at(i + 1))) {
            append(text, 0x10000 + ((unit - 0xD800) << 10U) + (unit_at(i + 1) - 0xDC00));
            ++i;
        } else {
            append(text, is_high(unit) || is_low(unit) ? kReplacement : unit);
        }
    }
    return text;
}

std::size_t bytes_in_file(std::string_view utf8, Encoding encoding) {
    if (encoding == Encoding::utf8 || encoding == Encoding::utf8_marked) return utf8.size();
    std::size_t units = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const unsigned byte = byte_at(utf8, i);
        if ((byte & 0xC0U) == 0x80U) continue;
        units += byte >= 0xF0 ? 2 : 1;
    }
    return 2 * units;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = length_at(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string from_windows_1252(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const unsigned byte = byte_at(bytes, i);
        const char32_t sign = byte >= 0x80 && byte < 0xA0 ? kWindows[byte - 0x80] : byte;
        append(text, sign == 0 && byte != 0 ? kReplacement : sign);
    }
    return text;
}

std::size_t characters_in(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((byte_at(text, i) & 0xC0U) != 0x80U) ++count;
    return count;
}

}  // namespace candour::imports
