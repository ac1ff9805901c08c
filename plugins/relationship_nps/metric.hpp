/// The metric of this plugin: Relationship NPS over the latest answer of each contact at each account.
///
/// Rows:   relationship.answers, then contacts (the order of "inputs" in the manifest).
/// State:  the cells below; they add over contacts and days.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "candour/measure.hpp"

namespace candour::relationship_nps {

inline constexpr std::string_view kMetric = "relationship_nps";

/// Cells of a unit's state.
enum Cell : std::size_t {
    kDetractors,  ///< the latest answer of the last 365 days of an active contact
    kPassives,
    kPromoters,
    kEligible,         ///< active and not opted out, or counted above
    kHumans,           ///< of those counted above: surely a person's
    kFreshDetractors,  ///< every answer up to the day: the difference of two days is what came in between
    kFreshPassives,
    kFreshPromoters,
    kWidth
};

class Metric {
 public:
    /// 0: no such metric.
    static std::size_t width(std::string_view metric) { return metric == kMetric ? std::size_t{kWidth} : 0; }
    Done unit(std::string_view metric, const sdk::Evaluation& evaluation, sdk::UnitState& state) const;
    Result<std::string> finalize(std::string_view metric, const sdk::Groups& groups,
                                 std::string_view request_json) const;
};

}  // namespace candour::relationship_nps
