/// candour survey add, ready, list, show, copy, qr: what is asked.
#pragma once
#include <string>

#include "app/cli/commands.hpp"

namespace candour::app::cli {

/// /api/v1/surveys/{survey}
std::string survey_target(const std::string& survey);

void add_survey_definitions(CLI::App& surveys, Line& line);

}  // namespace candour::app::cli
