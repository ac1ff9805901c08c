/// The second word of the request line, made safe: what a handler sees as a path needs no second look.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::http {

struct Target {
    std::string path;   ///< decoded, starts with `/`; or `*` (OPTIONS only)
    std::string query;  ///< raw
};

/// Accepts origin-form, absolute-form and `*`. Refuses bad escapes, control characters, NUL, backslashes,
/// escaped slashes, invalid UTF-8 and the segments `.` and `..`: none of our links has them, only people who
/// try doors.
Result<Target> read_target(std::string_view raw);

}  // namespace candour::http
