/// What an organisation says itself in a campaign's mails: a subject in place of the plugin's, and a text
/// above the question. Of the question nothing can be changed here: figures compare what the same words
/// brought.
///
///   text      = any characters, with {{contact}}, {{account}} and {{organisation}} in place of names
///   languages = BCP 47 tags; "de" serves "de-AT", and what no text fits is said in the plugin's own words
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::core {

struct OwnText {
    std::string subject;  ///< empty: the plugin's
    std::string text;     ///< empty: none
};
/// By mail (0 the invitation, 1 to 5 its reminders), then by language.
using OwnWords = std::map<int, std::map<std::string, OwnText, std::less<>>>;

/// Errors: invalid, naming mail and language: a name that is none of the three, a subject with line ends, a
/// text that is too long, a reminder that nobody sends.
Done check(const OwnWords& words, std::size_t reminders);

/// The text for a reader of this language; nullopt: the plugin's own.
std::optional<OwnText> words_for(const OwnWords& words, int mail, std::string_view language,
                                 std::string_view house_language);

struct Names {
    std::string contact, account, organisation;
};
/// As it is sent. Names of customers may hold braces: what was put in is not read again.
std::string filled(std::string_view text, const Names& names);

}  // namespace candour::core
