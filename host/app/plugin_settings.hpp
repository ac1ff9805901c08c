/// [plugins]: where they are, what they may reach, and where they run.
#pragma once
#include <filesystem>

#include "app/settings.hpp"

namespace candour::app {

/// `beside`: the folder of the file, at which relative paths begin.
void read_plugins(Settings& settings, const std::filesystem::path& beside, Config& config);

}  // namespace candour::app
