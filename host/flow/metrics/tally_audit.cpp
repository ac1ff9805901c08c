#include "flow/metrics/tally_audit.hpp"

#include <map>

namespace candour::flow {
namespace {

constexpr int kTallyAuditPage = 500;

}  // namespace

/// The counters that the stored movements add up to. What the cursor has not come to yet is no finding.
Task<Result<core::TallyDeltas>> TallyAuditor::items(MetricInfo metric, Cursor cursor, MetricAudit& audit) {
    core::TallyDeltas expected;
    for (std::string after;;) {
        auto paging = store_.ledgers_after(after, kTallyAuditPage);
        const Result<std::vector<std::pair<std::string, std::int64_t>>> page = co_await std::move(paging);
        if (!page) co_return page.error();
        if (page->empty()) break;
        after = page->back().first;
        const std::map<std::string, std::int64_t> last(page->begin(), page->end());
        std::vector<std::string> ids;
        for (const auto& [id, seq] : *page) ids.push_back(id);
        auto reading = store_.items(cursor.key, std::move(ids));
        Result<std::vector<TalliedItem>> found = co_await std::move(reading);
        if (!found) co_return found.error();
        auto evaluating = movements_of(measures_, metric, *found, day_of_);
        const Result<std::vector<core::Movements>> again = co_await std::move(evaluating);
        if (!again) co_return again.error();
        for (std::size_t i = 0; i < found->size(); ++i) {
            const TalliedItem& item = (*found)[i];
            core::add_movements(expected, item.counted_at.segment, item.counted_at.level, item.counted, 1);
            const bool same =
                item.counted == (*again)[i] && (item.counted.empty() || item.counted_at == item.place);
            if (!same && !item.erased && last.at(item.item) <= cursor.at.seq)
                audit.findings.push_back(
                    {metric.id, "what " + item.item + " moves is not what happened to it"});
        }
        audit.items += static_cast<std::int64_t>(found->size());
    }
    core::drop_zeros(expected);
    co_return expected;
}

Task<Result<MetricAudit>> TallyAuditor::look(MetricInfo metric) {
    MetricAudit audit;
    const MetricKey key = tally_key_of(metric);
    auto looking = cursors_.position(key);
    const Result<Cursor> cursor = co_await std::move(looking);
    if (!cursor) co_return cursor.error();
    auto computing = items(metric, *cursor, audit);
    const Result<core::TallyDeltas> expected = co_await std::move(computing);
    if (!expected) co_return expected.error();
    auto reading = store_.counters(key);
    const Result<core::TallyDeltas> stored = co_await std::move(reading);
    if (!stored) co_return stored.error();
    if (*stored != *expected)
        audit.findings.push_back(
            {metric.id, "the counters \"" + metric.tallies + "\" are not what the items move together"});
    auto ending = undisturbed(cursors_, key, *cursor, std::move(audit));
    Result<MetricAudit> seen = co_await std::move(ending);
    co_return seen;
}

Task<Result<MetricAudit>> TallyAuditor::audit(MetricInfo metric) {
    return when_quiet([this, metric = std::move(metric)] { return look(metric); });
}

}  // namespace candour::flow
