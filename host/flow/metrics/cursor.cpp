#include "flow/metrics/cursor.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <set>

#include "core/metrics/calendar.hpp"
#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// Figures are read by people: half a second behind is now.
constexpr auto kFactLook = 500ms;
/// Another host takes over after this; a step takes a fraction of it.
constexpr auto kUnitLease = 15s;
constexpr auto kRenewBefore = 10s;

/// Faults of the moment: the store is away, another host was faster, the host is closing.
bool will_pass(const Error& error) {
    return error.code == ErrorCode::unavailable || error.code == ErrorCode::conflict ||
           error.code == ErrorCode::exhausted || error.code == ErrorCode::cancelled;
}

/// How many contacts bring about as many rows as a step should have, when `units` brought `rows`.
std::size_t units_for(std::size_t units, std::size_t rows) {
    return std::clamp<std::size_t>(units * kRowsPerStep / std::max<std::size_t>(rows, 1), 20, kUnitsPerStep);
}

}  // namespace

MetricKey key_of(const MetricInfo& metric) {
    return {metric.id, metric.state_version, metric.definition_version, metric.width};
}

MetricCursor::MetricCursor(CursorNeeds needs) : needs_(std::move(needs)) {
    if (needs_.tallies == nullptr) return;
    tallies_.emplace(TallyCursorNeeds{needs_.store, *needs_.tallies, needs_.measures, needs_.clock,
                                      needs_.day_of, needs_.host,
                                      [this](const MetricInfo& metric, const Error& error) {
                                          for (const MetricInfo& one : needs_.measures.metrics())
                                              if (tally_key_of(one).metric == tally_key_of(metric).metric)
                                                  failed(one, error);
                                      }});
}

std::string MetricCursor::trouble(const std::string& metric) const {
    const auto found = suspended_.find(metric);
    return found == suspended_.end() ? std::string() : found->second;
}

void MetricCursor::suspend(const std::string& metric, const std::string& why) {
    if (suspended_.emplace(metric, why).second) log::error("metric {} is suspended: {}", metric, why);
}

void MetricCursor::failed(const MetricInfo& metric, const Error& error) {
    leases_.erase(metric.id);
    if (will_pass(error))
        log::debug("metric {} waits: {}", metric.id, error.message);
    else
        suspend(metric.id, error.message);
}

Task<Result<Cursor>> MetricCursor::take(const MetricInfo& metric) {
    const core::Instant now = needs_.clock.now();
    const auto held = leases_.find(metric.id);
    const bool ours = held != leases_.end() && held->second.cursor.key.state_version == metric.state_version;
    if (ours && held->second.until - kRenewBefore > now) co_return held->second.cursor;
    const Lease lease{needs_.host, now + kUnitLease};
    auto taking = needs_.store.take(key_of(metric), lease, now);
    Result<Cursor> cursor = co_await std::move(taking);
    if (cursor) leases_[metric.id] = {*cursor, lease.until};
    co_return cursor;
}

/// What the new rows change: timelines, and through them sums.
Task<Result<MetricStep>> MetricCursor::plan(const MetricInfo& metric, const Cursor& cursor, Touched touched) {
    auto reading = needs_.store.units(cursor.key, touched.contacts, touched.facts_to);
    Result<std::vector<StoredUnit>> units = co_await std::move(reading);
    if (!units) co_return units.error();
    MetricStep step;
    const core::Instant now = needs_.clock.now();
    std::vector<std::vector<core::Fact>> facts;
    std::size_t rows = 0;
    for (StoredUnit& stored : *units) {
        rows += stored.unit.facts.size();
        core::StandingFacts standing = core::standing_facts(std::move(stored.unit.facts), now);
        if (standing.next_due) step.held.push_back({core::to_us(*standing.next_due), stored.unit.contact});
        facts.push_back(stored.unit.account.empty() ? std::vector<core::Fact>() : std::move(standing.facts));
    }
    auto evaluating = timelines_of(needs_.measures, metric, facts);
    Result<std::vector<core::Timeline>> timelines = co_await std::move(evaluating);
    if (!timelines) co_return timelines.error();
    for (std::size_t i = 0; i < units->size(); ++i) {
        const StoredUnit& before = (*units)[i];
        core::Timeline& after = (*timelines)[i];
        if (before.timeline == after && (after.empty() || before.counted_at == before.unit.account)) continue;
        core::add_timeline(step.deltas, before.counted_at, before.timeline, -1);
        core::add_timeline(step.deltas, before.unit.account, after, 1);
        step.timelines.push_back({before.unit.contact, before.unit.account, std::move(after)});
    }
    core::drop_zeros(step.deltas);
    if (touched.facts_to != touched.to || cursor.sweep.on())
        sweep_units(cursor) = units_for(units->size(), rows);
    step.to = touched.to;
    step.sweep = std::move(touched.sweep);
    step.released = std::move(touched.due);
    step.this_month = core::month_start(needs_.day_of(now));
    co_return step;
}

/// The sweep under way, or a new one when more rows wait than there are contacts.
Task<Result<Sweep>> MetricCursor::sweep_of(const Cursor& cursor, Position horizon) {
    const std::int64_t waiting = horizon.seq - cursor.at.seq;
    if (cursor.sweep.on() || waiting <= needs_.sweep_beyond) co_return cursor.sweep;
    auto counting = needs_.store.count_contacts();
    const Result<std::int64_t> contacts = co_await std::move(counting);
    if (!contacts) co_return contacts.error();
    co_return waiting > *contacts ? Sweep{horizon, ""} : Sweep{};
}

