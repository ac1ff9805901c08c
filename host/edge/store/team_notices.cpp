#include "edge/store/team_notices.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "candour_queries.hpp"
#include "core/loop/reminders.hpp"
#include "edge/json/content.hpp"
#include "edge/store/due_dates.hpp"
#include "edge/store/sights.hpp"

namespace candour::store {
namespace {

using std::chrono::days;

/// A working day away over a long week of holidays.
constexpr days kHorizon{10};
constexpr int kNoticePage = 200;

/// Whom a rule named when the item was raised.
std::vector<std::string> watchers_of(Session& session, const core::Item& after,
                                     const std::vector<core::LedgerEvent>& events) {
    core::Content first;
    if (events.front().event == core::Event::raised) {
        first = events.front().content;
    } else {
        std::string content;
        Call call = session.call(sql::team::first_content);
        call.with("item_id", after.id.text()).into(content);
        if (call.next()) first = json::read_content(content).value_or({});
    }
    const auto found = first.find("watchers");
    return found == first.end() ? std::vector<std::string>() : core::listed(found->second);
}

struct Candidate {
    core::Item item;  ///< as much of it as a warning needs
    long long number = 0, due = 0;
};

std::vector<Candidate> due_soon(Session& session, core::Instant now, const Candidate& after) {
    Candidate one;
    std::string item, account, state;
    long long will_change = 0, raised = 0, heard = 0, decided = 0, changed = 0;
    Call call = session.call(sql::team::due_soon);
    call.with("now", now)
        .with("horizon", now + kHorizon)
        .with("next_due", after.due)
        .with("number", after.number)
        .with("limit", kNoticePage);
    call.into(item).into(one.number).into(one.due).into(one.item.owner).into(account).into(state);
    call.into(will_change).into(raised).into(heard).into(decided).into(changed);
    std::vector<Candidate> page;
    while (call.next()) {
        one.item.id = ItemId::trusted(item);
        one.item.account = AccountId::trusted(account);
        one.item.state = core::value_of(core::kStates, state).value_or(core::State::raised);
        one.item.will_change = will_change != 0;
        one.item.raised_at = core::from_us(raised);
        one.item.heard_at = core::from_us(heard);
        one.item.decided_at = core::from_us(decided);
        one.item.changed_at = core::from_us(changed);
        page.push_back(one);
    }
    return page;
}

/// Calendars are few and items many.
class WorkingDays {
 public:
    explicit WorkingDays(Session& session) : session_(session) {}
    core::Instant later(const core::Item& item, core::Instant from) {
        const auto key = std::make_pair(item.account.text(), item.owner);
        auto found = calendars_.find(key);
        if (found == calendars_.end())
            found = calendars_.emplace(key, calendar_for(session_, key.first, key.second)).first;
        return working_days_later(found->second, from, days{1});
    }

 private:
    Session& session_;
    std::map<std::pair<std::string, std::string>, std::optional<core::Calendar>> calendars_;
};

bool worth_a_warning(const core::Item& item, core::Instant due, core::Instant now, WorkingDays& working) {
    return working.later(item, now) >= due && working.later(item, core::step_began(item)) < due;
}

}  // namespace

NoticeWriter::NoticeWriter()
    : rows_(sql::team::add_notices, {"teammate_id", "item_id", "occasion", "kind", "about", "at"}) {}

void NoticeWriter::add(Session& session, const core::Item& after,
                       const std::vector<core::LedgerEvent>& events) {
    const bool news =
        std::any_of(events.begin(), events.end(), [](const auto& one) { return core::is_news(one.event); });
    const std::vector<std::string> watchers =
        news ? watchers_of(session, after, events) : std::vector<std::string>();
    for (const core::Notice& notice : core::notices_of(after, events, watchers))
        if (notice.teammate == after.owner || sees_account(session, notice.teammate, after.account))
            add(after.id, notice, "n " + std::to_string(notice.n), events.front().at);
}

void NoticeWriter::add(const ItemId& item, const core::Notice& notice, const std::string& occasion,
                       core::Instant at) {
    rows_.row({notice.teammate, item.text(), occasion,
               std::string(core::name_of(core::kNoticeKinds, notice.kind)), notice.about,
               std::to_string(core::to_us(at))});
}

void NoticeWriter::write(Session& session) {
    rows_.run(session);
}

std::vector<Warning> warnings_at(Session& session, core::Instant now) {
    WorkingDays working(session);
    std::vector<Warning> warnings;
    for (std::vector<Candidate> page = due_soon(session, now, {}); !page.empty();
         page = due_soon(session, now, page.back()))
        for (const Candidate& one : page) {
            const core::Instant due = core::from_us(one.due);
            if (!worth_a_warning(one.item, due, now, working)) continue;
            const std::string step(core::name_of(core::kOwed, core::debt_of(one.item).step));
            warnings.push_back({one.item.id, {one.item.owner, core::NoticeKind::due_soon, step, 0}, due});
        }
    return warnings;
}

void add_warnings(Session& session, const std::vector<Warning>& warnings, core::Instant now) {
    NoticeWriter notices;
    for (const Warning& one : warnings)
        notices.add(one.item, one.notice, "due " + std::to_string(core::to_us(one.due)), now);
    notices.write(session);
}

}  // namespace candour::store
