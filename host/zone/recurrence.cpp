#include "zone/recurrence.hpp"

#include <libical/ical.h>

#include <memory>
#include <string>

namespace candour::zone {
namespace {

using std::chrono::year_month_day;

/// Longer rules are no rules of a person.
constexpr std::size_t kLongestRule = 500;
/// Days that are looked at to find the next ones: every day of a century.
constexpr int kMostDays = 36'600;

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

Error no_rule(std::string_view rule, const std::string& expected) {
    return Error{ErrorCode::invalid,
                 "rule: expected " + expected + "; found \"" + std::string(rule.substr(0, 80)) + "\""};
}

bool names_times(const icalrecurrencetype& rule) {
    return rule.freq < ICAL_DAILY_RECURRENCE || rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX ||
           rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

Result<icalrecurrencetype> read_rule(std::string_view text) {
    if (text.size() > kLongestRule) return no_rule(text, "at most 500 characters");
    icalerror_clear_errno();
    const icalrecurrencetype rule = icalrecurrencetype_from_string(std::string(text).c_str());
    if (rule.freq == ICAL_NO_RECURRENCE)
        return no_rule(text, "a recurrence rule (RFC 5545) such as FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU");
    if (names_times(rule))
        return no_rule(text,
                       "DAILY, WEEKLY, MONTHLY or YEARLY without BYHOUR, BYMINUTE and BYSECOND: the time of "
                       "the day is said beside the rule");
    return rule;
}

icaltimetype day_of(year_month_day date) {
    icaltimetype
        day{};  // libical's own null date stands an hour before midnight, and each day would come twice
    day.is_date = 1;
    day.year = static_cast<int>(date.year());
    day.month = static_cast<int>(static_cast<unsigned>(date.month()));
    day.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return day;
}

year_month_day date_of(const icaltimetype& day) {
    return {std::chrono::year(day.year), std::chrono::month(static_cast<unsigned>(day.month)),
            std::chrono::day(static_cast<unsigned>(day.day))};
}

}  // namespace

Result<std::vector<year_month_day>> days_of(std::string_view rule, year_month_day starts_on,
                                            year_month_day from, int limit) {
    const Result<icalrecurrencetype> read = read_rule(rule);
    if (!read) return read.error();
    const Iterator iterator(icalrecur_iterator_new(*read, day_of(starts_on)));
    std::vector<year_month_day> days;
    bool ever = false;
    for (int i = 0; iterator && i < kMostDays && days.size() < static_cast<std::size_t>(limit); ++i) {
        const icaltimetype next = icalrecur_iterator_next(iterator.get());
        if (icaltime_is_null_time(next)) break;
        ever = true;
        if (date_of(next) >= from) days.push_back(date_of(next));
    }
    if (!ever) return no_rule(rule, "a rule that names a day some time; this one never does");
    return days;
}

}  // namespace candour::zone
