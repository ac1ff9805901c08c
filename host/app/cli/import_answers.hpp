/// `candour import answers`.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_import_answers(CLI::App& import, Line& line);

}  // namespace candour::app::cli
