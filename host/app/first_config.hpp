/// The configuration that `candour init` writes.
#pragma once
#include <string>

namespace candour::app {

/// Commented TOML with a random server key.
std::string first_config(const std::string& database);

}  // namespace candour::app
