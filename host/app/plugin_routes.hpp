/// The registry's routes and standings in flow's words.
#pragma once
#include "edge/plugin/registry.hpp"
#include "flow/ingest/collector_routes.hpp"

namespace candour::app {

class PluginRoutes final : public flow::CollectorRoutes {
 public:
    explicit PluginRoutes(const plugin::Registry& registry) : registry_(registry) {}
    Result<flow::CollectorRoute> route(std::string_view plugin, std::string_view method,
                                       std::string_view path) const override;
    Result<flow::CollectorRoute> personal_route(std::string_view plugin) const override;
    std::vector<flow::PluginStanding> plugins() const override;

 private:
    const plugin::Registry& registry_;
};

}  // namespace candour::app
