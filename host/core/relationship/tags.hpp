/// Words that the organisation puts on its contacts: "board", "pilot", "key". Kept in order, by comma.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::core {

/// Whoever carries it is missed when they fall silent, like an executive.
inline constexpr std::string_view kKeyTag = "key";
inline constexpr std::size_t kMaxTags = 20;

/// Sorted, each once, in lower case. Errors: invalid: too many, or a tag that is empty, longer than 40 bytes
/// or holds a comma, a semicolon or a control character.
Result<std::vector<std::string>> clean_tags(const std::vector<std::string>& tags);
/// "board; pilot" as its words; nothing but blanks is none.
std::vector<std::string> split_tags(std::string_view text);
std::string joined(const std::vector<std::string>& words);
/// Whether a list by comma holds one of these.
bool holds_one_of(std::string_view list, const std::vector<std::string>& wanted);

}  // namespace candour::core
