/// When a schedule comes round, as instants. Nine o'clock stays nine o'clock, whatever the clocks do: days
/// come from the rule, and each gets its instant by itself.
#pragma once
#include <vector>

#include "flow/campaign/schedules.hpp"

namespace candour::app {

/// Errors: invalid (rule, zone).
Result<std::vector<core::Instant>> comings_of(const flow::ScheduleRule& rule, core::Instant after, int limit);
/// The civil day there. Errors: invalid (zone).
Result<std::int64_t> day_in(core::Instant at, const std::string& zone);

}  // namespace candour::app
