/// What a text must be before it is kept: valid UTF-8, no NUL, not endless. It is refused, never repaired.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::core {

/// A long mail's worth of words; whoever writes more has something to attach.
inline constexpr std::size_t kMaxText = 8'000;
/// Names, subjects, links.
inline constexpr std::size_t kMaxLine = 500;

/// Code points, or nullopt when the bytes are not UTF-8 (overlong forms, surrogates and stray bytes
/// included).
std::optional<std::size_t> code_points(std::string_view text);

/// The first `limit` code points of UTF-8 text, with a sign that there was more.
std::string shortened(std::string_view text, std::size_t limit);

/// `name` is the field as its sender knows it. Errors: invalid, naming the field, the limit and what was
/// found.
Done check_text(std::string_view name, std::string_view text, std::size_t limit = kMaxText);
/// The same, and it must say something.
Done check_words(std::string_view name, std::string_view text, std::size_t limit = kMaxText);
/// 0..10 and nothing else; "7.5", "07", "" and "eleven" are refused, never bent into range.
Result<int> read_score(std::string_view name, std::string_view text);

}  // namespace candour::core
