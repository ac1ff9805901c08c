#include "edge/store/plugin_configs.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

using Configs = std::vector<flow::PluginConfig>;

Result<Configs> select_all(Session& session) {
    flow::PluginConfig one;
    long long version = 0, at = 0;
    Call call = session.call(sql::plugin_config::all);
    call.into(one.plugin).into(one.document).into(version).into(one.set_by).into(at);
    Configs all;
    while (call.next()) {
        one.version = version;
        one.set_at = core::from_us(at);
        all.push_back(one);
    }
    return all;
}

Result<flow::PluginConfig> write(Session& session, flow::PluginConfig fresh) {
    Call call = session.call(fresh.version == 0 ? sql::plugin_config::add : sql::plugin_config::change);
    call.with("plugin", fresh.plugin).with("document", fresh.document).with("set_by", fresh.set_by);
    call.with("set_at", fresh.set_at);
    if (fresh.version != 0) call.with("seen", fresh.version);
    if (call.run() == 0)
        return Error{ErrorCode::conflict, "configuration of " + fresh.plugin + ": expected version " +
                                              std::to_string(fresh.version) +
                                              ", found another: look at it again, then decide"};
    ++fresh.version;
    return fresh;
}

}  // namespace

flow::Task<Result<Configs>> PluginConfigs::all() {
    return database_.read<Configs>([](Session& session) { return select_all(session); });
}

flow::Task<Result<flow::PluginConfig>> PluginConfigs::set(flow::PluginConfig fresh) {
    return database_.write<flow::PluginConfig>(
        [fresh = std::move(fresh)](Session& session) { return write(session, fresh); });
}

}  // namespace candour::store
