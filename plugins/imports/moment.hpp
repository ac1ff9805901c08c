/// When an answer was given, as survey tools write it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::imports {

/// Of dates such as 03/04/2025, which do not say it themselves.
enum class DateOrder : std::uint8_t { unsaid, day_first, month_first };

/// One of the two: an instant, or what a clock on some wall showed.
struct Moment {
    std::string instant;  ///< RFC 3339
    std::string wall;     ///< 2025-03-31T23:50:00
};

/// Unix seconds or milliseconds; 2025-03-31 23:50:00, 31.03.2025 23:50, 3/31/2025 11:50 PM, each with or
/// without a time (noon), T for the space, and an offset, Z, UTC or GMT behind. Errors: invalid.
Result<Moment> read_moment(std::string_view text, DateOrder order);

}  // namespace candour::imports
