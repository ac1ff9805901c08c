/// What the entry of a library must return, wherever it was loaded.
#pragma once
#include <string>

#include "candour/abi.h"
#include "candour/result.hpp"

namespace candour::remote {

/// A library, and what manifest.json says about it.
struct Expected {
    std::string library;
    std::string id;
    std::string version;
    bool parallel = false;
};

/// Errors: unsupported (another ABI), corrupt (no descriptor, another plugin than the manifest says).
Done check_descriptor(const Expected& expected, const cdr_plugin* found);

}  // namespace candour::remote
