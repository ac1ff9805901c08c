/// Rows and sums cross to a metric plugin as cells; what comes back is measured before anybody believes it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "candour/abi.h"
#include "edge/plugin/job.hpp"
#include "edge/plugin/manifest.hpp"
#include "flow/metrics/measures.hpp"

namespace candour::plugin {

/// Errors: invalid, saying what is wrong with the figure.
Result<flow::Figure> read_figure(const MetricSpec& metric, std::string_view json);

/// The document of a figure that is not there.
flow::Figure no_figure(const flow::MetricInfo& metric, const std::string& reason, const std::string& why);

/// What `finalize` is told beside the sums, and `summarise` beside the counters.
std::string finalize_request(const flow::FigureAsk& ask);
std::string summarise_request(const flow::TallyAsk& ask);

cdr_bytes cells_of(const flow::Numbers& numbers);

/// One call of unit. `run` belongs to the plugin's thread, `take` to the io thread afterwards.
class UnitWork {
 public:
    UnitWork(const cdr_metric* role, void* self, const MetricSpec& metric, flow::Numbers rows,
             flow::Numbers evaluations)
        : role_(role),
          self_(self),
          metric_(metric),
          rows_(std::move(rows)),
          evaluations_(std::move(evaluations)) {}
    void run(Job& job);
    Result<flow::Numbers> take() { return std::move(states_); }

 private:
    const cdr_metric* role_;
    void* self_;
    const MetricSpec metric_;
    flow::Numbers rows_, evaluations_;
    Result<flow::Numbers> states_;
};

/// Calls of finalize, one after the other.
class FinalizeWork {
 public:
    FinalizeWork(const cdr_metric* role, void* self, const MetricSpec& metric,
                 std::vector<flow::FigureAsk> asks)
        : role_(role), self_(self), metric_(metric), asks_(std::move(asks)) {}
    void run(Job& job);
    Result<std::vector<flow::Figure>> take() { return std::move(figures_); }

 private:
    Result<flow::Figure> ask(const cdr_call& call, const flow::FigureAsk& ask) const;

    const cdr_metric* role_;
    void* self_;
    const MetricSpec metric_;
    std::vector<flow::FigureAsk> asks_;
    Result<std::vector<flow::Figure>> figures_;
};

}  // namespace candour::plugin
