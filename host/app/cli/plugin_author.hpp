/// candour plugin …: what authors and operators of plugins type.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_plugin_new(CLI::App& plugin, Line& line);
void add_plugin_validate(CLI::App& plugin, Line& line);
void add_plugin_running(CLI::App& plugin, Line& line);  ///< run, bench
void add_plugin_packing(CLI::App& plugin, Line& line);  ///< keygen, pack, inspect
void add_plugin_installing(CLI::App& plugin,
                           Line& line);  ///< install, enable, disable, rollback, grant, show

}  // namespace candour::app::cli
