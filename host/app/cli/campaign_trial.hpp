/// A campaign's mail before anybody gets it.
#pragma once
#include "app/cli/commands.hpp"

namespace candour::app::cli {

/// preview, test.
void add_campaign_trials(CLI::App& campaigns, Line& line);

}  // namespace candour::app::cli
