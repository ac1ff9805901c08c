/// What a survey says, in the languages that it speaks.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace candour::surveys {

/// By language tag.
using Text = std::map<std::string, std::string, std::less<>>;

/// Words and the language that they are in, which need not be the page's.
struct Spoken {
    std::string words;
    std::string_view language;
};

/// In `language`, else in `fall_back`, which every text of a checked survey has.
Spoken spoken(const Text& text, std::string_view language, std::string_view fall_back);

/// Whether it is written from right to left: Arabic, Hebrew, Persian, Urdu and their like.
bool runs_right_to_left(std::string_view language);

/// ` lang="…" dir="…"` for words whose language is not that of the page around them, else nothing.
std::string language_mark(std::string_view language, std::string_view page_language);

}  // namespace candour::surveys
