/// `candour import answers --from …`: files of other tools, which the plugin `imports` reads.
#pragma once
#include <string>

#include "app/cli/frame.hpp"

namespace candour::app::cli {

struct ForeignFile {
    std::string file, from;
    std::string survey, as, zone, dates, score, comment, mapping;  ///< for the plugin; empty: not said
    std::string people;                                            ///< a file that says who stands behind ids
    std::string unknown = "refuse", account;
    bool partial = false, dry_run = false;
};

/// The options beside FILE and --dry-run.
void add_foreign_options(CLI::App& command, ForeignFile& wish);
int import_foreign(const Line& line, const ForeignFile& wish);

}  // namespace candour::app::cli
