/// The folder that an author begins with: a plugin of one role that builds, passes its own test and is
/// validated.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "candour/result.hpp"

namespace candour::app::tool {

struct Scaffold {
    std::string id;    ///< as in the manifest: acme-sms, com.acme.sms
    std::string role;  ///< one of kScaffoldRoles
    std::string language;
    std::filesystem::path folder;
};

/// collector, deliverer, metric, …
std::vector<std::string> scaffold_roles();
/// cpp, c, rust
std::vector<std::string> scaffold_languages();

/// Returns the names of the files that it wrote. Errors: invalid (the id), conflict (the folder has content),
/// not_found (no such role or language), unavailable (the folder cannot be written).
Result<std::vector<std::string>> write_scaffold(const Scaffold& wish);

}  // namespace candour::app::tool
