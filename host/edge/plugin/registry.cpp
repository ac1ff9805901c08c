#include "edge/plugin/registry.hpp"

#include <algorithm>

#include "edge/plugin/mail_bridge.hpp"

namespace candour::plugin {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> roles_of(const Manifest& manifest) {
    std::vector<std::string> roles;
    if (manifest.collector) roles.emplace_back("collector");
    if (!manifest.channels.empty()) roles.emplace_back("deliverer");
    if (!manifest.metrics.empty()) roles.emplace_back("metric");
    if (!manifest.signals.empty()) roles.emplace_back("signal");
    if (!manifest.campaign_kinds.empty()) roles.emplace_back("campaign");
    return roles;
}

}  // namespace

Result<std::set<std::string>> granted(const Manifest& manifest, const Grants& given) {
    std::set<std::string> grants;
    for (const Permission& asked : manifest.permissions) {
        if (!given || given->contains(asked.cap))
            grants.insert(asked.cap);
        else if (!asked.optional)
            return Error{ErrorCode::denied, manifest.id + " needs the grant " + asked.cap + " (" +
                                                asked.reason + "), which this installation does not give"};
    }
    return grants;
}

namespace {

const Route* find_route(const Manifest& manifest, std::string_view id) {
    if (!manifest.collector) return nullptr;
    for (const Route& route : manifest.collector->routes)
        if (route.id == id) return &route;
    return nullptr;
}

bool has_method(const Route& route, std::string_view method) {
    return std::find(route.methods.begin(), route.methods.end(), method) != route.methods.end();
}

std::vector<fs::path> folders_below(const fs::path& root) {
    std::vector<fs::path> folders;
    std::error_code ec;
    for (const fs::directory_entry& entry : fs::directory_iterator(root, ec))
        if (entry.is_directory(ec) && fs::exists(entry.path() / "manifest.json", ec))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

PluginInfo info_of(const Instance& instance) {
    const Manifest& manifest = instance.manifest();
    return {manifest.id,
            manifest.version,
            manifest.name,
            instance.standing(),
            instance.reason(),
            roles_of(manifest),
            {instance.grants().begin(), instance.grants().end()},
            instance.isolation()};
}

}  // namespace

/// Looks the plugin up for each message: what is suspended later defers instead of dangling.
class Registry::ChannelDeliverer final : public flow::Deliverer {
 public:
    ChannelDeliverer(Registry& registry, std::string plugin)
        : registry_(registry), plugin_(std::move(plugin)) {}
    const std::string& plugin() const { return plugin_; }
    void move_to(std::string plugin) { plugin_ = std::move(plugin); }
    flow::Task<flow::Outcome> deliver(flow::Outgoing message, flow::PointOfNoReturn before) override {
        Instance* instance = registry_.find(plugin_);
        if (!instance) co_return flow::Outcome{flow::Fate::deferred, 0, {}, "plugin " + plugin_ + " is gone"};
        flow::Outcome outcome = co_await instance->deliver(std::move(message), std::move(before));
        co_return outcome;
    }

