/// `candour teammate set`, `candour teammate account`: whose customers somebody of us sees.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_teammate_sight(CLI::App& teammate, Line& line);

}  // namespace candour::app::cli
