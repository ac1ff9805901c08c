/// candour plugin config, import, dead-letters: what the operator of a host does with one plugin.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_plugin_config(CLI::App& plugin, Line& line);
void add_plugin_import(CLI::App& plugin, Line& line);
void add_dead_letters(CLI::App& plugin, Line& line);

}  // namespace candour::app::cli
