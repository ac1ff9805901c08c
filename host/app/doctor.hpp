/// Looks at a whole installation from outside: what the host needs to do its work, and what would surprise
/// its owner.
#pragma once
#include <string>
#include <vector>

#include "app/config.hpp"

namespace candour::app {

struct Diagnosis {
    enum class Kind { fine, remark, trouble };
    std::string part;  ///< configuration, database, ledger, …
    Kind kind = Kind::fine;
    std::string found;
    std::string remedy;  ///< for trouble and remarks
};

/// In the order in which one thing needs the other. Changes nothing; takes a few seconds at most.
/// `host_url`: where the running host is said to be; with --port that is not what the configuration says.
std::vector<Diagnosis> examine(const Config& config, const std::string& host_url);

}  // namespace candour::app
