// Loop health: how long until a customer has seen what came of it, and how often. See README.md.
#include "candour/plugin.hpp"

#include "figures.hpp"
#include "movements.hpp"

namespace candour::loop_health {

namespace {

constexpr std::string_view kTallies = "loop";

class LoopHealth {
 public:
    explicit LoopHealth(sdk::Host) {}

    Done movements(std::string_view tallies, const sdk::Story& story, sdk::Movements& movements) const {
        if (tallies == kTallies) return move(story, movements);
        return Error{ErrorCode::not_found, "this plugin has no tallies " + std::string(tallies)};
    }
    Result<std::string> summarise(std::string_view metric, const sdk::Tallies& tallies,
                                  std::string_view request_json) const {
        return figure_of(metric, tallies, request_json);
    }
};

}  // namespace

}  // namespace candour::loop_health

CANDOUR_PLUGIN(candour::loop_health::LoopHealth)
