/// `candour teammate notify`: what our own people hear of.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_teammate_notify(CLI::App& teammate, Line& line);

}  // namespace candour::app::cli