std::size_t& MetricCursor::sweep_units(const Cursor& cursor) {
    constexpr std::size_t at_first = 100;
    return sweep_units_.try_emplace(cursor.key.metric, at_first).first->second;
}

/// What the next step is about.
Task<Result<Touched>> MetricCursor::look(const Cursor& cursor, Position horizon) {
    auto deciding = sweep_of(cursor, horizon);
    Result<Sweep> sweep = co_await std::move(deciding);
    if (!sweep) co_return sweep.error();
    if (!sweep->on()) {
        auto looking = needs_.store.touched(cursor, horizon, needs_.clock.now(), kUnitsPerStep);
        Result<Touched> touched = co_await std::move(looking);
        if (touched) touched->facts_to = touched->to;
        co_return touched;
    }
    const std::size_t limit = sweep_units(cursor);
    auto paging = needs_.store.contacts_after(sweep->after, static_cast<int>(limit));
    Result<std::vector<std::string>> contacts = co_await std::move(paging);
    if (!contacts) co_return contacts.error();
    Touched touched;
    touched.facts_to = sweep->to;
    const bool last = contacts->size() < limit;
    touched.to = last ? sweep->to : cursor.at;
    if (!last) touched.sweep = {sweep->to, contacts->back()};
    touched.contacts = std::move(*contacts);
    co_return touched;
}

/// false: there was nothing to do.
Task<Result<bool>> MetricCursor::step(const MetricInfo& metric, Position horizon) {
    auto taking = take(metric);
    Result<Cursor> cursor = co_await std::move(taking);
    if (!cursor) co_return cursor.error();
    const core::Instant now = needs_.clock.now();
    auto looking = look(*cursor, horizon);
    Result<Touched> touched = co_await std::move(looking);
    if (!touched) co_return touched.error();
    const core::Day month = core::month_start(needs_.day_of(now));
    const bool still = touched->contacts.empty() && touched->to == cursor->at;
    if (still && cursor->snapshots_through >= month) co_return false;
    auto planning = plan(metric, *cursor, std::move(*touched));
    Result<MetricStep> step = co_await std::move(planning);
    if (!step) co_return step.error();
    const core::Deltas deltas = step->deltas;
    auto writing = needs_.store.commit(*cursor, std::move(*step));
    Result<Cursor> after = co_await std::move(writing);
    if (!after) co_return after.error();
    if (watcher_) watcher_(cursor->key, cursor->at, after->at, deltas);
    leases_[metric.id].cursor = std::move(*after);
    co_return true;
}

/// How far the facts go now: up to the horizon, unless another host copies them and is not there yet.
Task<Result<Position>> MetricCursor::project(Position horizon) {
    for (Position before{-1, 0};;) {
        const core::Instant now = needs_.clock.now();
        const Lease lease{needs_.host, now + kUnitLease};
        auto projecting = needs_.store.project(lease, horizon, now);
        const Result<Position> at = co_await std::move(projecting);
        if (!at) co_return at.error();
        if (at->seq >= horizon.seq) co_return horizon;
        if (at->seq == before.seq) co_return Position{at->seq, horizon.history};
        before = *at;
    }
}

Task<Done> MetricCursor::count_contacts() {
    auto looking = needs_.store.horizon();
    const Result<Position> horizon = co_await std::move(looking);
    if (!horizon) co_return horizon.error();
    auto projecting = project(*horizon);
    const Result<Position> projected = co_await std::move(projecting);
    if (!projected) co_return projected.error();
    for (const MetricInfo& metric : needs_.measures.metrics()) {
        if (!metric.trouble.empty() || !metric.tallies.empty()) continue;
        for (bool more = true; more && trouble(metric.id).empty();) {
            auto stepping = step(metric, *projected);
            const Result<bool> stepped = co_await std::move(stepping);
            if (!stepped) failed(metric, stepped.error());
            more = stepped && *stepped;
        }
    }
    co_return done();
}

Task<Done> MetricCursor::count_items() {
    if (!tallies_) co_return done();
    std::vector<MetricInfo> metrics = needs_.measures.metrics();
    std::erase_if(metrics, [this](const MetricInfo& metric) {
        return !metric.trouble.empty() || !trouble(metric.id).empty();
    });
    auto counting = tallies_->catch_up(std::move(metrics));
    const Done counted = co_await std::move(counting);
    co_return counted;
}

Task<Done> MetricCursor::catch_up() {
    auto of_contacts = count_contacts();
    const Done contacts = co_await std::move(of_contacts);
    if (!contacts) co_return contacts;
    auto of_items = count_items();
    const Done items = co_await std::move(of_items);
    co_return items;
}

Task<void> MetricCursor::run() {
    const Executor executor = co_await asio::this_coro::executor;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        timer(executor);
    for (;;) {
        auto catching_up = catch_up();
        const Done caught_up = co_await std::move(catching_up);
        if (!caught_up && !will_pass(caught_up.error())) log::warn("metrics: {}", caught_up.error().message);
        timer.expires_after(kFactLook);
        co_await timer.async_wait(use_task);
    }
}

}  // namespace candour::flow
