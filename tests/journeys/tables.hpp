/// Everything a database holds, so that "nothing changed" can be said and shown.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace candour::journeys {

/// Rows as text, sorted, by table. The host's own bookmark in the journal is left out: it moves without news.
using Tables = std::map<std::string, std::vector<std::string>>;

/// `url` as the configuration has it. Throws runtime_error.
Tables read_tables(const std::string& url);
/// A few lines about what differs; empty when nothing does.
std::string difference(const Tables& before, const Tables& after);
/// For faults that a test makes on purpose.
void execute(const std::string& url, const std::string& sql);

}  // namespace candour::journeys
