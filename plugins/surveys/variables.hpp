/// What stands for something else in a survey's words.
///
///     words    := (character | "{{" | "{" variable ["|" fallback] "}")*
///     variable := "contact.name" | "account.name" | "organisation" | "answer." question
///
/// Each is plain text: pages escape it like every other.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "survey.hpp"

namespace candour::surveys {

struct Piece {
    std::string words;  ///< of the survey itself; when there is a variable, what is said in place of nothing
    std::string variable;  ///< or empty
    bool has_fallback = false;
};

/// Errors: invalid, what is wrong with the braces.
Result<std::vector<Piece>> pieces_of(std::string_view words);

/// `value` says what a variable stands for, empty for nothing.
std::string filled(std::string_view words, const std::function<std::string(std::string_view)>& value);

/// Text that is meant as it stands.
std::string with_plain_braces(std::string_view text);

inline constexpr std::string_view kAnswerVariable = "answer.";

}  // namespace candour::surveys
