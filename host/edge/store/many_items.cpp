#include "edge/store/many_items.hpp"

#include "candour_queries.hpp"
#include "edge/json/content.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/items.hpp"
#include "edge/store/ledger.hpp"
#include "edge/store/ledger_rows.hpp"

namespace candour::store {
namespace {

/// What the customer said in the item at first.
core::Content first_words(Session& session, const ItemId& item) {
    const std::vector<StoredRow> rows = rows_of_item(session, sql::ledger::item_rows, item.text());
    return rows.empty() ? core::Content{} : json::read_content(rows.front().content).value_or({});
}

Result<core::Item> merge_items(Session& session, const flow::Aim& aim, const flow::ItemRef& ref,
                               const core::Act& act, const std::string& note) {
    const Result<core::Item> from = load_item(session, aim.item.id, aim.item.number);
    if (!from) return from.error();
    if (aim.seen_version != flow::kNotSeen && !core::as_seen(*from, aim.seen_version))
        return core::stale_version(from->id, aim.seen_version, from->version);
    const Result<core::Item> into = load_item(session, ref.id, ref.number);
    if (!into) return into.error();
    Result<core::Merging> merging = core::merge(*from, *into, act, first_words(session, from->id), note);
    if (!merging) return merging.error();
    if (Result<core::Item> ended = write_step(session, *from, merging->from); !ended) return ended;
    return write_step(session, *into, merging->into);
}

}  // namespace

flow::Task<Result<std::vector<flow::Advanced>>> ManyItems::advance_each(std::vector<flow::Aim> aims,
                                                                        flow::Decide decide) {
    using All = std::vector<flow::Advanced>;
    return database_.write<All>([aims = std::move(aims), decide = std::move(decide)](Session& session) {
        return Result<All>(advance_items(session, aims, decide));
    });
}

flow::Task<Result<core::Item>> ManyItems::merge(flow::Aim from, flow::ItemRef into, core::Act act,
                                                std::string note) {
    return database_.write<core::Item>(
        [=](Session& session) { return merge_items(session, from, into, act, note); });
}

flow::Task<Result<std::vector<flow::Proposal>>> ManyItems::proposals(ItemId item, std::string sees) {
    return database_.read<std::vector<flow::Proposal>>([=](Session& session) {
        std::string id, state;
        long long number = 0, version = 0, raised = 0;
        Call call = session.call(sql::theme::proposals);
        call.with("id", item.text())
            .with("sees", sees)
            .into(id)
            .into(number)
            .into(state)
            .into(version)
            .into(raised);
        std::vector<flow::Proposal> all;
        while (call.next())
            all.push_back({ItemId::trusted(id), number,
                           core::value_of(core::kStates, state).value_or(core::State::raised),
                           static_cast<int>(version), core::from_us(raised)});
        return Result<std::vector<flow::Proposal>>(std::move(all));
    });
}

flow::Task<Result<std::vector<flow::Aim>>> ManyItems::owned_by(std::string teammate, std::int64_t after,
                                                               int limit) {
    return database_.read<std::vector<flow::Aim>>([=](Session& session) {
        std::string id;
        long long number = 0, version = 0;
        Call call = session.call(sql::theme::owned_items);
        call.with("owner", teammate)
            .with("after", after)
            .with("limit", limit)
            .into(id)
            .into(number)
            .into(version);
        std::vector<flow::Aim> all;
        while (call.next()) all.push_back({{ItemId::trusted(id), number}, static_cast<int>(version)});
        return Result<std::vector<flow::Aim>>(std::move(all));
    });
}

}  // namespace candour::store
