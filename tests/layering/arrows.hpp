/// Who includes whom, and whether the table of the house allows it.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "layering/source.hpp"

namespace candour::layering {

/// A header that the build makes, and the folder whose CMakeLists.txt says so (`OUTPUT name.hpp`).
using Generated = std::map<std::string, std::string>;
Generated generated_headers(const std::vector<Source>& sources);

/// Every include of a folder or library that the table does not allow, and every use of a library without its
/// header.
Violations forbidden_includes(const std::vector<Source>& sources);

/// An arrow from one folder to another one, as the includes draw it; each plugin is a folder of its own.
using Arrows = std::set<std::pair<std::string, std::string>>;
Arrows arrows_of(const std::vector<Source>& sources);
Arrows arrows_of_the_table();

/// The folders of one cycle in order, the first one repeated at its end; empty when there is none.
std::vector<std::string> cycle_in(const Arrows& arrows);

}  // namespace candour::layering
