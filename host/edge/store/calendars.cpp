#include "edge/store/calendars.hpp"

#include "candour_queries.hpp"
#include "edge/json/calendar_document.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/due_dates.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

/// Empty: there is none of that name.
std::string calendar_in_words(Session& session, const std::string& id) {
    std::string found, zone, weekly, holidays;
    Call call = session.call(sql::calendar::calendars);
    call.with("id", id).into(found).into(zone).into(weekly).into(holidays);
    if (!call.next()) return {};
    return zone + "; week: " + weekly + (holidays.empty() ? "" : "; holidays: " + holidays);
}

}  // namespace

flow::Task<Result<std::vector<core::Calendar>>> Calendars::calendars(std::string id) {
    return database_.read<std::vector<core::Calendar>>(
        [wanted = std::move(id)](Session& session) -> Result<std::vector<core::Calendar>> {
            std::string found, zone, weekly, holidays;
            Call call = session.call(sql::calendar::calendars);
            call.with("id", wanted).into(found).into(zone).into(weekly).into(holidays);
            std::vector<core::Calendar> all;
            while (call.next()) {
                Result<core::Calendar> calendar = json::stored_calendar(found, zone, weekly, holidays);
                if (!calendar) return calendar.error();
                all.push_back(std::move(*calendar));
            }
            return all;
        });
}

flow::Task<Done> Calendars::set_calendar(core::Calendar calendar, flow::Doer doer, core::Instant now) {
    return database_.write<Nothing>(
        [calendar = std::move(calendar), doer = std::move(doer), now](Session& session) -> Done {
            if (!zone::known_zone(calendar.zone))
                return Error{
                    ErrorCode::invalid,
                    "zone: expected an IANA name such as Europe/Berlin that this system knows, found \"" +
                        calendar.zone + "\""};
            const std::string before = calendar_in_words(session, calendar.id);
            session.call(sql::calendar::set_calendar)
                .with("id", calendar.id)
                .with("zone", calendar.zone)
                .with("weekly", json::write_week(calendar))
                .with("holidays", json::write_holidays(calendar))
                .with("now", now)
                .run();
            const std::string after = calendar_in_words(session, calendar.id);
            write_down(session, {doer, "calendar_set", calendar.id, before, after}, now);
            return done();
        });
}

flow::Task<Result<core::Instant>> Calendars::due_for(std::string account, std::string owner,
                                                     flow::CivilDue due, core::Instant now,
                                                     std::string house_zone) {
    return database_.read<core::Instant>([=](Session& session) {
        const std::optional<core::Calendar> calendar = calendar_for(session, account, owner);
        return Result<core::Instant>(due.day ? end_of_day(calendar, *due.day, house_zone)
                                             : working_days_later(calendar, now, due.working));
    });
}

}  // namespace candour::store
