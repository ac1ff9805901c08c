/// [mail.intake]: where mail comes in, and what customers answer to.
#pragma once
#include <filesystem>

#include "app/settings.hpp"

namespace candour::app {

/// `beside`: the folder of the file, at which relative paths begin.
void read_intake(Settings& settings, const std::filesystem::path& beside, Config& config);

}  // namespace candour::app
