/// The configuration's words about where plugins run, as the registry understands them.
#pragma once
#include <string>

#include "app/config.hpp"
#include "edge/plugin/isolation.hpp"

namespace candour::app {

/// `mode`: for every plugin, whatever the configuration says; empty: what it says.
plugin::Isolation isolation_of(const Config& config, const std::string& mode);

}  // namespace candour::app
