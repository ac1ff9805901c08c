#include <map>
#include <tuple>

#include "candour_queries.hpp"
#include "core/loop/reminders.hpp"
#include "edge/json/content.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/item_words.hpp"
#include "edge/store/items.hpp"
#include "edge/store/ledger.hpp"
#include "edge/store/ledger_check.hpp"
#include "edge/store/ledger_rows.hpp"
#include "edge/store/rebuild_chains.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kItemPage = 500;

core::LedgerEvent event_of(const StoredRow& row) {
    return {core::value_of(core::kEvents, row.event).value_or(core::Event::raised), row.actor,
            core::from_us(row.at), json::read_content(row.content).value_or({})};
}

/// The item as its ledger says; an event that cannot follow is a finding, not the end.
core::Item fold_all(const std::string& id, const std::vector<StoredRow>& rows,
                    std::vector<Finding>& findings) {
    core::Item item;
    item.id = ItemId::trusted(id);
    for (const StoredRow& row : rows) {
        Result<core::Item> after = core::fold(item, event_of(row));
        if (after)
            item = std::move(*after);
        else
            findings.push_back({id, static_cast<int>(row.n), after.error().message});
    }
    return item;
}

std::string difference(const core::Item& stored, const core::Item& folded) {
    std::string what;
    const auto say = [&what](const char* field, const std::string& found, const std::string& expected) {
        if (found != expected)
            what += (what.empty() ? "" : "; ") + std::string(field) + ": stored \"" + found +
                    "\", the ledger says \"" + expected + "\"";
    };
    say("state", std::string(core::name_of(core::kStates, stored.state)),
        std::string(core::name_of(core::kStates, folded.state)));
    say("round", std::to_string(stored.round), std::to_string(folded.round));
    say("version", std::to_string(stored.version), std::to_string(folded.version));
    say("owner", stored.owner, folded.owner);
    say("evidence", std::string(core::name_of(core::kStrengths, stored.evidence)),
        std::string(core::name_of(core::kStrengths, folded.evidence)));
    if (what.empty() && !(stored == folded)) what = "a date or a reference differs from the ledger";
    return what;
}

/// What a search for overdue work relies on.
bool watch_differs(Session& session, const core::Item& item) {
    std::string why;
    long long since = 0;
    Call call = session.call(sql::reminder::watch_of);
    call.with("id", item.id.text()).into(why).into(since);
    const core::Watched expected = core::watched(item);
    return call.next() &&
           (why != core::name_of(core::kWatches, expected.why) || since != core::to_us(expected.since));
}

/// Erased content takes facts of the item with it; the stored row keeps what only that content knew.
bool anything_erased(const std::vector<StoredRow>& rows) {
    for (const StoredRow& row : rows)
        if (row.erased != 0) return true;
    return false;
}

/// How a promise stands, by when it is due, whose it is.
using FoldedStanding = std::tuple<std::string, long long, std::string>;

std::map<long long, FoldedStanding> standings(Session& session, const std::string& id) {
    std::string promise, contact, owner, standing;
    long long round = 0, promised = 0, due = 0, settled = 0;
    Call call = session.call(sql::ledger::item_commitments);
    call.with("item_id", id)
        .into(round)
        .into(promise)
        .into(contact)
        .into(owner)
        .into(promised)
        .into(due)
        .into(standing)
        .into(settled);
    std::map<long long, FoldedStanding> all;
    while (call.next()) all[round] = {standing, due, owner};
    return all;
}

std::map<long long, FoldedStanding> folded_standings(const std::vector<StoredRow>& rows) {
    std::map<long long, FoldedStanding> all;
    core::Item item;
    for (const StoredRow& row : rows) {
        const core::LedgerEvent event = event_of(row);
        item = core::fold(item, event).value_or(item);
        const auto open = all.find(item.round);
        if (event.event == core::Event::decided_will_change)
            all[item.round] = {"open", core::to_us(item.promised_by), item.owner};
        if (open == all.end() || std::get<0>(open->second) != "open") continue;
        if (event.event == core::Event::changed)
            std::get<0>(open->second) = event.at <= item.promised_by ? "kept" : "late";
        if (event.event == core::Event::abandoned) std::get<0>(open->second) = "broken";
        if (event.event == core::Event::handed_on) std::get<2>(open->second) = item.owner;
    }
    return all;
}

