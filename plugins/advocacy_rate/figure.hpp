/// From sums to the figure that is shown.
#pragma once
#include <string>
#include <string_view>

#include "candour/measure.hpp"

namespace candour::advocacy_rate {

Result<std::string> figure_of(const sdk::Groups& groups, std::string_view request_json);

}  // namespace candour::advocacy_rate
