/// The metrics that running plugins bring, and the two questions that they answer. Numbers cross as whole
/// cells; what comes back has been checked: sizes, finite numbers, the shape of a figure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "candour/result.hpp"
#include "core/metrics/fact.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct MetricInfo {
    std::string id;
    std::string plugin;
    std::string name;
    std::string unit;
    std::vector<core::View> inputs;  ///< in the order of the rows' first cell
    std::size_t width = 0;
    std::string tallies;  ///< the plugin's counters of items that it reads; empty: it has states of contacts
    std::int64_t state_version = 1;
    std::string definition_version;
    std::vector<std::string> also_as_of;
    std::string trouble;  ///< why it does not run; empty: it does
};

using Numbers = std::vector<std::int64_t>;

/// Which part of the customers a figure is about; what is empty restricts nothing.
struct FigureScope {
    std::string account;
    std::string segment;
    std::string level;
    std::string owner;
    friend bool operator==(const FigureScope&, const FigureScope&) = default;
};

/// Sums for one figure: `groups` are cells as abi.h has them for `finalize`.
struct FigureAsk {
    FigureScope scope;
    std::vector<core::Day> days;  ///< the one asked for, then the metric's also_as_of
    std::size_t accounts = 0;
    Numbers groups;
};

/// Counters for one figure: `tallies` are cells as abi.h has them for `summarise`.
struct TallyAsk {
    FigureScope scope;
    std::vector<core::Day> days;
    Numbers tallies;
};

/// What a plugin made of it. `document` is the figure as it is shown: schemas/json/figure.schema.json.
struct Figure {
    std::optional<double> value, low, high;
    std::int64_t n = 0;
    std::string reason;
    std::string document;
};

class Measures {
 public:
    virtual ~Measures() = default;
    virtual std::vector<MetricInfo> metrics() const = 0;
    /// The states of all evaluations: `width` cells and the day of the next change each.
    virtual Task<Result<Numbers>> unit(std::string metric, Numbers rows, Numbers evaluations) = 0;
    virtual Task<Result<std::vector<Figure>>> finalize(std::string metric, std::vector<FigureAsk> asks) = 0;
    /// What the items move in the counters of this metric: CDR_MOVEMENT_CELLS cells each.
    virtual Task<Result<Numbers>> movements(std::string metric, Numbers rows, Numbers units) = 0;
    virtual Task<Result<std::vector<Figure>>> summarise(std::string metric, std::vector<TallyAsk> asks) = 0;
    /// A figure that is not there: "suspended" or "not_computed", and why.
    virtual Figure no_figure(const MetricInfo& metric, const std::string& reason,
                             const std::string& why) const = 0;
};

}  // namespace candour::flow
