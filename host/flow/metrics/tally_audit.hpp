/// Computes what every item moves again, and every counter, and compares them with what is stored.
#pragma once
#include "flow/metrics/audit.hpp"
#include "flow/metrics/tally_cursor.hpp"

namespace candour::flow {

class TallyAuditor {
 public:
    TallyAuditor(MetricStore& cursors, TallyStore& store, Measures& measures, DayOf day_of)
        : cursors_(cursors), store_(store), measures_(measures), day_of_(std::move(day_of)) {}

    /// `metric`: any of those that share the counters. Errors: not_found before its first step; conflict when
    /// a running host counted something meanwhile, so that there was nothing to compare with.
    Task<Result<MetricAudit>> audit(MetricInfo metric);

 private:
    Task<Result<MetricAudit>> look(MetricInfo metric);
    Task<Result<core::TallyDeltas>> items(MetricInfo metric, Cursor cursor, MetricAudit& audit);

    MetricStore& cursors_;
    TallyStore& store_;
    Measures& measures_;
    DayOf day_of_;
};

}  // namespace candour::flow
