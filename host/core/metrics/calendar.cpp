#include "core/metrics/calendar.hpp"

#include <charconv>
#include <chrono>

namespace candour::core {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day civil(Day day) {
    return year_month_day{sys_days{days{day}}};
}
Day day_of(year_month_day date) {
    return sys_days{date}.time_since_epoch().count();
}

bool number_at(std::string_view text, std::size_t at, std::size_t digits, int& into) {
    const char* end = text.data() + at + digits;
    return text[at] != '-' && std::from_chars(text.data() + at, end, into).ptr == end;
}

}  // namespace

Day month_start(Day day) {
    const year_month_day date = civil(day);
    return day_of(date.year() / date.month() / 1);
}

Day next_month(Day day) {
    const year_month_day date = civil(day);
    return day_of((date.year() / date.month() + std::chrono::months{1}) / 1);
}

std::string date_text(Day day) {
    const year_month_day date = civil(day);
    const auto padded = [](int number, std::size_t digits) {
        const std::string text = std::to_string(number);
        return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
    };
    return padded(int{date.year()}, 4) + "-" + padded(static_cast<int>(unsigned{date.month()}), 2) + "-" +
           padded(static_cast<int>(unsigned{date.day()}), 2);
}

std::optional<Day> read_date(std::string_view text) {
    int y = 0, m = 0, d = 0;
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && number_at(text, 0, 4, y) &&
                        number_at(text, 5, 2, m) && number_at(text, 8, 2, d);
    const year_month_day date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    if (!shaped || !date.ok()) return std::nullopt;
    return day_of(date);
}

Quarter quarter_of(Day day, int first_month) {
    const year_month_day date = civil(day);
    const int month = static_cast<int>(unsigned{date.month()});
    const int since = (month - first_month + 12) % 12;
    const auto first = date.year() / date.month() - std::chrono::months{since % 3};
    Quarter quarter;
    quarter.number = since / 3 + 1;
    quarter.year = int{date.year()} + (first_month > 1 && month >= first_month ? 1 : 0);
    quarter.first = day_of(first / 1);
    quarter.last = day_of((first + std::chrono::months{3}) / 1) - 1;
    return quarter;
}

Day year_before(Day day) {
    const year_month_day date = civil(day) - std::chrono::years{1};
    return date.ok() ? day_of(date) : day_of(date.year() / date.month() / 28);
}

}  // namespace candour::core
