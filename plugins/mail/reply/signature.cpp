#include "reply/signature.hpp"

#include <algorithm>
#include <vector>

#include "characters.hpp"
#include "mail_texts.hpp"
#include "phrase.hpp"

namespace candour::mail {
namespace {

using Lines = std::vector<std::string_view>;
constexpr std::size_t kNone = std::string_view::npos;

/// Of a signature without a mark. Longer ones exist, but so do poems.
constexpr std::size_t kLinesOfSignature = 11;
constexpr std::size_t kLongestLine = 64;
/// A signature begins within these, empty ones included.
constexpr std::size_t kLastLines = 200;

const Section& signature_words(std::string_view heading) {
    static const std::vector<Section> sections = sections_of(texts::signatures_txt);
    return section_in(sections, heading);
}

std::string folded(std::string_view line) {
    return "|" + lower(squeezed(line)) + "|";
}

std::size_t words_from(const Lines& lines, std::size_t from) {
    return static_cast<std::size_t>(std::count_if(lines.begin() + static_cast<std::ptrdiff_t>(from),
                                                  lines.end(),
                                                  [](auto line) { return !is_blank_line(line); }));
}

std::size_t bytes_from(const Lines& lines, std::size_t from) {
    std::size_t size = 0;
    for (std::size_t i = from; i < lines.size(); ++i) size += lines[i].size();
    return size;
}

/// The strongest mark wins: "--" may stand above a long signature, a rule of other marks only above a short
/// one.
std::size_t delimiter_in(const Lines& lines) {
    bool code = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with("```")) code = !code;
        if (code || lines.size() - i > kLastLines || !is_delimiter(lines[i])) continue;
        const bool standard = squeezed(lines[i]) == "--";
        // A rule right below words underlines them.
        if (!standard && i > 0 && !is_blank_line(lines[i - 1]) && !is_delimiter(lines[i - 1])) continue;
        const std::size_t lines_left = words_from(lines, i + 1), bytes_left = bytes_from(lines, i + 1);
        if (lines_left <= (standard ? 20U : 10U) && bytes_left <= (standard ? 2'000U : 700U)) return i;
    }
    return kNone;
}

std::size_t device_in(const Lines& lines) {
    bool code = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with("```")) code = !code;
        if (code || lines.size() - i > kLastLines || lines[i].size() > 160) continue;
        if (signature_words("devices").matches(folded(lines[i])) && words_from(lines, i + 1) <= 30) return i;
    }
    return kNone;
}

