#include "edge/store/tallies.hpp"

#include <set>

#include "candour_queries.hpp"
#include "edge/store/list_text.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/one_look.hpp"

namespace candour::store {
namespace {

/// Where few of many rows touch anything that is not counted yet, a step goes over this many of them.
constexpr std::int64_t kTallyWindow = 50'000;

using Ledgers = std::vector<std::pair<std::string, std::int64_t>>;

Result<std::int64_t> one_number(Session& session, const Query& query) {
    long long number = 0;
    Call call = session.call(query);
    call.into(number);
    call.next();
    return std::int64_t{number};
}

flow::TouchedItems read_touched(Session& session, const flow::Cursor& cursor, std::int64_t horizon,
                                int limit) {
    const std::int64_t from = cursor.at.seq, to = std::max(from, std::min(horizon, from + kTallyWindow));
    std::set<std::string> items;
    std::string item;
    long long seq = 0;
    Call call = session.call(sql::tallies::touched);
    call.with("tallies", cursor.key.metric).with("from_seq", from).with("to_seq", to).with("limit", limit);
    call.into(seq).into(item);
    int rows = 0;
    for (; call.next(); ++rows) items.insert(item);
    return {{items.begin(), items.end()}, rows == limit ? seq : to};
}

using Days = std::vector<core::Day>;
/// The cells of one segment, level and grain, which one statement reads.
using CellRow = std::tuple<std::string, std::string, core::Grain>;

std::map<core::Day, std::string> stored_counts(Session& session, const std::string& tallies,
                                               const CellRow& of, const Days& days) {
    std::map<core::Day, std::string> stored;
    std::string text;
    long long day = 0;
    Call call = session.call(sql::tallies::counts_on);
    call.with("tallies", tallies).with("segment", std::get<0>(of)).with("level", std::get<1>(of));
    call.with("grain", std::string(core::name_of(core::kGrains, std::get<2>(of))));
    call.with("days", list_text(session.dialect(), days)).into(day).into(text);
    while (call.next()) stored[day] = text;
    return stored;
}

/// Read, added to, written again: whoever moved the cursor in this transaction is the only one who does.
Done write_counts(Session& session, const std::string& tallies, const core::TallyDeltas& deltas) {
    std::map<CellRow, Days> wanted;
    for (const auto& [cell, counts] : deltas)
        wanted[{cell.segment, cell.level, cell.grain}].push_back(cell.day);
    Bulk rows(sql::tallies::put_counts, {"tallies", "segment", "level", "grain", "day", "counts"});
    for (const auto& [of, days] : wanted) {
        const auto& [segment, level, grain] = of;
        const std::map<core::Day, std::string> stored = stored_counts(session, tallies, of, days);
        for (const core::Day day : days) {
            core::TallySum sum;
            if (const auto found = stored.find(day); found != stored.end())
                if (Done added = sum.add_text(found->second); !added) return added;
            for (const auto& [bucket, change] : deltas.at({segment, level, grain, day}))
                sum.add(bucket, change);
            rows.row({tallies, segment, level, std::string(core::name_of(core::kGrains, grain)),
                      std::to_string(day), core::to_text(sum.take())});
        }
    }
    rows.run(session);
    return done();
}

void write_items(Session& session, const std::string& tallies, const std::vector<flow::NewMovements>& items) {
    Bulk rows(sql::tallies::put_units,
              {"tallies", "item_id", "account_id", "owner", "segment", "level", "version", "movements"});
    for (const flow::NewMovements& one : items)
        rows.row({tallies, one.item, one.place.account, one.place.owner, one.place.segment, one.place.level,
                  std::to_string(one.version), core::to_text(one.movements)});
    rows.run(session);
}

Result<flow::Cursor> commit_step(Session& session, flow::Cursor cursor, const flow::TallyStep& step) {
    const std::string& tallies = cursor.key.metric;
    if (Done moved = move_cursor(session, cursor, {step.to, {}, cursor.snapshots_through}); !moved)
        return moved.error();
    write_items(session, tallies, step.items);
    if (Done written = write_counts(session, tallies, step.deltas); !written) return written.error();
    cursor.at = step.to;
    return cursor;
}

Result<core::TallyDeltas> read_counters(Session& session, const std::string& tallies) {
    core::TallyDeltas all;
    core::TallyCell cell;
    std::string grain, text;
    long long day = 0;
    Call call = session.call(sql::tallies::all_counts);
    call.with("tallies", tallies).into(cell.segment).into(cell.level).into(grain).into(day).into(text);
    while (call.next()) {
        cell.grain = grain == "month" ? core::Grain::month : core::Grain::day;
        cell.day = day;
        core::TallySum sum;
        if (Done read = sum.add_text(text); !read) return read.error();
        for (const auto& [bucket, count] : sum.take()) all[cell][bucket] = count;
    }
    return all;
}

}  // namespace

flow::Task<Result<std::int64_t>> Tallies::newest() {
    return database_.read<std::int64_t>(
        [](Session& session) { return one_number(session, sql::tallies::newest); });
}

flow::Task<Result<std::int64_t>> Tallies::horizon() {
    return database_.read<std::int64_t>(
        [](Session& session) { return one_number(session, sql::tallies::horizon); });
}

flow::Task<Result<flow::TouchedItems>> Tallies::touched(flow::Cursor cursor, std::int64_t horizon,
                                                        int limit) {
    return database_.read<flow::TouchedItems>([=](Session& session) {
        return Result<flow::TouchedItems>(read_touched(session, cursor, horizon, limit));
    });
}

flow::Task<Result<std::vector<flow::TalliedItem>>> Tallies::items(flow::MetricKey key,
                                                                  std::vector<std::string> ids) {
    return database_.read<std::vector<flow::TalliedItem>>(
        [key = std::move(key), ids = std::move(ids)](Session& session) {
            return in_one_look(session, [&] { return read_tallied(session, key, ids); });
        });
}

flow::Task<Result<flow::Cursor>> Tallies::commit(flow::Cursor cursor, flow::TallyStep step) {
    return database_.write<flow::Cursor>(
        [cursor = std::move(cursor), step = std::move(step)](Session& session) {
            return commit_step(session, cursor, step);
        });
}

flow::Task<Result<flow::TallySums>> Tallies::sums(flow::MetricKey key, flow::FigureScope scope,
                                                  flow::TallyGroup by, std::vector<core::Day> days) {
    return database_.read<flow::TallySums>([=](Session& session) {
        return in_one_look(session, [&] { return read_tally_sums(session, key, scope, by, days); });
    });
}

flow::Task<Result<std::vector<flow::Owner>>> Tallies::owners(flow::MetricKey key) {
    return database_.read<std::vector<flow::Owner>>([key = std::move(key)](Session& session) {
        std::vector<flow::Owner> all;
        flow::Owner owner;
        Call call = session.call(sql::tallies::owners);
        call.with("tallies", key.metric).into(owner.id).into(owner.name);
        while (call.next()) all.push_back(owner);
        return Result<std::vector<flow::Owner>>(std::move(all));
    });
}

flow::Task<Result<Ledgers>> Tallies::ledgers_after(std::string id, int limit) {
    return database_.read<Ledgers>([id = std::move(id), limit](Session& session) {
        Ledgers all;
        std::string item;
        long long last = 0;
        Call call = session.call(sql::tallies::ledgers_after);
        call.with("after", id).with("limit", limit).into(item).into(last);
        while (call.next()) all.emplace_back(item, last);
        return Result<Ledgers>(std::move(all));
    });
}

flow::Task<Result<core::TallyDeltas>> Tallies::counters(flow::MetricKey key) {
    return database_.read<core::TallyDeltas>(
        [key = std::move(key)](Session& session) { return read_counters(session, key.metric); });
}

}  // namespace candour::store
