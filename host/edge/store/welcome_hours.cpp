#include "edge/store/welcome_hours.hpp"

#include "candour_queries.hpp"
#include "edge/json/calendar_document.hpp"
#include "edge/store/due_dates.hpp"
#include "log/log.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using std::chrono::days;

/// Longer than any rest between two waves: who finds no day until then is asked on the last one.
constexpr int kFarthestWelcome = 366;

/// On the night on which clocks go back a time comes twice, and the first of the two may have passed already.
core::Instant not_in_the_past(core::Instant at, core::Instant opens, core::WallTime from, core::WallTime to) {
    return opens >= at ? opens : at + (to - from);
}

core::Slot open_at(const core::Calendar& calendar, const std::string& zone, core::Instant at) {
    const Result<core::WallTime> from = wall_time(at, zone);
    if (!from) return {at, core::Waits::no};
    const core::Welcome welcome = core::first_welcome(calendar, *from);
    if (welcome.waits == core::Waits::no) return {at, core::Waits::no};
    const Result<core::Instant> opens = instant_there(welcome.at, zone);
    if (!opens) return {at, core::Waits::no};
    return {not_in_the_past(at, *opens, *from, welcome.at), welcome.waits};
}

std::map<std::string, core::Calendar> all_calendars(Session& session) {
    std::map<std::string, core::Calendar> calendars;
    std::string id, zone, weekly, holidays;
    Call call = session.call(sql::calendar::calendars);
    call.with("id", std::string()).into(id).into(zone).into(weekly).into(holidays);
    while (call.next()) {
        Result<core::Calendar> calendar = json::stored_calendar(id, zone, weekly, holidays);
        if (calendar)
            calendars.emplace(id, std::move(*calendar));
        else
            log::warn("calendar {}: {}; nobody's hours are read from it", id, calendar.error().message);
    }
    return calendars;
}

}  // namespace

WelcomeHours::WelcomeHours(Session& session, HoursRules rules, core::Instant from)
    : session_(session), rules_(std::move(rules)), from_(from), calendars_(all_calendars(session)) {}

void WelcomeHours::count_asked(const std::string& account) {
    if (account == account_) return;
    account_ = account;
    asked_.clear();
    long long at = 0;
    Call call = session_.call(sql::wishes::asked_since);
    call.with("account_id", account).with("since", from_ - days{1}).into(at);
    while (call.next()) ++asked_[zone::civil_day(core::from_us(at), rules_.zone)];
}

const core::Calendar* WelcomeHours::calendar_of(const std::string& id) const {
    auto found = calendars_.find(id);
    if (found == calendars_.end()) found = calendars_.find(core::kHouseCalendar);
    return found == calendars_.end() ? nullptr : &found->second;
}

core::Slot WelcomeHours::welcome(const std::string& calendar, const std::string& zone, core::Instant at) {
    const core::Calendar* const found = calendar_of(calendar);
    if (found == nullptr) return {at, core::Waits::no};
    const auto [known, fresh] = welcomes_.try_emplace({calendar, zone});
    if (fresh || known->second.at != at)
        known->second = {at, open_at(*found, zone.empty() ? found->zone : zone, at)};
    return known->second.slot;
}

core::Instant WelcomeHours::next_day(core::Instant at) const {
    const Result<std::chrono::year_month_day> today = zone::civil_date(at, rules_.zone);
    if (!today) return at + days{1};
    const auto tomorrow = std::chrono::sys_days(*today) + days{1};
    return zone::instant_of(tomorrow, zone::TimeOfDay{0}, rules_.zone).value_or(at + days{1});
}

core::Slot WelcomeHours::place(const core::Candidate& one, core::Instant at) {
    core::Slot slot = welcome(one.calendar, one.zone, at);
    if (rules_.per_account_per_day <= 0) return slot;
    count_asked(one.account.text());
    for (int tries = 0; tries < kFarthestWelcome; ++tries) {
        int& asked = asked_[zone::civil_day(slot.at, rules_.zone)];
        if (asked < rules_.per_account_per_day) {
            ++asked;
            break;
        }
        slot = {welcome(one.calendar, one.zone, next_day(slot.at)).at, core::Waits::account_day};
    }
    return slot;
}

}  // namespace candour::store
