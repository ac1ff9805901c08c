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

/// What a slot of the role that makes a figure is given, beside the metric's id.
struct FigureInput {
    cdr_bytes cells;
    std::string request;
};
inline FigureInput input_of(const flow::FigureAsk& ask) {
    return {cells_of(ask.groups), finalize_request(ask)};
}
inline FigureInput input_of(const flow::TallyAsk& ask) {
    return {cells_of(ask.tallies), summarise_request(ask)};
}

using FigureSlot = decltype(cdr_metric::finalize);
Result<flow::Figure> figure_from(FigureSlot slot, void* self, const cdr_call& call, const MetricSpec& metric,
                                 const FigureInput& input);

/// Calls of finalize or of summarise, one after the other.
template <class Ask>
class FigureWork {
 public:
    FigureWork(FigureSlot slot, void* self, const MetricSpec& metric, std::vector<Ask> asks)
        : slot_(slot), self_(self), metric_(metric), asks_(std::move(asks)) {}

    void run(Job& job) {
        const cdr_call call = job.call();
        std::vector<flow::Figure> figures;
        for (const Ask& one : asks_) {
            Result<flow::Figure> figure = figure_from(slot_, self_, call, metric_, input_of(one));
            if (!figure) {
                figures_ = figure.error();
                return;
            }
            figures.push_back(std::move(*figure));
        }
        figures_ = std::move(figures);
    }
    Result<std::vector<flow::Figure>> take() { return std::move(figures_); }

 private:
    FigureSlot slot_;
    void* self_;
    const MetricSpec metric_;
    std::vector<Ask> asks_;
    Result<std::vector<flow::Figure>> figures_;
};

}  // namespace candour::plugin
