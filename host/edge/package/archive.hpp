/// A package as a tar archive (ustar, not compressed), in memory. What comes in was written by anybody: only
/// plain files with plain names get through.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::package {

struct ArchivedFile {
    std::string name;  ///< "manifest.json", "schemas/answer.json"; never absolute, never upwards
    std::string bytes;
};

/// A library with symbols and a few documents fit; an endless archive does not.
inline constexpr std::size_t kMaxPackage = 64 * 1024 * 1024;
inline constexpr std::size_t kMaxFiles = 256;

/// Letters, digits, `.`, `_`, `-` in parts between `/`, none of which begins with a dot.
bool is_plain_name(std::string_view name);

/// The same files give the same bytes: no times, no owners.
Result<std::string> write_tar(const std::vector<ArchivedFile>& files);
/// Errors: corrupt (no tar, cut off), invalid (a link, a device, a name that leads elsewhere, a file twice,
/// too much).
Result<std::vector<ArchivedFile>> read_tar(std::string_view bytes);

}  // namespace candour::package