void refold_commitments(Session& session, const std::string& id, const std::vector<StoredRow>& rows) {
    session.call(sql::ledger::drop_commitments).with("item_id", id).run();
    core::Item item;
    item.id = ItemId::trusted(id);
    for (const StoredRow& row : rows) {
        const core::LedgerEvent event = event_of(row);
        const Result<core::Item> after = core::fold(item, event);
        if (!after) continue;
        item = *after;
        fold_commitment(session, item, event);
    }
}

void check_item(Session& session, const std::string& id, bool repair, Rebuilt& rebuilt) {
    // First the item: on PostgreSQL that locks it, and its ledger cannot grow while we compare.
    const Result<core::Item> stored = load_item(session, ItemId::trusted(id));
    const std::vector<StoredRow> rows = rows_of_item(session, sql::ledger::item_rows, id);
    const core::Item folded = fold_all(id, rows, rebuilt.differences);
    if (anything_erased(rows)) return;
    std::string what = stored ? difference(*stored, folded) : "it is in the ledger and not among the items";
    if (what.empty() && watch_differs(session, folded))
        what = "what time has to say about it differs from the ledger";
    const bool promises_differ = standings(session, id) != folded_standings(rows);
    if (!what.empty()) rebuilt.differences.push_back({id, folded.version, what});
    if (promises_differ)
        rebuilt.differences.push_back({id, folded.version, "its commitments differ from the ledger"});
    if (!repair) return;
    if (!what.empty() && stored) update_items(session, {folded});
    if (!what.empty() && !stored) add_item(session, folded);
    if (promises_differ) refold_commitments(session, id, rows);
}

/// The search is derived as well. What was erased is not in the contents, so it cannot come back.
void check_words(Session& session, const std::string& id, bool repair, Rebuilt& rebuilt) {
    if (!ItemId::parse(id)) return;  // themes and promises have ledgers of their own
    if (reindex_words(session, ItemId::trusted(id), repair))
        rebuilt.differences.push_back({id, 0, "the words it is found by differ from its ledger"});
}

std::vector<std::string> page_of_ids(Session& session, const Query& query, const std::string& after) {
    std::vector<std::string> ids;
    std::string id;
    Call call = session.call(query);
    call.with("after", after).with("limit", kItemPage).into(id);
    while (call.next()) ids.push_back(id);
    return ids;
}

void check_orphans(Session& session, bool repair, Rebuilt& rebuilt) {
    for (std::string after;;) {
        const std::vector<std::string> ids = page_of_ids(session, sql::ledger::item_ids, after);
        if (ids.empty()) return;
        after = ids.back();
        for (const std::string& id : ids) {
            if (!rows_of_item(session, sql::ledger::item_rows, id).empty()) continue;
            rebuilt.differences.push_back({id, 0, "it is among the items and not in the ledger"});
            if (repair) session.call(sql::ledger::drop_item).with("id", id).run();
        }
    }
}

/// One item at a time, so that a host which runs beside us never waits for more than one.
template <class Work>
void in_transaction(Session& session, bool writes, Work work) {
    session.execute(session.dialect() == Dialect::sqlite && writes ? "BEGIN IMMEDIATE" : "BEGIN");
    work();
    session.execute("COMMIT");
}

}  // namespace

Rebuilt rebuild(Session& session, bool repair, const Progress& progress) {
    Rebuilt rebuilt;
    for (std::string after;;) {
        const std::vector<std::string> ids = page_of_ids(session, sql::ledger::ledger_item_ids, after);
        if (ids.empty()) break;
        after = ids.back();
        for (const std::string& id : ids)
            in_transaction(session, repair, [&] {
                if (!ItemId::parse(id)) return check_chain(session, id, repair, rebuilt);
                check_item(session, id, repair, rebuilt);
                check_words(session, id, repair, rebuilt);
            });
        rebuilt.items += static_cast<std::int64_t>(ids.size());
        progress(rebuilt.items);
    }
    check_orphans(session, repair, rebuilt);
    check_lone_rows(session, repair, rebuilt);
    return rebuilt;
}

}  // namespace candour::store
