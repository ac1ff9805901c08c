#include "edge/store/items.hpp"

#include <charconv>

#include "candour_queries.hpp"
#include "edge/json/content.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/ledger.hpp"

namespace candour::store {
namespace {

std::string called(const ItemId& id, std::int64_t number) { return id.empty() ? "LP-" + std::to_string(number) : id.text(); }

std::vector<flow::ItemView> select_views(Session& session, const flow::ItemRef& ref, const flow::ItemQuery& query) {
    flow::ItemView view;
    std::string content;
    ItemColumns columns;
    Call call = session.call(sql::loop::list_items);
    call.with("id", ref.id.text())
        .with("number", ref.number)
        .with("state", query.state ? std::string(core::name_of(core::kStates, *query.state)) : std::string())
        .with("owner", query.owner)
        .with("account", query.account)
        .with("before", query.before)
        .with("limit", query.limit);
    columns.read_from(call);
    call.into(view.account_name).into(view.contact_name).into(view.contact_language).into(view.contact_zone).into(view.owner_name).into(content);
    std::vector<flow::ItemView> views;
    while (call.next()) {
        view.item = columns.item();
        view.number = columns.number();
        const core::Content said = json::read_content(content).value_or({});
        view.verbatim = said.contains("verbatim") ? said.at("verbatim") : std::string();
        int score = 0;
        const std::string digits = said.contains("score") ? said.at("score") : std::string();
        const bool scored = std::from_chars(digits.data(), digits.data() + digits.size(), score).ec == std::errc();
        view.score = scored ? std::optional(score) : std::nullopt;
        views.push_back(view);
    }
    return views;
}

std::vector<flow::HistoryEntry> select_history(Session& session, const ItemId& id) {
    std::string event, actor, hash, content, name;
    long long n = 0, round = 0, at = 0, erased = 0;
    Call call = session.call(sql::loop::history);
    call.with("item_id", id.text());
    call.into(n).into(round).into(event).into(actor).into(at).into(hash).into(content).into(erased).into(name);
    std::vector<flow::HistoryEntry> entries;
    while (call.next()) {
        flow::HistoryEntry entry;
        entry.n = static_cast<int>(n);
        entry.round = static_cast<int>(round);
        entry.event = {core::value_of(core::kEvents, event).value_or(core::Event::raised), actor, core::from_us(at),
                       json::read_content(content).value_or({})};
        entry.actor_name = name;
        entry.erased = erased != 0;
        entry.hash = hash;
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

Result<core::Item> load_item(Session& session, const ItemId& id, std::int64_t number) {
    ItemColumns columns;
    Call call = session.call(sql::loop::find_item);
    call.with("id", id.text()).with("number", number);
    columns.read_from(call);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no item " + called(id, number)};
    return columns.item();
}

Result<core::Item> advance_item(Session& session, const flow::ItemRef& ref, const flow::Decide& decide) {
    const Result<core::Item> item = load_item(session, ref.id, ref.number);
    if (!item) return item.error();
    const Result<core::Step> step = decide(*item);
    if (!step) return step.error();
    return write_step(session, *item, *step);
}

flow::Task<Result<core::Item>> Items::advance(flow::ItemRef ref, flow::Decide decide) {
    std::function<Result<core::Item>(Session&)> work = [ref, decide = std::move(decide)](Session& session) {
        return advance_item(session, ref, decide);
    };
    auto pending = database_.write<core::Item>(std::move(work));
    Result<core::Item> item = co_await std::move(pending);
    co_return item;
}

flow::Task<Result<flow::ItemView>> Items::find(flow::ItemRef ref) {
    std::function<Result<flow::ItemView>(Session&)> work = [ref](Session& session) -> Result<flow::ItemView> {
        flow::ItemQuery one;
        one.limit = 1;
        std::vector<flow::ItemView> views = select_views(session, ref, one);
        if (views.empty()) return Error{ErrorCode::not_found, "there is no item " + called(ref.id, ref.number)};
        return std::move(views.front());
    };
    auto pending = database_.read<flow::ItemView>(std::move(work));
    Result<flow::ItemView> view = co_await std::move(pending);
    co_return view;
}

flow::Task<Result<std::vector<flow::HistoryEntry>>> Items::history(ItemId id) {
    using Entries = std::vector<flow::HistoryEntry>;
    std::function<Result<Entries>(Session&)> work = [id](Session& session) { return Result<Entries>(select_history(session, id)); };
    auto pending = database_.read<Entries>(std::move(work));
    Result<Entries> entries = co_await std::move(pending);
    co_return entries;
}

flow::Task<Result<std::vector<flow::ItemView>>> Items::list(flow::ItemQuery query) {
    using Views = std::vector<flow::ItemView>;
    std::function<Result<Views>(Session&)> work = [query](Session& session) { return Result<Views>(select_views(session, {}, query)); };
    auto pending = database_.read<Views>(std::move(work));
    Result<Views> views = co_await std::move(pending);
    co_return views;
}

flow::Task<Result<std::vector<flow::StateCount>>> Items::counts() {
    using Counts = std::vector<flow::StateCount>;
    std::function<Result<Counts>(Session&)> work = [](Session& session) {
        std::string state;
        long long items = 0;
        Call call = session.call(sql::loop::count_items);
        call.into(state).into(items);
        Counts counts;
        while (call.next())
            if (const auto known = core::value_of(core::kStates, state)) counts.push_back({*known, items});
        return Result<Counts>(std::move(counts));
    };
    auto pending = database_.read<Counts>(std::move(work));
    Result<Counts> counts = co_await std::move(pending);
    co_return counts;
}

}  // namespace candour::store
