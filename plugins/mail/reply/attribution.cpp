#include "reply/attribution.hpp"

#include <algorithm>
#include <string>

#include "characters.hpp"
#include "mail_texts.hpp"
#include "phrase.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kLongestAttribution = 300;
constexpr std::size_t kLinesOfAttribution = 4;

const Section& attribution_words(std::string_view heading) {
    static const std::vector<Section> sections = sections_of(texts::attribution_txt);
    return section_in(sections, heading);
}

bool begins_like_one(std::string_view text) {
    const std::string front = " " + std::string(text.substr(0, 24));
    return attribution_words("beginnings").matches(front);
}

/// A year, a time of day, or a day written in numbers.
bool has_instant(std::string_view text) {
    std::size_t digits = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && is_digit(text[i])) {
            ++digits;
            continue;
        }
        const std::string_view number = text.substr(i - digits, digits);
        if (digits == 4 && (number.starts_with("19") || number.starts_with("20"))) return true;
        const bool more = i + 1 < text.size() && is_digit(text[i + 1]);
        if ((digits == 1 || digits == 2) && more &&
            std::string_view(":/.").find(text[i]) != std::string_view::npos)
            return true;
        digits = 0;
    }
    return false;
}

/// "2016-03-03 17:21 GMT+01:00 Some One": Gmail in some languages has no verb and no colon.
bool is_bare_stamp(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-dd dd:dd ";
    if (text.size() < shape.size() + 4 || text.size() > 160) return false;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] == 'd' ? !is_digit(text[i]) : shape[i] != text[i]) return false;
    return begins(text.substr(shape.size()), "gmt") || begins(text.substr(shape.size()), "utc");
}

/// `text` is squeezed and lower case.
bool is_attribution(std::string_view text) {
    if (text.size() < 6 || text.size() > kLongestAttribution) return false;
    if (is_bare_stamp(text)) return true;
    std::string_view bare = text;
    while (!bare.empty() && (bare.back() == '*' || bare.back() == '_' || bare.back() == ' '))
        bare.remove_suffix(1);
    const bool ruled = bare.starts_with("--") && bare.ends_with("--");
    const bool instant = has_instant(bare), address = bare.find('@') != std::string_view::npos;
    if (!ruled && !instant && !address) return false;
    const bool wrote = attribution_words("verbs").matches(" " + std::string(bare) + " ");
    if (ruled) return wrote;
    const bool colon = bare.ends_with(':') || bare.ends_with("：");
    if (wrote && colon) return instant || address;
    const bool verb_at_end = attribution_words("verbs").matches(
        std::string(bare.substr(bare.size() < 24 ? 0 : bare.size() - 24)) + " ");
    if (wrote && verb_at_end && begins_like_one(text)) return instant && address;
    return colon && instant && address && (is_digit(bare.front()) || begins_like_one(text));
}

std::string joined(std::span<const std::string_view> lines) {
    std::string text;
    for (const std::string_view line : lines) text += std::string(line) + " ";
    return lower(squeezed(text));
}

/// Only such a line may be the first of several.
bool may_go_on(std::string_view line) {
    const std::string text = lower(squeezed(line));
    return begins_like_one(text) || text.find('<') != std::string::npos ||
           text.find('@') != std::string::npos || has_instant(text);
}

}  // namespace

std::size_t attribution_size(std::span<const std::string_view> lines) {
    for (std::size_t size = 1; size <= std::min(kLinesOfAttribution, lines.size()); ++size) {
        const std::string_view last = trimmed(lines[size - 1]);
        if (last.empty() || lines[size - 1].size() > kLongestAttribution) return 0;
        if (size == 2 && !may_go_on(lines[0])) return 0;
        if (!is_attribution(joined(lines.first(size)))) continue;
        // The line above may only happen to stand there: the shortest end of it that is whole counts.
        for (std::size_t skip = size - 1; skip > 0; --skip)
            if (begins_like_one(lower(squeezed(lines[skip]))) &&
                is_attribution(joined(lines.subspan(skip, size - skip))))
                return 0;
        return size;
    }
    return 0;
}

std::size_t attribution_inside(std::string_view line) {
    if (line.size() > kLongestAttribution) return std::string_view::npos;
    const std::size_t at = line.find("--- On ");
    if (at == std::string_view::npos || at == 0) return std::string_view::npos;
    const std::string rest = lower(squeezed(line.substr(at + 4)));
    return is_attribution(rest) ? at : std::string_view::npos;
}

}  // namespace candour::mail
