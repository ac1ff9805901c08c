/// flow::PluginConfigs over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/plugin_state/plugin_config.hpp"

namespace candour::store {

class PluginConfigs final : public flow::PluginConfigs {
 public:
    explicit PluginConfigs(Database& database) : database_(database) {}
    flow::Task<Result<std::vector<flow::PluginConfig>>> all() override;
    flow::Task<Result<flow::PluginConfig>> set(flow::PluginConfig fresh, flow::Doer doer) override;

 private:
    Database& database_;
};

}  // namespace candour::store
