/// Which days a rule of RFC 5545 names. Days only: at which time of them is said beside the rule, on the wall
/// clock of a zone, so that nine o'clock stays nine o'clock when clocks change.
#pragma once
#include <chrono>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::zone {

/// The first days from `from` on, at most `limit`, of a rule that counts from `starts_on`. Empty: it has
/// ended. Errors: invalid: no rule of RFC 5545, one that names times of a day, or one that never names a day.
Result<std::vector<std::chrono::year_month_day>> days_of(std::string_view rule,
                                                         std::chrono::year_month_day starts_on,
                                                         std::chrono::year_month_day from, int limit);

}  // namespace candour::zone
