#include "app/plugin_desk.hpp"

#include "edge/plugin/configuration.hpp"

namespace candour::app {
namespace {

Error unknown_plugin(const std::string& plugin) {
    return Error{ErrorCode::not_found,
                 "there is no plugin \"" + plugin + "\"; candour plugin list shows those that are there"};
}

}  // namespace

flow::Task<Done> KnownConfigs::read() {
    auto reading = store_.all();
    Result<std::vector<flow::PluginConfig>> all = co_await std::move(reading);
    if (!all) co_return all.error();
    known_.clear();
    for (flow::PluginConfig& one : *all) {
        const std::string plugin = one.plugin;
        known_.emplace(plugin, std::move(one));
    }
    co_return done();
}

const flow::PluginConfig& KnownConfigs::of(std::string_view plugin) const {
    static const flow::PluginConfig nothing;
    const auto found = known_.find(plugin);
    return found == known_.end() ? nothing : found->second;
}

Result<flow::ConfiguredPlugin> PluginDesk::view(const std::string& plugin) const {
    const plugin::Manifest* manifest = registry_.manifest_of(plugin);
    if (manifest == nullptr) return unknown_plugin(plugin);
    flow::ConfiguredPlugin shown{known_.of(plugin), manifest->config_schema, manifest->secrets, {}};
    shown.config.plugin = plugin;
    for (const plugin::PluginInfo& info : registry_.list())
        if (info.id == plugin && info.standing != plugin::Standing::running) shown.trouble = info.reason;
    return shown;
}

flow::Task<Result<flow::ConfiguredPlugin>> PluginDesk::show(std::string plugin) {
    // Another host may have set it meanwhile.
    auto reading = known_.read();
    const Done read = co_await std::move(reading);
    if (!read) co_return read.error();
    co_return view(plugin);
}

flow::Task<Result<flow::ConfiguredPlugin>> PluginDesk::configure(flow::PluginConfig fresh, flow::Doer doer) {
    const std::string plugin = fresh.plugin;
    const plugin::Manifest* manifest = registry_.manifest_of(plugin);
    if (manifest == nullptr) co_return unknown_plugin(plugin);
    if (const Done fits = plugin::check_configuration(*manifest, fresh.document); !fits)
        co_return fits.error();
    auto setting = store_.set(std::move(fresh), std::move(doer));
    const Result<flow::PluginConfig> set = co_await std::move(setting);
    if (!set) co_return set.error();
    auto reading = known_.read();
    const Done read = co_await std::move(reading);
    if (!read) co_return read.error();
    auto restarting = registry_.restart(plugin);
    const Done started = co_await std::move(restarting);
    Result<flow::ConfiguredPlugin> shown = view(plugin);
    if (shown && !started) shown->trouble = started.error().message;
    co_return shown;
}

}  // namespace candour::app
