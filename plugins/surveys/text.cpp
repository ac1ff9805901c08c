#include "text.hpp"

#include <algorithm>
#include <array>

namespace candour::surveys {

namespace {

constexpr std::array<std::string_view, 12> kRightToLeft{"ar", "arc", "ckb", "dv", "fa", "he",
                                                        "ps", "sd",  "syr", "ug", "ur", "yi"};
constexpr std::array<std::string_view, 5> kScripts{"Arab", "Hebr", "Nkoo", "Syrc", "Thaa"};

}  // namespace

Spoken spoken(const Text& text, std::string_view language, std::string_view fall_back) {
    const auto found = text.find(language);
    if (found != text.end()) return {found->second, found->first};
    const auto known = text.find(fall_back);
    return known != text.end() ? Spoken{known->second, known->first} : Spoken{{}, language};
}

bool runs_right_to_left(std::string_view language) {
    const std::size_t hyphen = language.find('-');
    if (hyphen != std::string_view::npos) {
        const std::string_view next = language.substr(hyphen + 1);
        const std::string_view script = next.substr(0, next.find('-'));
        if (std::ranges::find(kScripts, script) != kScripts.end()) return true;
        if (script.size() == 4 && script[0] >= 'A' && script[0] <= 'Z') return false;
    }
    return std::ranges::find(kRightToLeft, language.substr(0, hyphen)) != kRightToLeft.end();
}

std::string language_mark(std::string_view language, std::string_view page_language) {
    if (language == page_language) return {};
    std::string mark = " lang=\"" + std::string(language) + "\"";
    if (runs_right_to_left(language) != runs_right_to_left(page_language))
        mark += runs_right_to_left(language) ? " dir=\"rtl\"" : " dir=\"ltr\"";
    return mark;
}

}  // namespace candour::surveys
