/// Plugins and what operators set for them.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "edge/plugin/registry.hpp"
#include "flow/plugin_state/plugin_config.hpp"

namespace candour::app {

/// Every configuration as it was when this host last read it, for plugins that start.
class KnownConfigs {
 public:
    explicit KnownConfigs(flow::PluginConfigs& store) : store_(store) {}
    flow::Task<Done> read();
    const flow::PluginConfig& of(std::string_view plugin) const;
    std::string document_of(std::string_view plugin) const { return of(plugin).document; }

 private:
    flow::PluginConfigs& store_;
    std::map<std::string, flow::PluginConfig, std::less<>> known_;
};

class PluginDesk final : public flow::PluginDesk {
 public:
    PluginDesk(plugin::Registry& registry, flow::PluginConfigs& store, KnownConfigs& known)
        : registry_(registry), store_(store), known_(known) {}
    flow::Task<Result<flow::ConfiguredPlugin>> show(std::string plugin) override;
    flow::Task<Result<flow::ConfiguredPlugin>> configure(flow::PluginConfig fresh, flow::Doer doer) override;

 private:
    Result<flow::ConfiguredPlugin> view(const std::string& plugin) const;

    plugin::Registry& registry_;
    flow::PluginConfigs& store_;
    KnownConfigs& known_;
};

}  // namespace candour::app
