/// Civil dates and wall clocks in IANA zones, from the system's own zone files.
/// Core and flow see civil dates only; whoever turns an instant into a date does it here.
///
/// Errors: not_found when the system has no zone of that name; invalid when a date or time does not exist.
#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include "candour/result.hpp"
#include "core/instant.hpp"

namespace candour::zone {

/// Since local midnight as the clock on the wall shows it, so 23:59:59 is the largest on every day.
using TimeOfDay = std::chrono::seconds;

bool known_zone(std::string_view iana_zone);

Result<std::chrono::year_month_day> civil_date(core::Instant at, std::string_view iana_zone);
/// The civil date as days since 1970-01-01: what is stored with a fact. A zone that nobody knows counts as
/// UTC, since the configuration refused it long before.
std::int64_t civil_day(core::Instant at, std::string_view iana_zone);
Result<TimeOfDay> time_of_day(core::Instant at, std::string_view iana_zone);

/// When the wall shows a time twice (clocks go back) it is the first of the two; a time that is skipped
/// (clocks go forward) is the instant of the jump.
Result<core::Instant> instant_of(std::chrono::year_month_day on, TimeOfDay at, std::string_view iana_zone);

}  // namespace candour::zone
