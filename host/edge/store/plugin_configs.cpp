#include "edge/store/plugin_configs.hpp"

#include "candour_queries.hpp"
#include "edge/json/hidden.hpp"
#include "edge/store/audit.hpp"

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

std::string document_before(Session& session, const std::string& plugin) {
    const Result<Configs> all = select_all(session);
    for (const flow::PluginConfig& one : *all)
        if (one.plugin == plugin) return json::without_secrets(one.document);
    return {};
}

Result<flow::PluginConfig> write_config(Session& session, flow::PluginConfig fresh, const flow::Doer& doer) {
    const std::string before = document_before(session, fresh.plugin);
    Call call = session.call(fresh.version == 0 ? sql::plugin_config::add : sql::plugin_config::change);
    call.with("plugin", fresh.plugin).with("document", fresh.document).with("set_by", fresh.set_by);
    call.with("set_at", fresh.set_at);
    if (fresh.version != 0) call.with("seen", fresh.version);
    if (call.run() == 0)
        return Error{ErrorCode::conflict, "configuration of " + fresh.plugin + ": expected version " +
                                              std::to_string(fresh.version) +
                                              ", found another: look at it again, then decide"};
    write_down(session,
               {doer, "plugin_configured", fresh.plugin, before, json::without_secrets(fresh.document)},
               fresh.set_at);
    ++fresh.version;
    return fresh;
}

}  // namespace

flow::Task<Result<Configs>> PluginConfigs::all() {
    return database_.read<Configs>([](Session& session) { return select_all(session); });
}

flow::Task<Result<flow::PluginConfig>> PluginConfigs::set(flow::PluginConfig fresh, flow::Doer doer) {
    return database_.write<flow::PluginConfig>(
        [fresh = std::move(fresh), doer = std::move(doer)](Session& session) {
            return write_config(session, fresh, doer);
        });
}

}  // namespace candour::store
