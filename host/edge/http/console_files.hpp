/// What host/console was built into: files that are part of the program. None with CANDOUR_CONSOLE=off.
#pragma once
#include <span>
#include <string_view>

namespace candour::http {

struct ConsoleFile {
    std::string_view name;    ///< below the built folder: `index.html`, `assets/index-Bq2x.js`
    std::string_view type;    ///< its Content-Type
    std::string_view digest;  ///< SHA-256 of its bytes, hexadecimal
    std::string_view plain;
    std::string_view gzip;    ///< empty when it does not get smaller
    std::string_view brotli;  ///< likewise
};

/// The bytes live as long as the program. Implemented by .cmake/embed_files.cmake.
std::span<const ConsoleFile> console_files();

}  // namespace candour::http
