/// The configuration as our own people may read it, and what the domain's DNS has to say for it.
#pragma once
#include "app/config.hpp"
#include "flow/house/settings.hpp"

namespace candour::app {

flow::HouseSettings house_settings(const Config& config);

}  // namespace candour::app
