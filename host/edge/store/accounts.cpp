#include "edge/store/accounts.hpp"

#include <map>

#include "candour_queries.hpp"
#include "core/team/notices.hpp"
#include "edge/store/people_rows.hpp"

namespace candour::store {
namespace {

/// A thread that was silent for longer is none.
constexpr std::chrono::hours kThreadMemory{24 * 400};
/// One account's calendar of that time; a row names a handful of people.
constexpr int kMostTouches = 20'000;

struct KnownPerson {
    std::string name;
    core::Level level = core::Level::operational;
    bool active = true;
    std::string stands_for;  ///< who this row was merged into, or itself
};
using KnownPeople = std::map<std::string, KnownPerson>;
using TeamNames = std::map<std::string, std::string>;

KnownPeople select_people(Session& session, const std::string& account) {
    std::string id, name, level, merged;
    long long active = 0;
    Call call = session.call(sql::account::people);
    call.with("account", account).into(id).into(name).into(level).into(active).into(merged);
    KnownPeople people;
    while (call.next())
        people[id] = {name, core::value_of(core::kLevels, level).value_or(core::Level::operational),
                      active != 0, merged.empty() ? id : merged};
    return people;
}

TeamNames select_team(Session& session) {
    std::string id, name;
    Call call = session.call(sql::account::team);
    call.into(id).into(name);
    TeamNames team;
    while (call.next()) team[id] = name;
    return team;
}

struct TouchRow {
    std::int64_t id = 0;
    std::string ref, topics;
    core::Touch touch;
};

std::vector<TouchRow> select_touches(Session& session, const flow::TouchpointQuery& query) {
    std::string ref, kind, contacts, teammates, topics;
    long long id = 0, at = 0, minutes = 0;
    Call call = session.call(sql::account::touchpoints);
    call.with("account", query.account).with("contact", query.contact).with("since", query.since);
    call.with("at", query.before).with("id", query.before_id).with("limit", query.limit);
    call.into(id).into(ref).into(kind).into(at).into(minutes).into(contacts).into(teammates).into(topics);
    std::vector<TouchRow> rows;
    while (call.next())
        rows.push_back({id,
                        ref,
                        topics,
                        {core::value_of(core::kTouchpointKinds, kind).value_or(core::TouchpointKind::meeting),
                         core::from_us(at), static_cast<int>(minutes), core::listed(contacts),
                         core::listed(teammates)}});
    return rows;
}

/// By who stands for them; whoever is known no more is left out.
std::vector<std::string> who_stands(const KnownPeople& people, const std::vector<std::string>& ids) {
    std::vector<std::string> all;
    for (const std::string& id : ids)
        if (const auto known = people.find(id);
            known != people.end() && people.contains(known->second.stands_for))
            all.push_back(known->second.stands_for);
    return all;
}

std::vector<flow::ThreadView> select_threads(Session& session, const std::string& account,
                                             core::Instant since) {
    const KnownPeople people = select_people(session, account);
    const TeamNames team = select_team(session);
    flow::TouchpointQuery query{account, {}, since - kThreadMemory};
    query.limit = kMostTouches;
    std::vector<core::Touch> touches;
    for (TouchRow& row : select_touches(session, query)) {
        row.touch.contacts = who_stands(people, row.touch.contacts);
        touches.push_back(std::move(row.touch));
    }
    std::vector<flow::ThreadView> threads;
    for (const core::Thread& thread : core::threads_of(touches, since)) {
        const KnownPerson& known = people.at(thread.contact);
        const auto ours = team.find(thread.teammate);
        if (ours != team.end())
            threads.push_back({thread, ours->second, known.name, known.level, known.active});
    }
    return threads;
}

std::vector<flow::TouchpointView> touchpoint_views(Session& session, const flow::TouchpointQuery& query) {
    const KnownPeople people = select_people(session, query.account);
    const TeamNames team = select_team(session);
    std::vector<flow::TouchpointView> views;
    for (TouchRow& row : select_touches(session, query)) {
        flow::TouchpointView view{row.id, row.ref, row.touch.kind, row.touch.at, row.touch.minutes,
                                  {},     {},      row.topics};
        for (const std::string& id : row.touch.contacts)
            if (const auto known = people.find(id); known != people.end())
                view.contacts.push_back({id, known->second.name});
        for (const std::string& id : row.touch.teammates)
            if (const auto known = team.find(id); known != team.end())
                view.teammates.push_back({id, known->second});
        views.push_back(std::move(view));
    }
    return views;
}

Result<flow::AccountView> select_account(Session& session, const std::string& key) {
    flow::AccountView view;
    AccountColumns columns;
    long long open = 0, touched = 0;
    {
        Call call = session.call(sql::account::show);
        call.with("key", key);
        columns.read_from(call);
        call.into(view.owner_name).into(view.sponsor).into(view.sponsor_name).into(view.calendar);
        call.into(open).into(touched);
        if (!call.next()) return Error{ErrorCode::not_found, "there is no account \"" + key + "\""};
    }
    view.account = columns.account();
    view.open_items = open;
    view.last_touch_at = core::from_us(touched);
    for (const auto& [id, known] : select_people(session, view.account.id.text()))
        if (known.active && known.stands_for == id) ++view.contacts[static_cast<std::size_t>(known.level)];
    return view;
}

}  // namespace

flow::Task<Result<flow::AccountView>> Accounts::account(std::string id_or_ref) {
    return database_.read<flow::AccountView>(
        [key = std::move(id_or_ref)](Session& session) { return select_account(session, key); });
}

flow::Task<Result<std::vector<flow::ThreadView>>> Accounts::threads(std::string account,
                                                                    core::Instant since) {
    using Views = std::vector<flow::ThreadView>;
    return database_.read<Views>([account = std::move(account), since](Session& session) {
        return Result<Views>(select_threads(session, account, since));
    });
}

flow::Task<Result<std::vector<flow::TouchpointView>>> Accounts::touchpoints(flow::TouchpointQuery query) {
    using Views = std::vector<flow::TouchpointView>;
    return database_.read<Views>([query = std::move(query)](Session& session) {
        return Result<Views>(touchpoint_views(session, query));
    });
}

}  // namespace candour::store
