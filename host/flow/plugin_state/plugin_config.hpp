/// What operators set for a plugin, and what they see of it.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// As it was set: secrets stand in it by name ("secret:NAME"), never by value.
struct PluginConfig {
    std::string plugin;
    std::string document = "{}";
    std::int64_t version = 0;  ///< 0: nothing was ever set
    std::string set_by;
    core::Instant set_at;
};

class PluginConfigs {
 public:
    virtual ~PluginConfigs() = default;
    virtual Task<Result<std::vector<PluginConfig>>> all() = 0;
    /// `fresh.version` is the one that was seen; it goes up by one. Errors: conflict (somebody was faster).
    virtual Task<Result<PluginConfig>> set(PluginConfig fresh, Doer doer) = 0;
};

struct ConfiguredPlugin {
    PluginConfig config;
    std::string schema;                ///< of its manifest; empty: it takes no configuration
    std::vector<std::string> secrets;  ///< members that are secrets
    std::string trouble;               ///< why the plugin does not run; empty: it does
};

class PluginDesk {
 public:
    virtual ~PluginDesk() = default;
    /// Errors: not_found.
    virtual Task<Result<ConfiguredPlugin>> show(std::string plugin) = 0;
    /// Keeps it and starts the plugin anew with it; one that then does not start says so in `trouble`.
    /// Errors: not_found, invalid (with every problem), conflict.
    virtual Task<Result<ConfiguredPlugin>> configure(PluginConfig fresh, Doer doer) = 0;
};

}  // namespace candour::flow
