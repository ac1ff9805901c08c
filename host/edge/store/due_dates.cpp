#include "edge/store/due_dates.hpp"

#include "candour_queries.hpp"
#include "edge/json/calendar_document.hpp"
#include "log/log.hpp"
#include "zone/civil.hpp"

namespace candour::store {

using std::chrono::local_days;

Result<core::WallTime> wall_time(core::Instant at, const std::string& zone) {
    const Result<std::chrono::year_month_day> date = zone::civil_date(at, zone);
    const Result<zone::TimeOfDay> time = zone::time_of_day(at, zone);
    if (!date) return date.error();
    if (!time) return time.error();
    return core::WallTime(local_days(*date) + *time);
}

Result<core::Instant> instant_there(core::WallTime at, const std::string& zone) {
    const local_days day = std::chrono::floor<std::chrono::days>(at);
    return zone::instant_of(std::chrono::year_month_day(day), at - day, zone);
}

std::optional<core::Calendar> calendar_for(Session& session, const std::string& account,
                                           const std::string& owner) {
    std::string id, zone, weekly, holidays;
    Call call = session.call(sql::calendar::calendar_for);
    call.with("account", account).with("owner", owner).into(id).into(zone).into(weekly).into(holidays);
    if (!call.next()) return std::nullopt;
    Result<core::Calendar> calendar = json::stored_calendar(id, zone, weekly, holidays);
    if (calendar) return std::move(*calendar);
    log::warn("calendar: {}; days are counted as they pass", calendar.error().message);
    return std::nullopt;
}

core::Instant working_days_later(const std::optional<core::Calendar>& calendar, core::Instant from,
                                 std::chrono::days days) {
    if (!calendar) return from + days;
    const Result<core::WallTime> wall = wall_time(from, calendar->zone);
    if (!wall) return from + days;
    return instant_there(core::working_days_later(*calendar, *wall, days), calendar->zone)
        .value_or(from + days);
}

core::Due due_dates(const std::optional<core::Calendar>& calendar, const core::SegmentPolicy& policy,
                    core::Instant raised) {
    if (!calendar) return core::due_after(policy, raised);
    const auto later = [&](std::chrono::days days) { return working_days_later(calendar, raised, days); };
    return {later(policy.hear), later(policy.decide), later(policy.change), later(policy.tell)};
}

core::Instant end_of_day(const std::optional<core::Calendar>& calendar, std::chrono::year_month_day day,
                         const std::string& house_zone) {
    const core::Calendar around_the_clock{"", house_zone, {}, {}};
    const core::Calendar& used = calendar ? *calendar : around_the_clock;
    const Result<core::Instant> end = instant_there(core::end_of_working_day(used, day), used.zone);
    return end.value_or(core::Instant(std::chrono::sys_days(day) + std::chrono::days{1}));
}

}  // namespace candour::store
