#include "core/feedback/words.hpp"

#include <algorithm>
#include <cstdint>

namespace candour::core {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr char32_t kNoLetter = 0;

/// Base letters of U+00C0..U+00FF; `-` is none, digits stand for pairs below.
constexpr std::string_view kLatin1 = "aaaaaa0ceeeeiiiidnooooo-ouuuuy12aaaaaa0ceeeeiiiidnooooo-ouuuuy1y";
/// Of U+0100..U+017F.
constexpr std::string_view kLatinA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii33jjkkkllllllllllnnnnnnnnnoooooo44rrrrrrsssssssstttttt"
    "uuuuuuuuuuuuww"
    "yyyzzzzzzs";
/// Of U+1E00..U+1E9F and U+1EA0..U+1EF9, as runs: so many of that letter.
struct Run {
    char letter;
    int count;
};
constexpr Run kLatinMore[] = {{'a', 2},  {'b', 6},  {'c', 2},  {'d', 10}, {'e', 10}, {'f', 2},  {'g', 2},
                              {'h', 10}, {'i', 4},  {'k', 6},  {'l', 8},  {'m', 6},  {'n', 8},  {'o', 8},
                              {'p', 4},  {'r', 8},  {'s', 10}, {'t', 8},  {'u', 10}, {'v', 4},  {'w', 10},
                              {'x', 4},  {'y', 2},  {'z', 6},  {'h', 1},  {'t', 1},  {'w', 1},  {'y', 1},
                              {'a', 1},  {'s', 3},  {'2', 1},  {'d', 1},  {'a', 24}, {'e', 16}, {'i', 4},
                              {'o', 24}, {'u', 14}, {'y', 8}};
constexpr std::string_view kPairs[] = {"ae", "th", "ss", "ij", "oe"};

char32_t latin_more(char32_t c) {
    int offset = static_cast<int>(c - 0x1E00);
    for (const Run& run : kLatinMore) {
        if (offset < run.count) return static_cast<char32_t>(run.letter);
        offset -= run.count;
    }
    return c;
}

char32_t greek(char32_t c) {
    constexpr std::pair<char32_t, char32_t> marked[] = {
        {0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9}, {0x38C, 0x3BF}, {0x38E, 0x3C5},
        {0x38F, 0x3C9}, {0x390, 0x3B9}, {0x3AA, 0x3B9}, {0x3AB, 0x3C5}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5},
        {0x3AE, 0x3B7}, {0x3AF, 0x3B9}, {0x3B0, 0x3C5}, {0x3C2, 0x3C3}, {0x3CA, 0x3B9}, {0x3CB, 0x3C5},
        {0x3CC, 0x3BF}, {0x3CD, 0x3C5}, {0x3CE, 0x3C9}};
    for (const auto& [from, to] : marked)
        if (c == from) return to;
    return c >= 0x391 && c <= 0x3A9 ? c + 0x20 : c;
}

char32_t cyrillic(char32_t c) {
    if (c >= 0x400 && c <= 0x40F) c += 0x50;
    if (c >= 0x410 && c <= 0x42F) c += 0x20;
    switch (c) {
        case 0x450:
        case 0x451:
            return 0x435;
        case 0x439:
        case 0x45D:
            return 0x438;
        case 0x453:
            return 0x433;
        case 0x457:
            return 0x456;
        case 0x45C:
            return 0x43A;
        case 0x45E:
            return 0x443;
        default:
            return c;
    }
}

bool is_mark(char32_t c) {
    return (c >= 0x300 && c <= 0x36F) || c == 0xAD || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
}

bool separates(char32_t c) {
    return c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) ||
           (c >= 0x3000 && c <= 0x303F) || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFE10 && c <= 0xFE6F) ||
           (c >= 0xFF00 && c <= 0xFF0F) || c >= 0xFFF0;
}

bool stands_alone(char32_t c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF);
}

/// The folded character, a digit 0..4 for a pair of letters beyond ASCII input, or kNoLetter.
char32_t fold(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
    if (c >= 0xFF10 && c <= 0xFF5A) return fold(c - 0xFEE0);
    if (separates(c)) return kNoLetter;
    if (c <= 0xFF) return kLatin1[c - 0xC0] == '-' ? kNoLetter : static_cast<char32_t>(kLatin1[c - 0xC0]);
    if (c <= 0x17F) return static_cast<char32_t>(kLatinA[c - 0x100]);
    if (c >= 0x1A0 && c <= 0x1A1) return 'o';
    if (c >= 0x1AF && c <= 0x1B0) return 'u';
    if (c >= 0x218 && c <= 0x219) return 's';
    if (c >= 0x21A && c <= 0x21B) return 't';
    if (c >= 0x386 && c <= 0x3CE) return greek(c);
    if (c >= 0x400 && c <= 0x45F) return cyrillic(c);
    if (c >= 0x1E00 && c <= 0x1EF9) return latin_more(c);
    return c;
}

/// The next character; a stray byte reads as a separator, the text was checked when it came in.
char32_t take(std::string_view& rest) {
    const auto first = static_cast<unsigned char>(rest.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size > rest.size() || (first >= 0x80 && first < 0xC0)) {
        rest.remove_prefix(1);
        return ' ';
    }
    for (std::size_t i = 1; i < size; ++i)
        if ((static_cast<unsigned char>(rest[i]) & 0xC0U) != 0x80) {
            rest.remove_prefix(i);
            return ' ';
        }
    char32_t c = size == 1 ? first : first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) c = (c << 6U) | (static_cast<unsigned char>(rest[i]) & 0x3FU);
    rest.remove_prefix(size);
    return c;
}

void append(std::string& word, char32_t c) {
    if (c < 0x80) {
        word += static_cast<char>(c);
    } else if (c < 0x800) {
        word += static_cast<char>(0xC0U | (c >> 6U));
        word += static_cast<char>(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        word += static_cast<char>(0xE0U | (c >> 12U));
        word += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        word += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        word += static_cast<char>(0xF0U | (c >> 18U));
        word += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
        word += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        word += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    while (!text.empty()) {
        const char32_t c = take(text);
        if (is_mark(c)) continue;
        const char32_t letter = fold(c);
        if (letter == kNoLetter) {
            end_word();
            continue;
        }
        if (stands_alone(letter)) end_word();
        const bool pair = c >= 0x80 && letter >= '0' && letter <= '4' && c < 0xFF00;
        if (word.size() + 4 > kLongestWord) continue;
        if (pair)
            word += kPairs[letter - '0'];
        else
            append(word, letter);
        if (stands_alone(letter)) end_word();
    }
    end_word();
    return words;
}

std::string folded(std::string_view text) {
    std::string all;
    for (const std::string& word : words_of(text)) all += (all.empty() ? "" : " ") + word;
    return all;
}

bool mentions(const std::vector<std::string>& words, std::string_view wanted) {
    const bool prefix = wanted.ends_with('*');
    if (prefix) wanted.remove_suffix(1);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return prefix ? word.starts_with(wanted) : word == wanted;
    });
}

}  // namespace candour::core
