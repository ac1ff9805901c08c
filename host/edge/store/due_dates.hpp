/// By when something is owed, in the calendar of whoever owes it. Without a calendar days are counted as they
/// pass.
#pragma once
#include <optional>

#include "core/relationship/calendar.hpp"
#include "core/relationship/segment.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// The account's own, else the teammate's, else the organisation's; none when there is none.
std::optional<core::Calendar> calendar_for(Session& session, const std::string& account,
                                           const std::string& owner);

/// What the wall shows there, and the first instant at which it shows that. Errors: not_found (the zone).
Result<core::WallTime> wall_time(core::Instant at, const std::string& zone);
Result<core::Instant> instant_there(core::WallTime at, const std::string& zone);

core::Due due_dates(const std::optional<core::Calendar>& calendar, const core::SegmentPolicy& policy,
                    core::Instant raised);
core::Instant working_days_later(const std::optional<core::Calendar>& calendar, core::Instant from,
                                 std::chrono::days days);
/// When work ends on that day; at its last second when nobody works then, and in `house_zone` without a
/// calendar.
core::Instant end_of_day(const std::optional<core::Calendar>& calendar, std::chrono::year_month_day day,
                         const std::string& house_zone);

}  // namespace candour::store
