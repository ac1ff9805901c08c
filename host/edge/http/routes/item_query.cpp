#include "edge/http/routes/item_query.hpp"

#include "core/relationship/people.hpp"

namespace candour::http {
namespace {

template <class Enum, std::size_t N>
Result<std::optional<Enum>> choice(const ListQuery& list, std::string_view name,
                                   const core::NameTable<Enum, N>& table) {
    const std::string text = list.text(name);
    if (text.empty()) return std::optional<Enum>();
    if (const auto value = core::value_of(table, text)) return std::optional<Enum>(*value);
    std::string all;
    for (const auto& [key, known] : table) all += (all.empty() ? "" : ", ") + std::string(known);
    return Error{ErrorCode::invalid,
                 std::string(name) + ": expected one of " + all + "; found \"" + text + "\""};
}

Done read_order(const ListQuery& list, core::Instant now, flow::ItemQuery& query) {
    const Result<bool> overdue = list.flag("overdue");
    const auto order = choice(list, "sort", flow::kItemOrders);
    if (!overdue) return overdue.error();
    if (!order) return order.error();
    if (*overdue) query.overdue_at = now;
    const bool by_due = *overdue && query.words.empty();
    query.order = order->value_or(by_due ? flow::ItemOrder::due : flow::ItemOrder::newest);
    const auto place = list.place(2);
    if (!place) return place.error();
    if (*place) query.after = flow::ItemPlace{number_in((**place)[0]), number_in((**place)[1])};
    return done();
}

}  // namespace

Result<flow::ItemQuery> read_item_query(const ListQuery& list, core::Instant now) {
    flow::ItemQuery query;
    const auto state = choice(list, "state", core::kStates);
    const auto segment = choice(list, "segment", core::kSegments);
    const auto level = choice(list, "level", core::kLevels);
    for (const Error* wrong : {state ? nullptr : &state.error(), segment ? nullptr : &segment.error(),
                               level ? nullptr : &level.error()})
        if (wrong != nullptr) return *wrong;
    query.state = *state;
    query.segment = list.text("segment");
    query.level = list.text("level");
    query.owner = list.text("owner");
    query.account = list.text("account");
    query.contact = list.text("contact");
    query.source = list.text("source");
    query.theme = list.text("theme");
    query.words = list.text("q");
    const Result<bool> quiet = list.flag("quiet");
    if (!quiet) return quiet.error();
    query.quiet = *quiet;
    const std::string owes = list.text("owes");
    if (!owes.empty() && owes != "nothing")
        return Error{ErrorCode::invalid, "owes: expected nothing, found \"" + owes + "\""};
    query.owes_nothing = !owes.empty();
    const Result<core::Instant> since = list.instant("since"), until = list.instant("until");
    const Result<int> limit = list.limit(50, 500);
    if (!since) return since.error();
    if (!until) return until.error();
    if (!limit) return limit.error();
    query.since = *since;
    query.until = *until;
    query.limit = *limit;
    if (Done order = read_order(list, now, query); !order) return order.error();
    return query;
}

}  // namespace candour::http
