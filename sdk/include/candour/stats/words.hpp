/// What a thread is about: terms of two open lexicons, and the words that set one pile of threads apart from
/// another.
#ifndef CANDOUR_STATS_WORDS_HPP
#define CANDOUR_STATS_WORDS_HPP
#include <map>
#include <span>
#include <vector>

#include "candour/stats/figure.hpp"

namespace candour::stats {

namespace detail {

/// Two bytes of UTF-8 as a code point, lower-cased where it is a capital of Latin-1, Latin Extended-A, Greek
/// or Cyrillic.
constexpr char32_t lower(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    const bool even_is_capital = (c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177);
    if (even_is_capital) return c % 2 == 0 ? c + 1 : c;
    const bool odd_is_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (odd_is_capital) return c % 2 == 1 ? c + 1 : c;
    if (c >= 0x391 && c <= 0x3A9) return c + 32;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

constexpr bool is_hyphen(std::string_view text, std::size_t at) {
    if (text[at] == '-') return true;
    const std::string_view three = text.substr(at, 3);
    return three == "\xE2\x80\x90" || three == "\xE2\x80\x91";
}

constexpr bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/// A letter, digit or underscore; whatever lies beyond ASCII counts as a letter, except no-break spaces and
/// quotes.
constexpr bool in_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// Punctuation of U+2000–U+206F ("–", "“", "…") and the no-break space end a word like their ASCII kin.
constexpr bool is_foreign_mark(std::string_view text, std::size_t at) {
    const std::string_view two = text.substr(at, 2);
    return two == "\xE2\x80" || two == "\xE2\x81" || two == "\xC2\xA0" || two == "\xC2\xAB" ||
           two == "\xC2\xBB";
}

/// Lower case, hyphens as spaces, runs of white space as one space.
inline std::string folded(std::string_view text) {
    std::string out;
    const auto space = [&] {
        if (!out.empty() && out.back() != ' ') out += ' ';
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (is_hyphen(text, at) || is_space(text[at])) {
            space();
            at += byte < 0x80 ? 0 : 2;
        } else if (is_foreign_mark(text, at)) {
            out += byte == 0xE2 ? '.' : byte == 0xC2 && text[at + 1] == '\xA0' ? ' ' : '.';
            at += byte == 0xE2 ? 2 : 1;
        } else if (byte >= 0xC2 && byte <= 0xDF && at + 1 < text.size()) {
            const char32_t c =
                lower((byte & 0x1FU) << 6 | (static_cast<unsigned char>(text[at + 1]) & 0x3FU));
            out += static_cast<char>(0xC0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3F));
            ++at;
        } else {
            out += static_cast<char>(byte < 0x80 ? lower(byte) : byte);
        }
    }
    return out;
}

/// Whole words only; what was counted is not counted again for the same term.
inline int occurrences(std::string_view text, std::string_view term, int cap) {
    int found = 0;
    for (std::size_t at = text.find(term); at != std::string_view::npos && found < cap;
         at = text.find(term, at)) {
        const std::size_t end = at + term.size();
        const bool whole = (at == 0 || !in_word(text[at - 1])) && (end == text.size() || !in_word(text[end]));
        found += whole ? 1 : 0;
        at = whole ? end : at + 1;
    }
    return found;
}

inline std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace detail

/// One term is worth at most this much in one thread.
inline constexpr int kTermCap = 3;

/// How often the terms occur: lower case, whole words or phrases, hyphens as spaces, each term at most `cap`
/// times.
inline int lexicon_hits(std::string_view text, std::span<const std::string> lexicon, int cap = kTermCap) {
    const std::string folded = detail::folded(text);
    int hits = 0;
    for (const std::string& term : lexicon) {
        const std::string wanted = detail::trimmed(detail::folded(term));
        if (!wanted.empty()) hits += detail::occurrences(folded, wanted, cap);
    }
    return hits;
}

enum class ThreadLabel : std::uint8_t { neutral, contract, future };
constexpr std::string_view to_text(ThreadLabel label) {
    constexpr std::array<std::string_view, 3> names{"neutral", "contract", "future"};
    return names[static_cast<std::size_t>(label)];
}

struct ThreadTopics {
    int contract = 0;
    int future = 0;
    ThreadLabel label() const {
        if (contract == future) return ThreadLabel::neutral;
        return contract > future ? ThreadLabel::contract : ThreadLabel::future;
    }
};

/// What leads a thread, contract mechanics or the future.
///
/// Shape:  the text without quotes, signatures and disclaimers; a repeated term of a lexicon counts twice, so
/// do not.
inline ThreadTopics thread_topics(std::string_view text, std::span<const std::string> contract,
                                  std::span<const std::string> future, int cap = kTermCap) {
    return {lexicon_hits(text, contract, cap), lexicon_hits(text, future, cap)};
}

using WordCounts = std::map<std::string, double, std::less<>>;

/// How strongly each word belongs to the first pile (above 0) or the second: |z| from 1.96 is worth showing.
///
/// Shape:  counts of both piles, and the prior's: how often the word is expected anyway (a word without has
/// none). Empty:  a word that neither pile nor the prior has seen in full gets no z. Errors: invalid when a
/// count is negative. Source: B. Monroe, M. Colaresi, K. Quinn, Political Analysis 16(4), 2008.
inline Result<WordCounts> log_odds(const WordCounts& first, const WordCounts& second,
                                   const WordCounts& prior) {
    double n1 = 0, n2 = 0, n0 = 0;
    WordCounts all;
    for (const auto& [counts, sum] : {std::pair{&first, &n1}, {&second, &n2}, {&prior, &n0}})
        for (const auto& [word, count] : *counts) {
            if (const Done valid = check_amount("count of \"" + word + "\"", count); !valid)
                return valid.error();
            *sum += count;
            all.try_emplace(word, 0.0);
        }
    const auto of = [](const WordCounts& counts, const std::string& word) {
        const auto at = counts.find(word);
        return at == counts.end() ? 0.0 : at->second;
    };
    WordCounts z;
    for (const auto& [word, unused] : all) {
        const double y0 = of(prior, word), y1 = of(first, word) + y0, y2 = of(second, word) + y0;
        const double rest1 = n1 + n0 - y1, rest2 = n2 + n0 - y2;
        if (!(y1 > 0 && y2 > 0 && rest1 > 0 && rest2 > 0)) continue;
        z[word] = (std::log(y1 / rest1) - std::log(y2 / rest2)) / std::sqrt(1 / y1 + 1 / y2);
    }
    return z;
}

/// The same with one prior for each word of both piles.
inline Result<WordCounts> log_odds(const WordCounts& first, const WordCounts& second, double prior) {
    WordCounts flat;
    for (const WordCounts* counts : {&first, &second})
        for (const auto& [word, count] : *counts) flat.insert_or_assign(word, prior);
    return log_odds(first, second, flat);
}

}  // namespace candour::stats
#endif
