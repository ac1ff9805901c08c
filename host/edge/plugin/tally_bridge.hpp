/// What happened to items, and their counters, cross to a metric plugin as cells; what comes back is measured
/// before anybody believes it.
#pragma once
#include <utility>
#include <vector>

#include "candour/abi.h"
#include "edge/plugin/job.hpp"
#include "edge/plugin/manifest.hpp"
#include "flow/metrics/measures.hpp"

namespace candour::plugin {

/// One call of movements. `run` belongs to the plugin's thread, `take` to the io thread afterwards.
class MovementsWork {
 public:
    MovementsWork(const cdr_metric* role, void* self, const MetricSpec& metric, flow::Numbers rows,
                  flow::Numbers units)
        : role_(role), self_(self), metric_(metric), rows_(std::move(rows)), units_(std::move(units)) {}
    void run(Job& job);
    Result<flow::Numbers> take() { return std::move(movements_); }

 private:
    const cdr_metric* role_;
    void* self_;
    const MetricSpec metric_;
    flow::Numbers rows_, units_;
    Result<flow::Numbers> movements_;
};

}  // namespace candour::plugin
