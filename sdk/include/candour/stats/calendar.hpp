/// Civil dates: windows, quarters, half-lives. Who has an instant and a time zone makes a date of them first.
#ifndef CANDOUR_STATS_CALENDAR_HPP
#define CANDOUR_STATS_CALENDAR_HPP
#include <chrono>

#include "candour/stats/figure.hpp"

namespace candour::stats {

/// A civil date that can be counted with.
using Day = std::chrono::sys_days;

constexpr int days_between(Day from, Day to) {
    return static_cast<int>((to - from).count());
}

/// The last `length` days up to and with `until`: until - length itself lies outside. Being a window of
/// dates, it knows no clock change and no leap day, and an answer's last day can be computed from its first.
struct Window {
    Day until;
    int length = 365;

    constexpr bool contains(Day day) const { return day <= until && day > until - std::chrono::days(length); }
    /// The first date whose window no longer contains an answer of `day`.
    constexpr Day leaves_on(Day day) const { return day + std::chrono::days(length); }
};

/// What is left of 1 after `age` days.
inline double half_life_decay(double age_days, double half_life_days) {
    return std::exp2(-age_days / half_life_days);
}

/// A quarter of a fiscal year; the year is named after the calendar year in which it ends.
struct FiscalQuarter {
    int year = 0;
    int quarter = 0;  ///< 1..4
    friend constexpr auto operator<=>(const FiscalQuarter&, const FiscalQuarter&) = default;
};

/// "FY2025Q1"
inline std::string to_text(const FiscalQuarter& of) {
    return "FY" + std::to_string(of.year) + "Q" + std::to_string(of.quarter);
}

/// The fiscal quarter of a civil date, when the fiscal year begins in `first_month`.
///
/// Errors: invalid when the date does not exist or the month is not 1..12.
inline Result<FiscalQuarter> fiscal_quarter(std::chrono::year_month_day day, int first_month = 1) {
    if (!day.ok()) return Error{ErrorCode::invalid, "date: expected a day of the calendar"};
    if (first_month < 1 || first_month > 12)
        return out_of_range("first fiscal month", "1 to 12", first_month);
    const int month = static_cast<int>(static_cast<unsigned>(day.month()));
    const int year = static_cast<int>(day.year());
    const int since = (month - first_month + 12) % 12;
    const bool ends_next_year = first_month > 1 && month >= first_month;
    return FiscalQuarter{year + (ends_next_year ? 1 : 0), since / 3 + 1};
}

}  // namespace candour::stats
#endif
