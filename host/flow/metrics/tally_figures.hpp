/// Counters behind the figures of one answer: of everybody or of a part, as of any day. Whose an item is, its
/// segment and its level are its own; what its account is now does not matter.
#pragma once
#include <vector>

#include "flow/metrics/figures.hpp"
#include "flow/metrics/scope.hpp"
#include "flow/metrics/tally_store.hpp"

namespace candour::flow {

struct CountedRows {
    Position at;
    std::vector<FigureRow> rows;  ///< without their figures
    std::vector<TallyAsk> asks;   ///< for each row
};

/// What `count_rows` needs to know; `rows` are planned already unless the parts are accounts or owners, of
/// which only those with items are told.
struct CountPlan {
    MetricKey key;
    By by = By::whole;
    FigureScope scope;
    std::vector<core::Day> days;
    std::vector<RowPlan> rows;
};

/// Errors: not_found before the metric's first step.
Task<Result<CountedRows>> count_rows(TallyStore& store, CountPlan plan,
                                     const std::vector<AccountHistory>& accounts);

}  // namespace candour::flow
