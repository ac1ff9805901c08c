#include "flow/metrics/tally_figures.hpp"

#include <algorithm>

namespace candour::flow {
namespace {

Numbers cells_of(const std::vector<core::Tally>& days) {
    Numbers cells;
    for (const core::Tally& tally : days) {
        cells.push_back(static_cast<std::int64_t>(tally.size()));
        for (const auto& [bucket, count] : tally) cells.insert(cells.end(), {bucket, count});
    }
    return cells;
}

void add_row(CountedRows& counted, RowPlan row, const std::vector<core::Tally>& days) {
    counted.asks.push_back({row.scope, row.days, cells_of(days)});
    counted.rows.push_back({std::move(row.name), std::move(row.scope), row.days.front(), {}});
}

/// Of a list by quarter or segment every row is read on its own.
Task<Result<CountedRows>> count_planned(TallyStore& store, CountPlan plan) {
    CountedRows counted;
    for (RowPlan& row : plan.rows) {
        auto reading = store.sums(plan.key, row.scope, TallyGroup::whole, row.days);
        const Result<TallySums> sums = co_await std::move(reading);
        if (!sums) co_return sums.error();
        counted.at.seq = counted.rows.empty() ? sums->at.seq : std::min(counted.at.seq, sums->at.seq);
        const std::vector<core::Day> days = row.days;
        const auto found = sums->groups.find("");
        add_row(counted, std::move(row),
                found == sums->groups.end() ? std::vector<core::Tally>(days.size()) : found->second);
    }
    co_return counted;
}

using Named = std::vector<std::pair<std::string, std::string>>;

/// Ids of the parts with their names, in the order in which they are told.
Task<Result<Named>> parts_of(TallyStore& store, const MetricKey& key, By by,
                             const std::vector<AccountHistory>& accounts) {
    Named parts;
    if (by == By::account) {
        for (const AccountHistory& account : accounts) parts.emplace_back(account.id.text(), account.name);
        co_return parts;
    }
    auto reading = store.owners(key);
    const Result<std::vector<Owner>> owners = co_await std::move(reading);
    if (!owners) co_return owners.error();
    for (const Owner& owner : *owners)
        parts.emplace_back(owner.id, owner.id.empty()     ? "nobody"
                                     : owner.name.empty() ? owner.id
                                                          : owner.name);
    co_return parts;
}

}  // namespace

Task<Result<CountedRows>> count_rows(TallyStore& store, CountPlan plan,
                                     const std::vector<AccountHistory>& accounts) {
    if (plan.by != By::account && plan.by != By::owner) {
        auto counting = count_planned(store, std::move(plan));
        Result<CountedRows> counted = co_await std::move(counting);
        co_return counted;
    }
    const bool by_account = plan.by == By::account;
    auto reading =
        store.sums(plan.key, plan.scope, by_account ? TallyGroup::account : TallyGroup::owner, plan.days);
    const Result<TallySums> sums = co_await std::move(reading);
    if (!sums) co_return sums.error();
    auto naming = parts_of(store, plan.key, plan.by, accounts);
    const Result<Named> parts = co_await std::move(naming);
    if (!parts) co_return parts.error();
    CountedRows counted;
    counted.at = sums->at;
    for (const auto& [id, name] : *parts) {
        const auto found = sums->groups.find(id);
        if (found == sums->groups.end()) continue;
        RowPlan row{name, plan.scope, plan.days};
        (by_account ? row.scope.account : row.scope.owner) = id;
        add_row(counted, std::move(row), found->second);
    }
    co_return counted;
}

}  // namespace candour::flow
