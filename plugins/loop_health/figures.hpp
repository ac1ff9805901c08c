/// From counters to the figures that are shown.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "candour/tally.hpp"

#include "candour/stats/proportion.hpp"

namespace candour::loop_health {

namespace json = boost::json;

/// Errors: not_found when there is no such metric.
Result<std::string> figure_of(std::string_view metric, const sdk::Tallies& tallies,
                              std::string_view request_json);

/// Days until half of the items have come to the stage, counting those that have not yet.
Result<json::object> time_figure(std::int64_t stage, const sdk::Tallies& tallies, std::int64_t as_of);

Result<json::object> visible_closure(const sdk::Tallies& tallies);
Result<json::object> came_back(const sdk::Tallies& tallies);
Result<json::object> silence(const sdk::Tallies& tallies);
Result<json::object> breaches(const sdk::Tallies& tallies);
Result<json::object> promises(const sdk::Tallies& tallies);

/// A figure without a value.
json::object nothing(std::string_view reason, std::int64_t n);
json::value interval_document(const std::optional<stats::Interval>& interval, std::string_view method);
/// A count of n, with Wilson's interval; without parts.
Result<json::object> rate_figure(std::int64_t x, std::int64_t n);

}  // namespace candour::loop_health
