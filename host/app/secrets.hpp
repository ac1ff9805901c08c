/// Secrets by name: a file each, in a folder of their own or among systemd's credentials. They are read when
/// a plugin starts, handed to it alone, and never written anywhere.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::app {

/// The file's text without the line end behind it. `name` holds no slash and does not begin with a dot.
/// Errors: not_found, denied (others may read the file), invalid (no text).
Result<std::string> read_secret(const std::filesystem::path& folder, std::string_view name);

}  // namespace candour::app
