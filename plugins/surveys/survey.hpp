/// A survey: one question from 0 to 10 and its reason, in one or more languages.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::surveys {

/// The survey's own words; empty ones come from the catalogue.
struct Texts {
    std::string question, lowest, highest, reason, intro, thanks;
};

struct Survey {
    std::string id;
    std::string from;
    std::string readers;
    bool contact_me = true;
    bool may_quote = true;
    std::map<std::string, Texts, std::less<>> languages;

    /// The language of the pages: `wanted` if the survey speaks it ("de-AT" is "de"), else English.
    std::string_view language(std::string_view wanted) const;
    const Texts& texts(std::string_view language) const { return languages.find(language)->second; }
};

/// Reads a definition against schemas/json/survey.schema.json. Errors: invalid, with every problem and its
/// JSON pointer.
Result<Survey> read_survey(std::string_view definition_json);

/// What a survey is called in links and keys: short words of a-z and 0-9 with hyphens between.
bool is_survey_id(std::string_view id);

}  // namespace candour::surveys
