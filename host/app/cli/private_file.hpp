/// A file that its owner alone can read, from its first byte on.
#pragma once
#include <filesystem>
#include <string_view>

#include "candour/result.hpp"

namespace candour::app::cli {

/// Never over a file that is there. Errors: conflict when one is; denied or invalid when it cannot be
/// written.
Done write_private(const std::filesystem::path& file, std::string_view content);
/// Whatever stood there is replaced as a whole.
Done replace_private(const std::filesystem::path& file, std::string_view content);

}  // namespace candour::app::cli