std::size_t words_of(std::string_view line) {
    const std::string text = squeezed(line);
    return text.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

/// "Best regards," or "Thanks, Ann": a closing, and at most a short name behind it.
bool is_closing(std::string_view line) {
    const std::string text = folded(line);
    if (text.size() > 48 || text.ends_with("?|") || words_of(line) > 5) return false;
    return signature_words("closings").matches(text) && !signature_words("no closings").matches(text);
}

bool has_contact(std::string_view line) {
    const std::string text = folded(line);
    const auto digits = std::ranges::count_if(text, is_digit);
    const bool number = digits >= 7 && line.size() < 60;
    const bool extension = digits >= 4 && digits * 3 >= static_cast<std::ptrdiff_t>(text.size()) - 4;
    if (words_of(line) > 8) return false;
    return number || extension || text.find('@') != std::string::npos ||
           text.find("http") != std::string::npos || text.find("www.") != std::string::npos ||
           signature_words("contacts").matches(text);
}

/// One to four words, each with a capital (or all of another alphabet), no sentence.
bool is_name(std::string_view line) {
    const std::string text = squeezed(line);
    if (text.empty() || text.size() > 40 || text.ends_with('?') || text.ends_with('!') ||
        text.ends_with(':') || text.ends_with(';'))
        return false;
    if (text.find_first_of("0123456789<>[]{}=:_?!|") != kNone || text.starts_with('-') || text.size() < 3 ||
        signature_words("no names").matches(folded(line)))
        return false;
    std::size_t words = 0, capitals = 0;
    bool start = true, dotted = false;
    for (const char c : text) {
        // "rowing.mpeg" is a file
        if (dotted && c >= 'a' && c <= 'z') return false;
        dotted = c == '.';
        if (start && c != ' ') {
            ++words;
            capitals +=
                (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '/' ? 1
                                                                                                        : 0;
        }
        start = c == ' ';
    }
    return words <= 4 && capitals == words && !(text.ends_with('.') && words > 2);
}

/// Four words and a full stop: somebody says something.
bool is_sentence(std::string_view line) {
    const std::string text = squeezed(line);
    const bool ended = text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
    return ended && words_of(text) >= 4 && !has_contact(text);
}

bool is_short(std::string_view line) {
    return line.size() <= kLongestLine;
}

/// The paragraph that ends before `end`: [first, end).
std::size_t paragraph_before(const Lines& lines, std::size_t end) {
    std::size_t first = end;
    while (first > 0 && !is_blank_line(lines[first - 1])) --first;
    return first;
}

std::size_t without_trailing_blanks(const Lines& lines, std::size_t end) {
    while (end > 0 && is_blank_line(lines[end - 1])) --end;
    return end;
}

/// A closing with nothing but short lines behind it.
std::size_t closing_in(const Lines& lines) {
    std::size_t seen = 0;
    for (std::size_t i = lines.size(); i > 0 && seen <= kLinesOfSignature; --i) {
        const std::string_view line = lines[i - 1];
        if (is_blank_line(line)) continue;
        ++seen;
        if (is_closing(line)) return i - 1;
        if (!is_short(line) || is_sentence(line) || (!is_name(line) && !has_contact(line) && seen > 4))
            return kNone;
    }
    return kNone;
}

bool is_signature_line(std::string_view line, std::string_view sender) {
    if (!is_short(line)) return false;
    return is_name(line) || (has_contact(line) && words_from({line}, 0) > 0) ||
           (!sender.empty() && same(squeezed(line), sender));
}

/// "Barry Tycholiz - 713-853-1587", "Ann Lee, ann@example.com": a name, and how to reach it.
bool names_in_front(std::string_view line) {
    const std::string text = squeezed(line);
    const std::size_t end = text.find_first_of("-,0123456789(|<+");
    return end != std::string::npos && end > 4 && has_contact(line) && is_name(text.substr(0, end));
}

/// Names and numbers in the last paragraphs. Numbers alone may be what was asked for.
std::size_t names_in(const Lines& lines, std::string_view sender) {
    std::size_t found = kNone, end = without_trailing_blanks(lines, lines.size()), taken = 0;
    bool named = false;
    while (end > 0 && taken < 3) {
        const std::size_t first = paragraph_before(lines, end);
        std::size_t start = end;
        while (start > first && is_signature_line(lines[start - 1], sender)) --start;
        // A paragraph of its own, or the last line or two below the words.
        const bool whole = start == first;
        if (start == end || end - start > kLinesOfSignature || (!whole && taken > 0)) break;
        if (!whole && !is_name(lines[start]) && !has_contact(lines[start])) break;
        if (taken > 0 && !has_contact(lines[start]) && !is_name(lines[start])) break;
        for (std::size_t i = start; i < end; ++i)
            named = named || is_name(lines[i]) || names_in_front(lines[i]);
        if (named) found = start;
        ++taken;
        if (!whole) break;
        end = without_trailing_blanks(lines, first);
    }
    return found;
}

std::string joined(const Lines& lines, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to; ++i) text += std::string(lines[i]) + "\n";
    while (!text.empty() && is_blank(text.back())) text.pop_back();
    return text;
}

bool leaves_words(const Lines& lines, std::size_t at) {
    return std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(at),
                       [](auto line) { return !is_blank_line(line); });
}

}  // namespace

bool is_delimiter(std::string_view line) {
    const std::string text = squeezed(line);
    if (text == "--" || text == "—" || text == "――" || text == "–") return true;
    if (text.size() < 2) return false;
    if (text.starts_with("—")) return text.find_first_not_of("\xE2\x80\x94") == std::string::npos;
    return std::string_view("_-=*~#+").find(text[0]) != kNone &&
           text.find_first_not_of(text[0]) == std::string::npos;
}

Signed split_signature(std::string_view text, std::string_view sender_name) {
    const Lines lines = lines_of(text);
    std::size_t at = std::min(delimiter_in(lines), device_in(lines));
    if (at == kNone || !leaves_words(lines, at)) at = closing_in(lines);
    if (at == kNone || !leaves_words(lines, at)) at = names_in(lines, squeezed(sender_name));
    if (at == kNone || !leaves_words(lines, at)) return {joined(lines, 0, lines.size()), ""};
    return {joined(lines, 0, at), joined(lines, at, lines.size())};
}

}  // namespace candour::mail
