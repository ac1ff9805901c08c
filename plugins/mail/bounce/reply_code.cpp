#include "bounce/reply_code.hpp"

#include "characters.hpp"

namespace candour::mail {
namespace {

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t size = 0;
    while (at + size < text.size() && is_digit(text[at + size])) ++size;
    return size;
}

char at_or_blank(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : ' ';
}

bool may_precede(char c) {
    return is_blank(c) || std::string_view("(:[\"'<,#;/=>").find(c) != std::string_view::npos;
}

/// Behind a reply code: a blank, a hyphen, or the end of a bracket. Never a dot or a digit.
bool may_follow(char c) {
    return is_blank(c) || std::string_view("-)]:,;\"'>").find(c) != std::string_view::npos;
}

}  // namespace

std::string reply_code_in(std::string_view text) {
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        if ((text[i] != '4' && text[i] != '5') || !is_digit(text[i + 1]) || !is_digit(text[i + 2])) continue;
        if (text[i + 1] > '7' || !may_follow(at_or_blank(text, i + 3))) continue;
        if (i > 0 && !may_precede(text[i - 1])) continue;
        const std::string_view before = text.substr(0, i);
        // "line 450", "port 587", "size 512": numbers of something else.
        const std::string_view word = trimmed(before.substr(before.size() < 8 ? 0 : before.size() - 8));
        if (word.ends_with("line") || word.ends_with("port") || word.ends_with("size") ||
            word.ends_with("last"))
            continue;
        return std::string(text.substr(i, 3));
    }
    return {};
}

std::string status_in(std::string_view text) {
    for (std::size_t i = 0; i + 5 <= text.size(); ++i) {
        if ((text[i] != '2' && text[i] != '4' && text[i] != '5') || text[i + 1] != '.') continue;
        if (i > 0 &&
            (is_digit(text[i - 1]) || is_letter(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == '/'))
            continue;
        const std::size_t subject = digits_at(text, i + 2);
        if (subject < 1 || subject > 1 || at_or_blank(text, i + 2 + subject) != '.') continue;
        const std::size_t detail = digits_at(text, i + 3 + subject);
        const char after = at_or_blank(text, i + 3 + subject + detail);
        const bool goes_on = after == '.' && is_digit(at_or_blank(text, i + 4 + subject + detail));
        if (detail < 1 || detail > 3 || goes_on || is_letter(after)) continue;
        return std::string(text.substr(i, 3 + subject + detail));
    }
    return {};
}

}  // namespace candour::mail
