#include "app/comings.hpp"

#include "zone/civil.hpp"
#include "zone/recurrence.hpp"

namespace candour::app {

Result<std::vector<core::Instant>> comings_of(const flow::ScheduleRule& rule, core::Instant after,
                                              int limit) {
    using std::chrono::days;
    if (!zone::known_zone(rule.zone))
        return Error{ErrorCode::invalid,
                     "zone: expected a name such as Europe/Berlin, found \"" + rule.zone + "\""};
    const std::chrono::sys_days first{days{rule.starts_on}};
    const std::chrono::sys_days today{days{zone::civil_day(after, rule.zone)}};
    const auto dates = zone::days_of(rule.rule, first, std::max(first, today), limit + 1);
    if (!dates) return dates.error();
    std::vector<core::Instant> comings;
    for (const std::chrono::year_month_day& date : *dates) {
        const Result<core::Instant> at = zone::instant_of(date, rule.at, rule.zone);
        if (!at) return at.error();
        if (*at > after && comings.size() < static_cast<std::size_t>(limit)) comings.push_back(*at);
    }
    return comings;
}

Result<std::int64_t> day_in(core::Instant at, const std::string& zone) {
    if (!zone::known_zone(zone))
        return Error{ErrorCode::invalid,
                     "zone: expected a name such as Europe/Berlin, found \"" + zone + "\""};
    return zone::civil_day(at, zone);
}

}  // namespace candour::app
