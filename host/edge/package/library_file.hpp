/// What a shared library is, read from its file: nothing of it is loaded, so nothing of it runs.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::package {

struct LibraryFile {
    std::string machine;                 ///< "x86-64", "AArch64", or the number of another one
    bool shared = false;                 ///< ET_DYN
    std::vector<std::string> exported;   ///< dynamic symbols that it defines
    std::vector<std::string> undefined;  ///< those that it takes from others, "memcpy@GLIBC_2.14"
    std::vector<std::string> unique;     ///< STB_GNU_UNIQUE: shared with every other plugin
    std::vector<std::string> needed;     ///< libc.so.6, …
    std::string run_path;                ///< RPATH or RUNPATH
    bool text_relocations = false;
    bool executable_stack = false;
    bool relro = false;
    bool bind_now = false;
    /// The newest "GLIBC_2.36" that it asks for; empty without one.
    std::string newest_glibc() const;
};

/// Errors: corrupt (no ELF file, or cut off).
Result<LibraryFile> read_library(std::string_view bytes, const std::string& name);

/// Whether this machine could load it. Errors: corrupt, unsupported (another machine).
Done check_machine(std::string_view bytes, const std::string& name);
std::string this_machine();

}  // namespace candour::package
