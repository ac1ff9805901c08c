#include "app/plugin_routes.hpp"

namespace candour::app {
namespace {

Result<flow::CollectorRoute> in_flows_words(Result<plugin::RouteMatch> match) {
    if (!match) return match.error();
    return flow::CollectorRoute{std::move(match->route), std::move(match->params), match->max_body};
}

}  // namespace

Result<flow::CollectorRoute> PluginRoutes::route(std::string_view plugin, std::string_view method,
                                                 std::string_view path) const {
    return in_flows_words(registry_.route(plugin, method, path));
}

Result<flow::CollectorRoute> PluginRoutes::personal_route(std::string_view plugin) const {
    return in_flows_words(registry_.personal_route(plugin));
}

std::vector<flow::PluginStanding> PluginRoutes::plugins() const {
    std::vector<flow::PluginStanding> all;
    for (const plugin::PluginInfo& info : registry_.list())
        all.push_back({info.id, info.version, info.name,
                       std::string(core::name_of(plugin::kStandings, info.standing)), info.reason, info.roles,
                       info.grants, info.isolation});
    return all;
}

}  // namespace candour::app
