/// What columns are called in one tool or another. Case, spaces and signs do not matter: "E-Mail Address" is
/// "emailaddress".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace candour::imports {

enum class Role : std::uint8_t {
    question,  ///< everything that nobody knows is what somebody was asked
    ignored,   ///< never stored: addresses of machines, places, the tool's own numbers
    id,
    email,
    name,
    first_name,
    last_name,
    person,
    account,
    score,
    comment,
    at,
    language,
    status,
    finished,
    survey_type,
    tags,
    notes,
    permalink
};

/// Letters and digits alone, lower case; other letters than a to z stay as they are.
std::string folded(std::string_view name);

struct Meaning {
    Role role = Role::question;
    int rank = 0;  ///< of two columns that mean the same, the lower one counts
};

/// What a column of that name holds, whatever tool wrote it.
Meaning meaning_of(std::string_view name);

/// The question whose answer is a score from 0 to 10, by its words: "How likely are you to recommend us?"
bool asks_to_recommend(std::string_view question);
/// The question for the reason behind it.
bool asks_why(std::string_view question);

}  // namespace candour::imports