 private:
    Registry& registry_;
    std::string plugin_;
};

Registry::Registry(HostServices services) : services_(std::move(services)) {
    if (!services_.log) services_.log = [](const LogLine&) {};
}

Registry::~Registry() {
    while (!instances_.empty()) instances_.pop_back();
    starting_.clear();
    former_.clear();
}

Instance* Registry::find(std::string_view plugin) const {
    for (const auto& instance : instances_)
        if (instance->manifest().id == plugin) return instance.get();
    return nullptr;
}

Instance* Registry::mail_reader() const {
    for (const auto& instance : instances_) {
        const auto& collector = instance->manifest().collector;
        if (collector && collector->mail && instance->standing() == Standing::running) return instance.get();
    }
    return nullptr;
}

Done Registry::refuse(const std::string& id, Error error, const Manifest* manifest) {
    PluginInfo info{id, {}, {}, Standing::refused, error.message, {}, {}};
    if (manifest) {
        info.version = manifest->version;
        info.name = manifest->name;
        info.roles = roles_of(*manifest);
    }
    services_.log({id, LogLine::Level::error, "refused: " + error.message, {}});
    refused_.push_back(std::move(info));
    return error;
}

flow::Task<Done> Registry::load(fs::path folder, Grants given) {
    Result<Manifest> manifest = read_manifest(folder);
    if (!manifest) co_return refuse(folder.filename().string(), manifest.error());
    const std::string id = manifest->id;
    for (const std::string& warning : manifest->warnings)
        services_.log({id, LogLine::Level::warning, warning, {}});
    if (find(id)) {
        const Error twice{ErrorCode::conflict,
                          folder.string() + ": a plugin with the id " + id + " is loaded already"};
        co_return refuse(id, twice, &*manifest);
    }
    Result<std::set<std::string>> grants = granted(*manifest, given);
    if (!grants) co_return refuse(id, grants.error(), &*manifest);
    instances_.push_back(std::make_unique<Instance>(services_, *std::move(manifest), *std::move(grants)));
    Instance* instance = instances_.back().get();
    const Done opened = co_await instance->open();
    const Standing standing = instance->standing();
    if (!opened && (standing == Standing::refused || standing == Standing::suspended)) co_return opened;
    serve_channels(*instance);  // also of one whose worker begins again
    co_await note_wishes(*instance);
    co_return opened;
}

flow::Task<void> Registry::note_wishes(const Instance& instance) {
    const std::string id = instance.manifest().id;
    std::vector<std::string> kinds = instance.manifest().events;
    const Done noted = co_await services_.state.want_events(id, std::move(kinds));
    if (!noted) services_.log({id, LogLine::Level::warning, "its events: " + noted.error().message, {}});
}

void Registry::serve_channels(const Instance& instance) {
    const std::string& id = instance.manifest().id;
    for (const std::string& channel : instance.manifest().channels) {
        auto& deliverer = deliverers_[channel];
        if (!deliverer) deliverer = std::make_unique<ChannelDeliverer>(*this, id);
        auto& serving = static_cast<ChannelDeliverer&>(*deliverer);
        if (serving.plugin() == id) continue;
        if (find(serving.plugin()) == nullptr)
            serving.move_to(id);  // who had it is gone; somebody may hold the deliverer itself
        else
            services_.log({id,
                           LogLine::Level::warning,
                           "channel " + channel + " is served by another plugin already",
                           {}});
    }
}

flow::Task<std::size_t> Registry::load_all(fs::path root) {
    const std::vector<fs::path> folders = folders_below(root);
    std::size_t running = 0;
    for (const fs::path& folder : folders) {
        const Done loaded = co_await load(folder);
        if (loaded) ++running;
    }
    co_return running;
}

flow::Task<void> Registry::stop_all(std::chrono::milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    for (auto instance = instances_.rbegin(); instance != instances_.rend(); ++instance) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        const std::chrono::milliseconds patience = std::max(left, std::chrono::milliseconds{10});
        Instance& one = **instance;
        const Done closed = co_await one.close(patience);
        if (!closed) services_.log({one.manifest().id, LogLine::Level::error, closed.error().message, {}});
    }
}

flow::Task<Result<flow::Collected>> Registry::collect(flow::CollectRequest request) {
    Instance* instance = find(request.plugin);
    if (!instance) co_return Error{ErrorCode::not_found, "no plugin is called " + request.plugin};
    if (!request.event.empty()) {
        Result<flow::Collected> heard = co_await instance->hear(std::move(request));
        co_return heard;
    }
    const Route* route = find_route(instance->manifest(), request.route);
    if (!route)
        co_return Error{ErrorCode::not_found, "plugin " + request.plugin + " has no route " + request.route};
    if (!has_method(*route, request.method))
        co_return Error{ErrorCode::unsupported,
                        request.plugin + "/" + request.route + " does not take " + request.method};
    Result<flow::Collected> collected = co_await instance->collect(std::move(request));
    co_return collected;
}

/// One that nobody knows is no reason to wait.
bool Registry::serves(const std::string& plugin) const {
    const Instance* instance = find(plugin);
    return instance == nullptr ? !away_.contains(plugin) : instance->standing() == Standing::running;
}

bool Registry::reads_mail() const {
    return mail_reader() != nullptr;
}

