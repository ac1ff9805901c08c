/// Percent escapes and UTF-8: what every request passes through.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::http {

enum class Plus : bool { stays, is_space };

/// Refuses an escape that is cut off or not hexadecimal; it is never passed on as text.
Result<std::string> percent_decode(std::string_view text, Plus plus = Plus::stays);
/// Everything but the unreserved characters of RFC 3986 is escaped.
std::string percent_encode(std::string_view text);

/// Without overlong forms, surrogates and values above U+10FFFF.
bool is_utf8(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);

}  // namespace candour::http
