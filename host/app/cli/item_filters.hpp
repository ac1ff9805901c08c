/// Which items: the same options for a list and for an export.
#pragma once
#include <map>
#include <string>

#include "app/cli/frame.hpp"

namespace candour::app::cli {

struct ItemFilter {
    std::map<std::string, std::string> asked;  ///< name in the query, what was asked for
    bool overdue = false, quiet = false;

    /// "&state=raised&overdue=true", or nothing.
    std::string query() const;
};

/// `ordered`: also --state and --sort.
void add_item_filters(CLI::App& command, ItemFilter& filter, bool ordered = true);

}  // namespace candour::app::cli
