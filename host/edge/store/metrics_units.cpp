#include <limits>
#include <map>
#include <set>

#include "candour_queries.hpp"
#include "edge/store/metric_rows.hpp"
#include "edge/store/metrics.hpp"

namespace candour::store {
namespace {

/// Where few of many observations touch anybody, a step goes over this many of them.
constexpr std::int64_t kUnitWindow = 50'000;
constexpr std::int64_t kEverything = std::numeric_limits<std::int64_t>::max();

/// Contacts named by rows behind `from`, at most `limit` rows of them. Returns how far that goes.
std::int64_t collect(Session& session, const Query& query, std::int64_t from, std::int64_t to, int limit,
                     std::set<std::string>& contacts) {
    to = std::max(from, std::min(to, from + kUnitWindow));
    long long seq = 0;
    std::string contact;
    Call call = session.call(query);
    call.with("from_seq", from).with("to_seq", to).with("limit", limit).into(seq).into(contact);
    int rows = 0;
    for (; call.next(); ++rows) contacts.insert(contact);
    return rows == limit ? seq : to;
}

void collect_held(Session& session, const std::string& metric, core::Instant now, int limit,
                  flow::Touched& touched, std::set<std::string>& contacts) {
    long long due = 0;
    std::string contact;
    Call call = session.call(sql::metrics::held_until);
    call.with("metric", metric).with("now", now).with("limit", limit).into(due).into(contact);
    while (call.next()) {
        touched.due.push_back({due, contact});
        contacts.insert(contact);
    }
}

Result<flow::Touched> read_touched(Session& session, const flow::Cursor& cursor, flow::Position horizon,
                                   core::Instant now, int limit) {
    flow::Touched touched;
    std::set<std::string> contacts;
    touched.to.seq =
        collect(session, sql::metrics::touched_by_observations, cursor.at.seq, horizon.seq, limit, contacts);
    touched.to.history = collect(session, sql::metrics::touched_by_history, cursor.at.history,
                                 horizon.history, limit, contacts);
    collect_held(session, cursor.key.metric, now, limit, touched, contacts);
    touched.contacts.assign(contacts.begin(), contacts.end());
    return touched;
}

using Units = std::map<std::string, flow::StoredUnit>;

void add_facts(Session& session, const std::string& contacts, std::int64_t through, Units& units) {
    std::string contact;
    long long seq = 0, view = 0, day = 0, at = 0, thread = 0, withdrawn = 0, v0 = 0, v1 = 0, v2 = 0, v3 = 0;
    Call call = session.call(sql::metrics::facts_of);
    call.with("contacts", contacts).with("through_seq", through);
    call.into(contact)
        .into(seq)
        .into(view)
        .into(day)
        .into(at)
        .into(thread)
        .into(withdrawn)
        .into(v0)
        .into(v1)
        .into(v2)
        .into(v3);
    while (call.next())
        units[contact].unit.facts.push_back(
            {static_cast<core::View>(view), day, at, seq, thread, withdrawn != 0, {v0, v1, v2, v3}});
}

void add_history(Session& session, const std::string& contacts, std::int64_t through, Units& units) {
    std::string contact, account, what, value;
    long long seq = 0, day = 0, at = 0;
    Call call = session.call(sql::metrics::history_of);
    call.with("contacts", contacts).with("through_seq", through);
    call.into(contact).into(account).into(seq).into(what).into(value).into(day).into(at);
    while (call.next()) {
        flow::StoredUnit& unit = units[contact];
        unit.unit.account = account;
        const auto aspect = core::value_of(core::kAspects, what);
        if (!aspect) continue;
        const std::int64_t number = value == "2" ? 2 : value == "1" ? 1 : 0;
        unit.unit.facts.push_back({core::View::contacts,
                                   day,
                                   at,
                                   seq,
                                   0,
                                   false,
                                   {static_cast<std::int64_t>(*aspect), number, 0, 0}});
    }
}

Done add_timelines(Session& session, const flow::MetricKey& key, const std::string& contacts, Units& units) {
    std::string contact, account, text;
    Call call = session.call(sql::metrics::timelines_of);
    call.with("metric", key.metric).with("contacts", contacts).into(contact).into(account).into(text);
    while (call.next()) {
        Result<core::Timeline> timeline = core::read_timeline(text, key.width);
        if (!timeline) return timeline.error();
        units[contact].counted_at = account;
        units[contact].timeline = std::move(*timeline);
    }
    return done();
}

Result<std::vector<flow::StoredUnit>> read_units(Session& session, const flow::MetricKey& key,
                                                 const std::vector<std::string>& contacts,
                                                 flow::Position through) {
    Units units;
    for (const std::string& contact : contacts) units[contact].unit.contact = contact;
    const std::string list = list_text(session.dialect(), contacts);
    add_facts(session, list, through.seq, units);
    add_history(session, list, through.history, units);
    if (Done read = add_timelines(session, key, list, units); !read) return read.error();
    std::vector<flow::StoredUnit> all;
    for (auto& [contact, unit] : units) all.push_back(std::move(unit));
    return all;
}

}  // namespace

std::map<std::string, core::Unit> facts_of(Session& session, const std::vector<std::string>& contacts) {
    Units units;
    const std::string list = list_text(session.dialect(), contacts);
    add_facts(session, list, kEverything, units);
    add_history(session, list, kEverything, units);
    std::map<std::string, core::Unit> all;
    for (auto& [contact, unit] : units) {
        unit.unit.contact = contact;
        all.emplace(contact, std::move(unit.unit));
    }
    return all;
}

flow::Task<Result<flow::Touched>> Metrics::touched(flow::Cursor cursor, flow::Position horizon,
                                                   core::Instant now, int limit) {
    return database_.read<flow::Touched>(
        [=](Session& session) { return read_touched(session, cursor, horizon, now, limit); });
}

flow::Task<Result<std::vector<flow::StoredUnit>>> Metrics::units(flow::MetricKey key,
                                                                 std::vector<std::string> contacts,
                                                                 flow::Position through) {
    return database_.read<std::vector<flow::StoredUnit>>(
        [key = std::move(key), contacts = std::move(contacts), through](Session& session) {
            return read_units(session, key, contacts, through);
        });
}

flow::Task<Result<std::vector<std::string>>> Metrics::contacts_after(std::string id, int limit) {
    return database_.read<std::vector<std::string>>([id = std::move(id), limit](Session& session) {
        std::vector<std::string> ids;
        std::string contact;
        Call call = session.call(sql::metrics::contacts_after);
        call.with("after", id).with("limit", limit).into(contact);
        while (call.next()) ids.push_back(contact);
        return Result<std::vector<std::string>>(std::move(ids));
    });
}

flow::Task<Result<std::int64_t>> Metrics::count_contacts() {
    return database_.read<std::int64_t>([](Session& session) {
        long long count = 0;
        Call call = session.call(sql::metrics::count_contacts);
        call.into(count);
        call.next();
        return Result<std::int64_t>(count);
    });
}

}  // namespace candour::store
