#include "edge/store/items.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "candour_queries.hpp"
#include "edge/json/content.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/due_dates.hpp"
#include "edge/store/history_columns.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/list_text.hpp"

namespace candour::store {
namespace {

std::int64_t number_of(Session& session, const flow::ItemRef& ref) {
    if (ref.id.empty()) return ref.number;
    long long number = 0;
    Call call = session.call(sql::listing::number_of);
    call.with("id", ref.id.text()).into(number);
    return call.next() ? number : 0;
}

std::vector<flow::HistoryEntry> select_history(Session& session, const ItemId& id) {
    HistoryColumns columns;
    Call call = session.call(sql::loop::history);
    call.with("item_id", id.text());
    columns.read_from(call);
    std::vector<flow::HistoryEntry> entries;
    while (call.next()) entries.push_back(columns.entry());
    return entries;
}

}  // namespace

Error no_such_item(const flow::ItemRef& ref) {
    return Error{ErrorCode::not_found,
                 "there is no item " + (ref.id.empty() ? "LP-" + std::to_string(ref.number) : ref.id.text())};
}

std::vector<flow::ItemView> select_views(Session& session, const std::vector<std::int64_t>& numbers) {
    flow::ItemView view;
    std::string content;
    long long cancel_until = 0;
    ItemColumns columns;
    Call call = session.call(sql::loop::list_items);
    call.with("numbers", list_text(session.dialect(), numbers));
    columns.read_from(call);
    call.into(view.account_name)
        .into(view.contact_name)
        .into(view.contact_language)
        .into(view.contact_zone)
        .into(view.contact_address)
        .into(view.owner_name)
        .into(content)
        .into(cancel_until);
    std::vector<flow::ItemView> views;
    while (call.next()) {
        view.item = columns.item();
        view.number = columns.number();
        view.cancel_until = core::from_us(cancel_until);
        const core::Content said = json::read_content(content).value_or({});
        view.verbatim = said.contains("verbatim") ? said.at("verbatim") : std::string();
        int score = 0;
        const std::string digits = said.contains("score") ? said.at("score") : std::string();
        const bool scored =
            std::from_chars(digits.data(), digits.data() + digits.size(), score).ec == std::errc();
        view.score = scored ? std::optional(score) : std::nullopt;
        views.push_back(view);
    }
    std::map<std::int64_t, std::size_t> places;
    for (std::size_t i = 0; i < numbers.size(); ++i) places[numbers[i]] = i;
    std::sort(views.begin(), views.end(),
              [&](const auto& a, const auto& b) { return places[a.number] < places[b.number]; });
    return views;
}

Result<core::Item> load_item(Session& session, const ItemId& id, std::int64_t number) {
    ItemColumns columns;
    Call call = session.call(sql::loop::find_item);
    call.with("id", id.text()).with("number", number);
    columns.read_from(call);
    if (!call.next()) return no_such_item({id, number});
    return columns.item();
}

flow::Task<Result<core::Item>> Items::advance(flow::ItemRef ref, flow::Decide decide) {
    std::function<Result<core::Item>(Session&)> work = [ref, decide = std::move(decide)](Session& session) {
        return advance_item(session, ref, decide);
    };
    auto pending = database_.write<core::Item>(std::move(work));
    Result<core::Item> item = co_await std::move(pending);
    co_return item;
}

flow::Task<Result<core::Due>> Items::due(flow::ItemRef ref, core::Instant begin,
                                         std::shared_ptr<const core::Policies> policies) {
    std::function<Result<core::Due>(Session&)> work = [ref, begin,
                                                       policies](Session& session) -> Result<core::Due> {
        const std::vector<flow::ItemView> views = select_views(session, {number_of(session, ref)});
        if (views.empty()) return no_such_item(ref);
        const core::Item& item = views.front().item;
        const core::Segment segment =
            core::value_of(core::kSegments, item.segment).value_or(core::Segment::unclassified);
        return due_dates(calendar_for(session, item.account.text(), item.owner), policies->of(segment),
                         begin);
    };
    auto pending = database_.read<core::Due>(std::move(work));
    Result<core::Due> due = co_await std::move(pending);
    co_return due;
}

flow::Task<Result<flow::ItemView>> Items::find(flow::ItemRef ref) {
    std::function<Result<flow::ItemView>(Session&)> work = [ref](Session& session) -> Result<flow::ItemView> {
        std::vector<flow::ItemView> views = select_views(session, {number_of(session, ref)});
        if (views.empty()) return no_such_item(ref);
        return std::move(views.front());
    };
    auto pending = database_.read<flow::ItemView>(std::move(work));
    Result<flow::ItemView> view = co_await std::move(pending);
    co_return view;
}

flow::Task<Result<std::vector<flow::HistoryEntry>>> Items::history(ItemId id) {
    using Entries = std::vector<flow::HistoryEntry>;
    std::function<Result<Entries>(Session&)> work = [id](Session& session) {
        return Result<Entries>(select_history(session, id));
    };
    auto pending = database_.read<Entries>(std::move(work));
    Result<Entries> entries = co_await std::move(pending);
    co_return entries;
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
