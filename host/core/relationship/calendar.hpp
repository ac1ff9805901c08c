/// When somebody works, in the time that the wall clock of their zone shows. Core knows no zones: whoever
/// asks turns instants into wall time and back, so that the days on which clocks change need no rule of their
/// own here.
///
///     a working day   a civil day on which a shift begins and which is no holiday
///     a shift         from one time of a day to a later one, over midnight if need be; it belongs to the day
///     it begins on n days later    the same time of the n-th working day after; when nobody works then, as
///     soon as somebody does
///
/// A calendar without shifts is one in which somebody works around the clock, every day but the holidays.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "candour/result.hpp"

namespace candour::core {

/// The organisation's own; it holds for everybody who has no other.
inline constexpr const char* kHouseCalendar = "organisation";

using WallTime = std::chrono::local_seconds;

struct Shift {
    std::chrono::weekday day;
    std::chrono::minutes from{0};
    std::chrono::minutes to{
        0};  ///< after `from`, at most a day later; beyond 24 hours it is the next morning
    friend bool operator==(const Shift&, const Shift&) = default;
};

struct Calendar {
    std::string id;
    std::string zone;
    std::vector<Shift> week;
    std::vector<std::chrono::year_month_day> holidays;
    friend bool operator==(const Calendar&, const Calendar&) = default;
};

/// Errors: invalid, naming the shift or the date: times that are none, shifts that overlap, dates that do not
/// exist. The zone is not looked at.
Done check_calendar(const Calendar&);

/// `from` itself when somebody works then.
WallTime next_open(const Calendar&, WallTime from);
WallTime working_days_later(const Calendar&, WallTime from, std::chrono::days days);
/// When the last shift that begins on this day ends; midnight when nobody works on it.
WallTime end_of_working_day(const Calendar&, std::chrono::year_month_day day);

}  // namespace candour::core
