/// Computes every timeline and every sum again and compares them with what is stored.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "flow/metrics/cursor.hpp"

namespace candour::flow {

struct MetricFinding {
    std::string metric;
    std::string what;
};

struct MetricAudit {
    std::int64_t contacts = 0;
    std::int64_t items = 0;
    std::vector<MetricFinding> findings;
};

/// The end of a look: what was seen, when nothing was counted since `before`. Errors: conflict.
Task<Result<MetricAudit>> undisturbed(MetricStore& cursors, MetricKey key, const Cursor& before,
                                      MetricAudit seen);

/// Looks until nothing is counted meanwhile: counting goes on in bursts, and between two of them there is a
/// quiet moment. Errors: those of `look`; conflict when that moment never came.
Task<Result<MetricAudit>> when_quiet(std::function<Task<Result<MetricAudit>>()> look);

class MetricAuditor {
 public:
    MetricAuditor(MetricStore& store, Measures& measures, const Clock& clock)
        : store_(store), measures_(measures), clock_(clock) {}

    /// Errors: conflict when a running host counted something meanwhile, so that there was nothing to compare
    /// with.
    Task<Result<MetricAudit>> audit(MetricInfo metric);

 private:
    Task<Result<MetricAudit>> look(MetricInfo metric);
    Task<Result<core::Deltas>> timelines(const MetricInfo& metric, const Cursor& cursor, MetricAudit& audit);
    Task<Done> sums(const MetricInfo& metric, const Cursor& cursor, const core::Deltas& expected,
                    MetricAudit& audit);

    MetricStore& store_;
    Measures& measures_;
    const Clock& clock_;
};

}  // namespace candour::flow
