// Advocacy Rate: will they speak well of us when we are not in the room? See README.md.
#include "candour/plugin.hpp"

#include "figure.hpp"
#include "standing.hpp"

namespace candour::advocacy_rate {

namespace {

constexpr std::string_view kMetric = "advocacy_rate";

class AdvocacyRate {
 public:
    explicit AdvocacyRate(sdk::Host) {}

    static std::size_t width(std::string_view metric) { return metric == kMetric ? std::size_t{kWidth} : 0; }
    Done unit(std::string_view, const sdk::Evaluation& evaluation, sdk::UnitState& state) const {
        return fill(evaluation, state);
    }
    Result<std::string> finalize(std::string_view, const sdk::Groups& groups,
                                 std::string_view request_json) const {
        return figure_of(groups, request_json);
    }
};

}  // namespace

}  // namespace candour::advocacy_rate

CANDOUR_PLUGIN(candour::advocacy_rate::AdvocacyRate)
