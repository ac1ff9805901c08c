/// flow::PluginState over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/clock.hpp"
#include "flow/plugin_state/plugin_state.hpp"

namespace candour::store {

class PluginState final : public flow::PluginState {
 public:
    PluginState(Database& database, const flow::Clock& clock) : database_(database), clock_(clock) {}

    flow::Task<Result<flow::KvEntry>> get(std::string plugin, std::string key) override;
    flow::Task<Result<std::uint64_t>> put(std::string plugin, std::string key, std::string value,
                                          std::uint64_t expected, std::chrono::seconds ttl) override;
    flow::Task<Done> erase(std::string plugin, std::string key, std::uint64_t expected) override;
    flow::Task<Result<flow::KvPage>> scan(std::string plugin, std::string prefix, std::string after,
                                          int limit) override;
    flow::Task<Done> set_timer(flow::PluginTimer timer) override;
    flow::Task<Done> clear_timer(std::string plugin, std::string id) override;
    flow::Task<Result<std::vector<flow::PluginTimer>>> claim_due_timers(core::Instant now,
                                                                        int limit) override;
    flow::Task<Done> timer_fired(flow::PluginTimer timer) override;
    flow::Task<Done> want_events(std::string plugin, std::vector<std::string> kinds) override;

 private:
    Database& database_;
    const flow::Clock& clock_;
};

}  // namespace candour::store
