#include <algorithm>

#include "core/metrics/walk.hpp"
#include "flow/metrics/cursor.hpp"

namespace candour::flow {
namespace {

/// abi.h: CDR_ROW_CELLS.
constexpr std::int64_t kRowCells = 8;

/// Only the rows that the metric asked for.
std::vector<core::Fact> inputs_of(const MetricInfo& metric, const std::vector<core::Fact>& facts) {
    std::vector<core::Fact> rows;
    for (const core::Fact& fact : facts)
        if (std::ranges::find(metric.inputs, fact.view) != metric.inputs.end()) rows.push_back(fact);
    return rows;
}

void append_row(Numbers& cells, const MetricInfo& metric, const core::Fact& fact) {
    const auto input = std::ranges::find(metric.inputs, fact.view) - metric.inputs.begin();
    cells.insert(cells.end(), {input, fact.day, fact.at_us, fact.seq});
    cells.insert(cells.end(), fact.value.begin(), fact.value.end());
}

/// The asks of some walks as one call.
struct Batch {
    Numbers rows;
    Numbers evaluations;
    std::vector<core::Walk*> walks;

    void add(const MetricInfo& metric, core::Walk& walk) {
        const std::int64_t first = static_cast<std::int64_t>(rows.size()) / kRowCells;
        for (const core::Fact& fact : walk.rows()) append_row(rows, metric, fact);
        for (const core::Walk::Ask& ask : walk.asks())
            evaluations.insert(evaluations.end(), {first, static_cast<std::int64_t>(ask.rows), ask.day});
        walks.push_back(&walk);
    }
    std::size_t size() const { return evaluations.size() / 3; }
};

Done hand_back(const Batch& batch, const Numbers& answers, std::size_t width) {
    std::size_t at = 0;
    for (core::Walk* walk : batch.walks) {
        const std::size_t cells = walk->asks().size() * (width + 1);
        if (Done walked = walk->answer(std::span(answers).subspan(at, cells), width); !walked) return walked;
        at += cells;
    }
    return done();
}

Task<Done> ask(Measures& measures, const MetricInfo& metric, Batch batch) {
    auto asking = measures.unit(metric.id, std::move(batch.rows), std::move(batch.evaluations));
    const Result<Numbers> answers = co_await std::move(asking);
    if (!answers) co_return answers.error();
    co_return hand_back(batch, *answers, metric.width);
}

Task<Result<bool>> ask_all(Measures& measures, const MetricInfo& metric, std::vector<core::Walk>& walks) {
    bool asked = false;
    for (std::size_t next = 0; next < walks.size();) {
        Batch batch;
        for (; next < walks.size() && batch.size() < kEvaluationsPerCall; ++next)
            if (!walks[next].asks().empty()) batch.add(metric, walks[next]);
        if (batch.size() == 0) continue;
        asked = true;
        auto asking = ask(measures, metric, std::move(batch));
        const Done answered = co_await std::move(asking);
        if (!answered) co_return answered.error();
    }
    co_return asked;
}

}  // namespace

Task<Result<std::vector<core::Timeline>>> timelines_of(Measures& measures, const MetricInfo& metric,
                                                       const std::vector<std::vector<core::Fact>>& units) {
    std::vector<core::Walk> walks;
    for (const std::vector<core::Fact>& facts : units) walks.emplace_back(inputs_of(metric, facts));
    for (bool more = true; more;) {
        auto asking = ask_all(measures, metric, walks);
        const Result<bool> asked = co_await std::move(asking);
        if (!asked) co_return asked.error();
        more = *asked;
    }
    std::vector<core::Timeline> timelines;
    for (std::size_t i = 0; i < walks.size(); ++i)
        timelines.push_back(core::join(walks[i].take(), core::levels_of(units[i])));
    co_return timelines;
}

}  // namespace candour::flow
