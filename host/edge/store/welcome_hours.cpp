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
/// Of one calendar and zone; a campaign that is spread over days has an instant for each of its people.
constexpr std::size_t kSlotsRemembered = 64;

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

void WelcomeHours::read_days(const AccountRange* accounts) {
    asked_at_.clear();
    if (rules_.per_account_per_day <= 0) return;
    std::string account;
    long long at = 0;
    Call call = ask_of(session_, accounts, sql::audience::counted, sql::audience::counted_at);
    bind_accounts(call, accounts);
    call.with("since", from_ - days{1}).into(account).into(at);
    while (call.next()) ++asked_at_[account][day_of(core::from_us(at)).number];
}

void WelcomeHours::expect(const AccountRange& accounts) {
    read_days(&accounts);
    expected_ = true;
}

void WelcomeHours::expect_everybody() {
    read_days(nullptr);
    expected_ = true;
}

void WelcomeHours::count_asked(const std::string& account) {
    if (account == account_) return;
    account_ = account;
    if (!expected_) {
        const AccountRange here{account, account};
        read_days(&here);
    }
    const auto found = asked_at_.find(account);
    asked_ = found == asked_at_.end() ? AskedOnDays() : found->second;
}

const core::Calendar* WelcomeHours::calendar_of(const std::string& id) const {
    auto found = calendars_.find(id);
    if (found == calendars_.end()) found = calendars_.find(core::kHouseCalendar);
    return found == calendars_.end() ? nullptr : &found->second;
}

core::Slot WelcomeHours::welcome(const std::string& calendar, const std::string& zone, core::Instant at) {
    const core::Calendar* const found = calendar_of(calendar);
    if (found == nullptr) return {at, core::Waits::no};
    std::map<core::Instant, core::Slot>& slots = welcomes_[{calendar, zone}];
    if (slots.size() >= kSlotsRemembered && !slots.contains(at)) slots.clear();
    const auto [known, fresh] = slots.try_emplace(at);
    if (fresh) known->second = open_at(*found, zone.empty() ? found->zone : zone, at);
    return known->second;
}

const WelcomeHours::Day& WelcomeHours::day_of(core::Instant at) {
    const auto later = days_.upper_bound(at);
    if (later != days_.begin())
        if (const auto last = std::prev(later); at < last->second.ends) return last->second;
    const std::int64_t number = zone::civil_day(at, rules_.zone);
    const std::chrono::sys_days today{days{number}};
    const auto midnight = [&](std::chrono::sys_days day) {
        return zone::instant_of(day, zone::TimeOfDay{0}, rules_.zone);
    };
    const core::Instant begins = midnight(today).value_or(today),
                        ends = midnight(today + days{1}).value_or(today + days{1});
    return days_[std::min(begins, at)] = Day{number, ends};
}

core::Slot WelcomeHours::place(const core::Candidate& one, core::Instant at) {
    core::Slot slot = welcome(one.calendar, one.zone, at);
    if (rules_.per_account_per_day <= 0) return slot;
    count_asked(one.account.text());
    for (int tries = 0; tries < kFarthestWelcome; ++tries) {
        const Day day = day_of(slot.at);
        int& asked = asked_[day.number];
        if (asked < rules_.per_account_per_day) {
            ++asked;
            break;
        }
        slot = {welcome(one.calendar, one.zone, day.ends).at, core::Waits::account_day};
    }
    return slot;
}

}  // namespace candour::store
