#include "core/campaign/quiet.hpp"

#include <algorithm>

namespace candour::core {
namespace {

Waits what_keeps_shut(const Calendar& calendar, WallTime at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    if (std::ranges::find(calendar.holidays, std::chrono::year_month_day(day)) != calendar.holidays.end())
        return Waits::holiday;
    const std::chrono::weekday weekday(day);
    const bool works =
        std::ranges::any_of(calendar.week, [&](const Shift& shift) { return shift.day == weekday; });
    return works ? Waits::quiet_hours : Waits::day_off;
}

}  // namespace

std::string_view words_of(Waits waits) {
    switch (waits) {
        case Waits::no:
            return "goes out as soon as its turn comes";
        case Waits::quiet_hours:
            return "it is outside their working hours until then";
        case Waits::day_off:
            return "they do not work on that day";
        case Waits::holiday:
            return "it is a holiday there";
        case Waits::account_day:
            return "as many of this account as may be asked on one day are asked already";
    }
    return "";
}

Welcome first_welcome(const Calendar& calendar, WallTime from) {
    const WallTime at = next_open(calendar, from);
    return {at, at == from ? Waits::no : what_keeps_shut(calendar, from)};
}

}  // namespace candour::core
