#include "core/relationship/calendar.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace candour::core {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;

constexpr minutes kDay{24 * 60};
constexpr minutes kWeek{7 * 24 * 60};
/// A calendar in which nobody works for ten years is taken for one in which somebody always does.
constexpr days kFarthest{3'660};

/// A moment of work and the working day it belongs to.
struct Open {
    WallTime at;
    local_days day;
};

bool is_holiday(const Calendar& calendar, local_days day) {
    return std::ranges::find(calendar.holidays, std::chrono::year_month_day(day)) != calendar.holidays.end();
}

/// The shifts that begin on this day, in their order.
std::vector<Shift> shifts_of(const Calendar& calendar, local_days day) {
    std::vector<Shift> all;
    if (is_holiday(calendar, day)) return all;
    const std::chrono::weekday weekday(day);
    if (calendar.week.empty()) return {{weekday, minutes{0}, kDay}};
    std::ranges::copy_if(calendar.week, std::back_inserter(all),
                         [&](const Shift& shift) { return shift.day == weekday; });
    std::ranges::sort(all, {}, &Shift::from);
    return all;
}

std::optional<Open> find_open(const Calendar& calendar, WallTime from) {
    const local_days today = std::chrono::floor<days>(from);
    for (local_days day = today - days{1}; day <= today + kFarthest; day += days{1})
        for (const Shift& shift : shifts_of(calendar, day))
            if (day + shift.to > from) return Open{std::max<WallTime>(day + shift.from, from), day};
    return std::nullopt;
}

std::optional<local_days> working_day_after(const Calendar& calendar, local_days day, days count) {
    const local_days farthest = day + kFarthest + count;
    for (days found{0}; found < count;) {
        day += days{1};
        if (day > farthest) return std::nullopt;
        if (!shifts_of(calendar, day).empty()) ++found;
    }
    return day;
}

/// Minutes since Monday's midnight.
minutes in_week(const Shift& shift) {
    return kDay * static_cast<int>(shift.day.iso_encoding() - 1) + shift.from;
}

Error wrong(const Shift& shift, const std::string& what) {
    constexpr const char* names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const char* name = shift.day.ok() ? names[shift.day.iso_encoding() - 1] : "?";
    char begin[16];
    std::snprintf(begin, sizeof begin, "%02d:%02d", static_cast<int>(shift.from.count() / 60),
                  static_cast<int>(shift.from.count() % 60));
    return Error{ErrorCode::invalid,
                 "weekly: the interval of " + std::string(name) + " that begins at " + begin + ": " + what};
}

Done check_shift(const Shift& shift) {
    if (!shift.day.ok()) return wrong(shift, "expected a day from mon to sun");
    if (shift.from < minutes{0} || shift.from >= kDay)
        return wrong(shift, "expected a beginning from 00:00 to 23:59");
    if (shift.to <= shift.from || shift.to - shift.from > kDay)
        return wrong(shift, "expected an end after its beginning and at most a day later");
    return done();
}

}  // namespace

Done check_calendar(const Calendar& calendar) {
    for (const Shift& shift : calendar.week)
        if (Done sound = check_shift(shift); !sound) return sound;
    for (const Shift& one : calendar.week)
        for (const Shift& other : calendar.week) {
            if (&one == &other) continue;
            const minutes gap = (in_week(other) - in_week(one) + kWeek) % kWeek;
            if (gap < one.to - one.from)
                return wrong(other,
                             "expected it to begin when the one before has ended, found that they overlap");
        }
    for (const std::chrono::year_month_day& date : calendar.holidays)
        if (!date.ok())
            return Error{ErrorCode::invalid,
                         "holidays: expected days of the calendar, found one that does not exist"};
    return done();
}

WallTime next_open(const Calendar& calendar, WallTime from) {
    const std::optional<Open> open = find_open(calendar, from);
    return open ? open->at : from;
}

WallTime working_days_later(const Calendar& calendar, WallTime from, days count) {
    const std::optional<Open> begin = find_open(calendar, from);
    if (!begin) return from + count;
    const std::optional<local_days> day = working_day_after(calendar, begin->day, count);
    if (!day) return from + count;
    return next_open(calendar, *day + (begin->at - begin->day));
}

WallTime end_of_working_day(const Calendar& calendar, std::chrono::year_month_day on) {
    const local_days day(on);
    const std::vector<Shift> shifts = shifts_of(calendar, day);
    if (shifts.empty()) return day + kDay - std::chrono::seconds{1};
    const WallTime end = day + shifts.back().to;
    return shifts.back().to == kDay ? end - std::chrono::seconds{1} : end;
}

}  // namespace candour::core
