/// From a file to the plugin's descriptor: loaded by Boost.DLL, checked, and never unloaded again, because
/// nobody can prove that no thread, no static and no exception table of it is still in use.
#pragma once
#include "candour/abi.h"
#include "candour/result.hpp"
#include "edge/plugin/manifest.hpp"
#include "remote/descriptor.hpp"

namespace candour::plugin {

/// What manifest.json says about the library.
remote::Expected expected_of(const Manifest& manifest);

/// Runs code of the plugin (constructors of statics, the entry): on the plugin's own thread only.
/// Errors: unsupported (another ABI), corrupt (no library, no entry, another plugin than the manifest says).
Result<const cdr_plugin*> open_library(const Manifest& manifest);

}  // namespace candour::plugin
