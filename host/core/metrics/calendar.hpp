/// Months and fiscal quarters of civil days. A quarter's days end with its last one, so that figures of two
/// quarters never share an answer.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/metrics/fact.hpp"

namespace candour::core {

Day month_start(Day day);
/// The first day of the month after the one of `day`.
Day next_month(Day day);

/// "2026-03-31".
std::string date_text(Day day);
std::optional<Day> read_date(std::string_view text);

/// The fiscal year is named after the calendar year in which it ends.
struct Quarter {
    int year = 0;
    int number = 1;
    Day first = 0;
    Day last = 0;
    std::string name() const { return std::to_string(year) + "Q" + std::to_string(number); }
};
/// `first_month`: 1 to 12, in which the fiscal year begins.
Quarter quarter_of(Day day, int first_month);
inline Quarter quarter_before(const Quarter& quarter, int first_month) {
    return quarter_of(quarter.first - 1, first_month);
}

/// The same date a year earlier; 28 February for a leap day.
Day year_before(Day day);

}  // namespace candour::core
