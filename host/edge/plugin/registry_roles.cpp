/// Imports and signals of all running plugins, and starting one anew.
#include <algorithm>
#include <utility>

#include "edge/plugin/registry.hpp"

namespace candour::plugin {

namespace {

/// What keeps a signal from being evaluated; empty: nothing.
std::string trouble_of(const Instance& instance, const SignalSpec& signal) {
    const std::string& id = instance.manifest().id;
    if (instance.standing() != Standing::running)
        return "plugin " + id + " is " + std::string(core::name_of(kStandings, instance.standing())) +
               (instance.reason().empty() ? "" : ": " + instance.reason());
    for (const std::string& input : signal.inputs)
        if (input != "contacts" && !instance.grants().contains("data:" + input))
            return "plugin " + id + " holds no grant data:" + input;
    return {};
}

}  // namespace

flow::Task<Result<flow::ImportedPiece>> Registry::import_piece(std::string plugin, flow::ImportPiece piece) {
    Instance* instance = find(plugin);
    if (instance == nullptr) co_return Error{ErrorCode::not_found, "no plugin is called " + plugin};
    const auto& collector = instance->manifest().collector;
    const auto is_it = [&piece](const ImportFormat& format) { return format.id == piece.import; };
    if (!collector || std::ranges::none_of(collector->imports, is_it))
        co_return Error{ErrorCode::not_found, "plugin " + plugin + " imports no \"" + piece.import + "\""};
    Result<flow::ImportedPiece> imported = co_await instance->import_piece(std::move(piece));
    co_return imported;
}

std::vector<flow::SignalInfo> Registry::signals() const {
    std::vector<flow::SignalInfo> all;
    for (const auto& instance : instances_)
        for (const SignalSpec& signal : instance->manifest().signals) {
            const auto same = [&signal](const flow::SignalInfo& other) { return other.id == signal.id; };
            if (std::ranges::any_of(all, same)) continue;
            all.push_back({signal.id, instance->manifest().id, signal.name, signal.inputs,
                           trouble_of(*instance, signal)});
        }
    return all;
}

flow::Task<Result<std::vector<flow::Finding>>> Registry::evaluate(std::string signal,
                                                                  flow::AccountSnapshot snapshot) {
    for (const flow::SignalInfo& info : signals()) {
        if (info.id != signal) continue;
        if (!info.trouble.empty()) co_return Error{ErrorCode::unavailable, info.trouble};
        Result<std::vector<flow::Finding>> findings =
            co_await find(info.plugin)->evaluate(std::move(signal), std::move(snapshot));
        co_return findings;
    }
    co_return Error{ErrorCode::not_found, "no signal is called " + signal};
}

const Manifest* Registry::manifest_of(std::string_view plugin) const {
    const Instance* instance = find(plugin);
    return instance == nullptr ? nullptr : &instance->manifest();
}

flow::Task<Done> Registry::restart(std::string plugin) {
    Instance* old = find(plugin);
    if (old == nullptr) co_return Error{ErrorCode::not_found, "no plugin is called " + plugin};
    Result<Manifest> manifest = read_manifest(old->manifest().library.parent_path());
    if (!manifest) co_return manifest.error();
    const std::set<std::string> grants = old->grants();
    const Done closed = co_await old->close(old->manifest().limits.stop);
    if (!closed) services_.log({plugin, LogLine::Level::error, closed.error().message, {}});
    auto fresh = std::make_unique<Instance>(services_, *std::move(manifest), grants);
    const auto place = std::ranges::find_if(instances_, [old](const auto& one) { return one.get() == old; });
    if (place == instances_.end())
        co_return Error{ErrorCode::conflict, "plugin " + plugin + " was started anew by somebody else"};
    Instance* starting = fresh.get();
    former_.push_back(std::exchange(*place, std::move(fresh)));
    Done opened = co_await starting->open();
    co_return opened;
}

}  // namespace candour::plugin
