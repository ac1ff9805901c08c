#include "flow/metrics/tally_cursor.hpp"

#include <set>

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// As the other cursors: another host takes over after this.
constexpr auto kTallyLease = 15s;
constexpr auto kTallyRenewBefore = 10s;

/// One metric for each list of counters.
std::vector<MetricInfo> one_of_each(const std::vector<MetricInfo>& metrics) {
    std::vector<MetricInfo> first;
    std::set<std::string> seen;
    for (const MetricInfo& metric : metrics)
        if (!metric.tallies.empty() && seen.insert(tally_key_of(metric).metric).second)
            first.push_back(metric);
    return first;
}

}  // namespace

Task<Result<Cursor>> TallyCursor::take(const MetricInfo& metric) {
    const core::Instant now = needs_.clock.now();
    const MetricKey key = tally_key_of(metric);
    const auto held = leases_.find(key.metric);
    const bool ours = held != leases_.end() && held->second.cursor.key.state_version == key.state_version;
    if (ours && held->second.until - kTallyRenewBefore > now) co_return held->second.cursor;
    const Lease lease{needs_.host, now + kTallyLease};
    auto taking = needs_.cursors.take(key, lease, now);
    Result<Cursor> cursor = co_await std::move(taking);
    if (cursor) leases_[key.metric] = {*cursor, lease.until};
    co_return cursor;
}

/// What the new rows change: movements of items, and through them counters.
Task<Result<TallyStep>> TallyCursor::plan(const MetricInfo& metric, const Cursor& cursor,
                                          TouchedItems touched) {
    TallyStep step;
    step.to = {touched.to, cursor.at.history};
    auto reading = needs_.store.items(cursor.key, std::move(touched.items));
    Result<std::vector<TalliedItem>> items = co_await std::move(reading);
    if (!items) co_return items.error();
    auto evaluating = movements_of(needs_.measures, metric, *items, needs_.day_of);
    Result<std::vector<core::Movements>> movements = co_await std::move(evaluating);
    if (!movements) co_return movements.error();
    for (std::size_t i = 0; i < items->size(); ++i) {
        const TalliedItem& before = (*items)[i];
        core::Movements& after = (*movements)[i];
        if (before.counted != after || before.counted_at != before.place) {
            core::add_movements(step.deltas, before.counted_at.segment, before.counted_at.level,
                                before.counted, -1);
            core::add_movements(step.deltas, before.place.segment, before.place.level, after, 1);
        }
        step.items.push_back({before.item, before.version, before.place, std::move(after)});
    }
    core::drop_zeros(step.deltas);
    co_return step;
}

/// false: there was nothing to do.
Task<Result<bool>> TallyCursor::step(const MetricInfo& metric, std::int64_t horizon) {
    auto taking = take(metric);
    Result<Cursor> cursor = co_await std::move(taking);
    if (!cursor) co_return cursor.error();
    if (cursor->at.seq >= horizon) co_return false;
    auto looking = needs_.store.touched(*cursor, horizon, kEventsPerStep);
    Result<TouchedItems> touched = co_await std::move(looking);
    if (!touched) co_return touched.error();
    auto planning = plan(metric, *cursor, std::move(*touched));
    Result<TallyStep> step = co_await std::move(planning);
    if (!step) co_return step.error();
    auto writing = needs_.store.commit(*cursor, std::move(*step));
    Result<Cursor> after = co_await std::move(writing);
    if (!after) co_return after.error();
    leases_[after->key.metric].cursor = std::move(*after);
    co_return true;
}

Task<Done> TallyCursor::catch_up(std::vector<MetricInfo> metrics) {
    const std::vector<MetricInfo> all = one_of_each(metrics);
    if (all.empty()) co_return done();
    auto asking = needs_.store.newest();
    const Result<std::int64_t> newest = co_await std::move(asking);
    if (!newest) co_return newest.error();
    // Finding the horizon makes writers wait for a moment: only when there is something to count.
    if (*newest == counted_ && all.size() == followed_) co_return done();
    auto looking = needs_.store.horizon();
    const Result<std::int64_t> horizon = co_await std::move(looking);
    if (!horizon) co_return horizon.error();
    bool complete = true;
    for (const MetricInfo& metric : all) {
        for (bool more = true; more;) {
            auto stepping = step(metric, *horizon);
            const Result<bool> stepped = co_await std::move(stepping);
            if (!stepped) leases_.erase(tally_key_of(metric).metric);
            if (!stepped) needs_.failed(metric, stepped.error());
            complete = complete && stepped;
            more = stepped && *stepped;
        }
    }
    counted_ = complete ? *horizon : -1;
    followed_ = all.size();
    co_return done();
}

}  // namespace candour::flow
