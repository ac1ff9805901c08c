#include "edge/store/rebuild_chains.hpp"

#include "candour_queries.hpp"
#include "edge/json/content.hpp"
#include "edge/store/commitments.hpp"
#include "edge/store/ledger_rows.hpp"
#include "edge/store/themes.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kChainPage = 500;

/// The thing as its ledger says. `complete` is false when content was erased: the stored row then keeps what
/// only that content knew.
template <class Thing>
struct Folded {
    Thing thing;
    bool complete = true;
};

template <class Thing, class Entry, class Table>
Folded<Thing> fold_rows(Thing thing, const std::vector<StoredRow>& rows, const Table& names,
                        Rebuilt& rebuilt) {
    Folded<Thing> folded{std::move(thing), true};
    for (const StoredRow& row : rows) {
        if (row.erased != 0) folded.complete = false;
        const auto event = core::value_of(names, row.event);
        if (!event) {
            rebuilt.differences.push_back({row.item, static_cast<int>(row.n),
                                           "the event \"" + row.event + "\" means nothing in such a ledger"});
            continue;
        }
        const Entry entry{*event, row.actor, core::from_us(row.at),
                          json::read_content(row.content).value_or({})};
        Result<Thing> after = core::fold(folded.thing, entry);
        if (after)
            folded.thing = std::move(*after);
        else
            rebuilt.differences.push_back({row.item, static_cast<int>(row.n), after.error().message});
    }
    return folded;
}

void check_theme(Session& session, const core::ThemeId& id, const std::vector<StoredRow>& rows, bool repair,
                 Rebuilt& rebuilt) {
    core::Theme unborn;
    unborn.id = id;
    const Folded<core::Theme> folded =
        fold_rows<core::Theme, core::ThemeEntry>(unborn, rows, core::kThemeEvents, rebuilt);
    const core::Theme stored = load_theme(session, id);
    if (!folded.complete || stored == folded.thing) return;
    rebuilt.differences.push_back({id.text(), folded.thing.version, "the theme differs from its ledger"});
    if (!repair) return;
    Call call = session.call(stored.id.empty() ? sql::theme::add_theme : sql::theme::update_theme);
    write_theme(call, folded.thing);
    call.run();
}

void check_commitment(Session& session, const core::CommitmentId& id, const std::vector<StoredRow>& rows,
                      bool repair, Rebuilt& rebuilt) {
    core::Commitment unborn;
    unborn.id = id;
    const Folded<core::Commitment> folded =
        fold_rows<core::Commitment, core::CommitmentEntry>(unborn, rows, core::kCommitmentEvents, rebuilt);
    const core::Commitment stored = load_commitment(session, id);
    if (!folded.complete || stored == folded.thing) return;
    rebuilt.differences.push_back({id.text(), folded.thing.version, "the promise differs from its ledger"});
    if (!repair) return;
    Call call = session.call(stored.id.empty() ? sql::commitment::add_lone : sql::commitment::update_lone);
    write_commitment(call, folded.thing);
    call.run();
}

void check_rows(Session& session, const Query& ids_of, const Query& drop, bool repair, Rebuilt& rebuilt) {
    for (std::string after;;) {
        std::vector<std::string> ids;
        {
            std::string id;
            Call call = session.call(ids_of);
            call.with("after", after).with("limit", kChainPage).into(id);
            while (call.next()) ids.push_back(id);
        }
        if (ids.empty()) return;
        after = ids.back();
        for (const std::string& id : ids) {
            if (!rows_of_item(session, sql::ledger::item_rows, id).empty()) continue;
            rebuilt.differences.push_back({id, 0, "it is stored and not in the ledger"});
            if (repair) session.call(drop).with("id", id).run();
        }
    }
}

}  // namespace

void check_chain(Session& session, const std::string& subject, bool repair, Rebuilt& rebuilt) {
    const std::vector<StoredRow> rows = rows_of_item(session, sql::ledger::item_rows, subject);
    if (const auto theme = core::ThemeId::parse(subject))
        return check_theme(session, *theme, rows, repair, rebuilt);
    if (const auto commitment = core::CommitmentId::parse(subject))
        return check_commitment(session, *commitment, rows, repair, rebuilt);
    rebuilt.differences.push_back({subject, 0, "it is no item, no theme and no promise"});
}

void check_lone_rows(Session& session, bool repair, Rebuilt& rebuilt) {
    check_rows(session, sql::ledger::theme_ids, sql::theme::drop_theme, repair, rebuilt);
    check_rows(session, sql::ledger::lone_commitment_ids, sql::commitment::drop_lone, repair, rebuilt);
}

}  // namespace candour::store
