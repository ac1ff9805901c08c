/// What is looked at of one account: hung under `candour account`.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_account_views(CLI::App& accounts, Line& line);  ///< show, threads

}  // namespace candour::app::cli
