#include "flow/metrics/audit.hpp"

#include <algorithm>
#include <map>

namespace candour::flow {
namespace {

constexpr int kLooks = 20;
constexpr int kAuditPage = 500;

/// What the differences before a day add up to, by account and level.
std::map<std::pair<std::string, int>, core::Counts> added_up(const core::Deltas& deltas, core::Day before,
                                                             std::size_t width) {
    std::map<std::pair<std::string, int>, core::Counts> sums;
    for (const auto& [cell, counts] : deltas) {
        if (cell.day >= before) continue;
        core::Counts& into = sums[{cell.account, cell.level}];
        into.resize(width);
        for (std::size_t i = 0; i < counts.size(); ++i) into[i] += counts[i];
    }
    std::erase_if(sums, [](const auto& sum) {
        return std::ranges::all_of(sum.second, [](auto cell) { return cell == 0; });
    });
    return sums;
}

}  // namespace

Task<Result<MetricAudit>> undisturbed(MetricStore& cursors, MetricKey key, const Cursor& before,
                                      MetricAudit seen) {
    const std::string metric = key.metric;
    auto looking = cursors.position(std::move(key));
    const Result<Cursor> after = co_await std::move(looking);
    if (!after) co_return after.error();
    if (after->at != before.at || after->sweep.on())
        co_return Error{
            ErrorCode::conflict,
            "metric " + metric + ": something was counted meanwhile; check again when it is quiet"};
    co_return seen;
}

Task<Result<MetricAudit>> when_quiet(std::function<Task<Result<MetricAudit>>()> look) {
    for (int look_number = 1;; ++look_number) {
        auto looking = look();
        Result<MetricAudit> seen = co_await std::move(looking);
        const bool disturbed = !seen && seen.error().code == ErrorCode::conflict;
        if (!disturbed || look_number == kLooks) co_return seen;
    }
}

Task<Result<core::Deltas>> MetricAuditor::timelines(const MetricInfo& metric, const Cursor& cursor,
                                                    MetricAudit& audit) {
    core::Deltas expected;
    for (std::string after;;) {
        auto paging = store_.contacts_after(after, kAuditPage);
        const Result<std::vector<std::string>> ids = co_await std::move(paging);
        if (!ids) co_return ids.error();
        if (ids->empty()) co_return expected;
        after = ids->back();
        auto reading = store_.units(cursor.key, *ids, cursor.at);
        Result<std::vector<StoredUnit>> units = co_await std::move(reading);
        if (!units) co_return units.error();
        std::vector<std::vector<core::Fact>> facts;
        for (StoredUnit& stored : *units)
            facts.push_back(core::standing_facts(std::move(stored.unit.facts), clock_.now()).facts);
        auto evaluating = timelines_of(measures_, metric, facts);
        const Result<std::vector<core::Timeline>> again = co_await std::move(evaluating);
        if (!again) co_return again.error();
        for (std::size_t i = 0; i < units->size(); ++i) {
            const StoredUnit& stored = (*units)[i];
            core::add_timeline(expected, stored.unit.account, (*again)[i], 1);
            if (stored.timeline != (*again)[i])
                audit.findings.push_back(
                    {metric.id, "the timeline of " + stored.unit.contact + " is not what its rows say"});
        }
        audit.contacts += static_cast<std::int64_t>(ids->size());
    }
}

Task<Done> MetricAuditor::sums(const MetricInfo& metric, const Cursor& cursor, const core::Deltas& expected,
                               MetricAudit& audit) {
    std::map<std::string, core::Deltas> by_account;
    for (const auto& [cell, counts] : expected) by_account[cell.account].emplace(cell, counts);
    for (const auto& [account, deltas] : by_account) {
        auto reading = store_.deltas_of(cursor.key, account);
        const Result<core::Deltas> stored = co_await std::move(reading);
        if (!stored) co_return stored.error();
        if (*stored != deltas)
            audit.findings.push_back(
                {metric.id, "the differences of account " + account + " are not those of its contacts"});
    }
    if (cursor.snapshots_through == 0) co_return done();
    auto summing = store_.sums(cursor.key, "", {cursor.snapshots_through - 1});
    const Result<Sums> stored = co_await std::move(summing);
    if (!stored) co_return stored.error();
    std::map<std::pair<std::string, int>, core::Counts> found;
    for (const LevelSums& group : stored->groups)
        if (std::ranges::any_of(group.by_day.front(), [](auto cell) { return cell != 0; }))
            found[{group.account, group.level}] = group.by_day.front();
    if (found != added_up(expected, cursor.snapshots_through, metric.width))
        audit.findings.push_back(
            {metric.id, "the last month's snapshots are not what the differences before it add up to"});
    co_return done();
}

Task<Result<MetricAudit>> MetricAuditor::look(MetricInfo metric) {
    MetricAudit audit;
    auto looking = store_.position(key_of(metric));
    const Result<Cursor> cursor = co_await std::move(looking);
    if (!cursor) co_return cursor.error();
    auto computing = timelines(metric, *cursor, audit);
    Result<core::Deltas> expected = co_await std::move(computing);
    if (!expected) co_return expected.error();
    core::drop_zeros(*expected);
    auto comparing = sums(metric, *cursor, *expected, audit);
    const Done compared = co_await std::move(comparing);
    if (!compared) co_return compared.error();
    auto ending = undisturbed(store_, key_of(metric), *cursor, std::move(audit));
    Result<MetricAudit> seen = co_await std::move(ending);
    co_return seen;
}

Task<Result<MetricAudit>> MetricAuditor::audit(MetricInfo metric) {
    return when_quiet([this, metric = std::move(metric)] { return look(metric); });
}

}  // namespace candour::flow
