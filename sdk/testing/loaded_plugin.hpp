/// A finished library, opened as a host would: for tests of plugins in any language.
#ifndef CANDOUR_TESTING_LOADED_PLUGIN_HPP
#define CANDOUR_TESTING_LOADED_PLUGIN_HPP
#include <dlfcn.h>

#include <cstdio>

#include "candour/abi.h"

namespace candour::sdk::testing {

/// Null when it cannot be used, with the reason on stderr. It stays loaded.
inline const cdr_plugin* load_plugin(const char* path) {
    using Entry = const cdr_plugin*(std::uint32_t);
    void* library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
    void* entry = library ? dlsym(library, "candour_plugin_v1") : nullptr;
    if (!entry) {
        std::fprintf(stderr, "%s: %s\n", path ? path : "expected the path of a library",
                     path ? dlerror() : "found no argument");
        return nullptr;
    }
    const cdr_plugin* plugin = reinterpret_cast<Entry*>(entry)(CDR_ABI_MINOR);
    if (!plugin) std::fprintf(stderr, "%s declines to serve this host\n", path);
    return plugin;
}

}  // namespace candour::sdk::testing
#endif
