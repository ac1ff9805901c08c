/// candour campaign explain: why each of them is asked, waits, or is left out.
#pragma once
#include "app/cli/commands.hpp"

namespace candour::app::cli {

void add_campaign_explain(CLI::App& campaigns, Line& line);

}  // namespace candour::app::cli
