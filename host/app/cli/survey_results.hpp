/// candour survey results: what came in, question by question.
#pragma once
#include "app/cli/commands.hpp"

namespace candour::app::cli {

void add_survey_results(CLI::App& surveys, Line& line);

}  // namespace candour::app::cli
