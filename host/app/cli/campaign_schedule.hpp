/// Asking again and again: schedule, schedules, and what becomes of one.
#pragma once
#include "app/cli/commands.hpp"

namespace candour::app::cli {

void add_campaign_schedules(CLI::App& campaigns, Line& line);

}  // namespace candour::app::cli