flow::Task<Result<flow::Reading>> Registry::read_mail(std::string bytes, std::string sender,
                                                      std::vector<std::string> recipients, int attempt) {
    Instance* instance = mail_reader();
    if (!instance) co_return Error{ErrorCode::unavailable, "no plugin that reads mail is running"};
    std::string envelope = envelope_document(sender, recipients);
    Result<flow::Reading> reading =
        co_await instance->read_mail(std::move(bytes), std::move(envelope), attempt);
    co_return reading;
}

flow::Task<Result<std::string>> Registry::event(std::string plugin, std::string kind,
                                                std::string payload_json) {
    Instance* instance = find(plugin);
    if (!instance) co_return Error{ErrorCode::not_found, "no plugin is called " + plugin};
    if (kind == "timer") co_return Error{ErrorCode::denied, "timer events come from the host's timers only"};
    Result<std::string> reply =
        co_await instance->event(std::move(kind), std::move(payload_json), Binding::bound);
    co_return reply;
}

flow::Task<Result<std::string>> Registry::compose(flow::WordsRequest request) {
    Instance* instance = find(request.plugin);
    if (!instance) co_return Error{ErrorCode::not_found, "no plugin is called " + request.plugin};
    // A plugin that has no words for a reminder asks its question again.
    const auto& kinds = instance->manifest().campaign_kinds;
    if (std::find(kinds.begin(), kinds.end(), request.kind) == kinds.end()) request.kind = "invitation";
    Result<std::string> document = co_await instance->compose(std::move(request));
    co_return document;
}

Result<std::string> Registry::asks_about(const std::string& plugin) const {
    const Instance* instance = find(plugin);
    if (!instance) return Error{ErrorCode::not_found, "plugin: there is no plugin \"" + plugin + "\""};
    const Manifest& manifest = instance->manifest();
    const auto& kinds = manifest.campaign_kinds;
    const bool invites = std::find(kinds.begin(), kinds.end(), "invitation") != kinds.end();
    if (!invites || !manifest.collector || manifest.collector->personal_route.empty())
        return Error{
            ErrorCode::unsupported,
            "plugin: " + plugin + " asks nobody; a plugin that does has the roles campaign and collector"};
    if (instance->standing() != Standing::running)
        return Error{ErrorCode::unavailable,
                     "plugin " + plugin + " is " +
                         std::string(core::name_of(kStandings, instance->standing())) +
                         "; candour plugin list says why"};
    if (manifest.campaign_surveys) return std::string();
    return manifest.campaign_about.empty() ? manifest.id : manifest.campaign_about;
}

Result<RouteMatch> Registry::route(std::string_view plugin, std::string_view method,
                                   std::string_view path) const {
    const Instance* instance = find(plugin);
    bool path_exists = false;
    if (instance && instance->manifest().collector)
        for (const Route& route : instance->manifest().collector->routes) {
            if (route.path.empty()) continue;
            auto params = match_path(route.path, path);
            if (!params) continue;
            path_exists = true;
            if (has_method(route, method)) return RouteMatch{route.id, *std::move(params), route.max_body};
        }
    const std::string where = "/c/" + std::string(plugin) + std::string(path);
    if (path_exists) return Error{ErrorCode::unsupported, where + " does not take " + std::string(method)};
    return Error{ErrorCode::not_found, "no plugin serves " + where};
}

Result<RouteMatch> Registry::personal_route(std::string_view plugin) const {
    const Instance* instance = find(plugin);
    const Route* route =
        instance && instance->manifest().collector
            ? find_route(instance->manifest(), instance->manifest().collector->personal_route)
            : nullptr;
    if (!route)
        return Error{ErrorCode::not_found, "plugin " + std::string(plugin) + " has no personal links"};
    return RouteMatch{route->id, {}, route->max_body};
}

flow::Deliverer* Registry::deliverer(std::string_view channel) {
    const auto found = deliverers_.find(channel);
    return found == deliverers_.end() ? nullptr : found->second.get();
}

std::vector<std::string> Registry::channels() const {
    std::vector<std::string> names;
    for (const auto& [channel, deliverer] : deliverers_) names.push_back(channel);
    return names;
}

std::vector<PluginInfo> Registry::list() const {
    std::vector<PluginInfo> all;
    for (const auto& instance : instances_) all.push_back(info_of(*instance));
    all.insert(all.end(), refused_.begin(), refused_.end());
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return all;
}

}  // namespace candour::plugin
