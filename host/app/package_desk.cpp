#include "app/package_desk.hpp"

#include <algorithm>

#include "log/log.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

Error not_installed(const std::string& plugin) {
    return Error{ErrorCode::not_found, "no package of the plugin \"" + plugin +
                                           "\" is installed; candour plugin list shows those that are there"};
}

/// "it needs kv (Keeps answers)": what somebody has to grant before it may run.
Done check_grants(const plugin::Manifest& manifest, const std::set<std::string>& grants) {
    std::string missing, caps;
    for (const plugin::Permission& asked : manifest.permissions) {
        if (asked.optional || grants.contains(asked.cap)) continue;
        missing += (missing.empty() ? "" : ", ") + asked.cap + " (" + asked.reason + ")";
        caps += " " + asked.cap;
    }
    if (missing.empty()) return done();
    return Error{ErrorCode::denied, manifest.id + " " + manifest.version +
                                        " needs grants that it does not have: " + missing +
                                        "; candour plugin grant " + manifest.id + caps};
}

std::vector<flow::AskedPermission> asked_by(const plugin::Manifest& manifest,
                                            const std::set<std::string>& grants) {
    std::vector<flow::AskedPermission> asks;
    for (const plugin::Permission& asked : manifest.permissions)
        asks.push_back({asked.cap, asked.reason, asked.optional, grants.contains(asked.cap)});
    return asks;
}

Error being_decided(const std::string& plugin) {
    return Error{ErrorCode::conflict,
                 "plugin " + plugin +
                     ": another decision about it is being carried out; look at it again, then decide"};
}

bool runs_the_same(const flow::Installation& a, const flow::Installation& b) {
    return a.enabled == b.enabled && (!a.enabled || (a.current == b.current && a.grants == b.grants));
}

}  // namespace

/// A trusted signature and the installation's own word are what runs in the host itself.
Done PackageDesk::may_run(const Unpacked& package) const {
    if (package.signer.trusted() || rules_.strangers == package::Unsigned::allow) return done();
    if (registry_.isolation().mode_of(package.manifest) != plugin::Mode::in_process) return done();
    return Error{ErrorCode::denied,
                 package.manifest.id +
                     ": nobody whom we trust signed it, so it may not run inside the host; "
                     "let it run in a worker, or trust its author's key (plugins.trust)"};
}

flow::Task<Result<PackageDesk::Unpacked>> PackageDesk::unpack(std::string digest) {
    auto reading = store_.bytes(digest);
    const Result<std::string> bytes = co_await std::move(reading);
    if (!bytes) co_return bytes.error();
    const Result<package::TrustRoots> roots = package::TrustRoots::read(rules_.trust);
    if (!roots) co_return roots.error();
    const Result<package::Package> package = package::open_package(*bytes, *roots);
    if (!package) co_return package.error();
    if (package->digest != digest)
        co_return Error{ErrorCode::corrupt, "the package " + digest + " was changed in the database"};
    if (const Done admitted = package::admit(*package, rules_.strangers); !admitted)
        co_return admitted.error();
    const package::Shelf shelf(rules_.shelf);
    const Result<fs::path> folder = shelf.put(*package);
    if (!folder) co_return folder.error();
    Result<plugin::Manifest> manifest = shelf.inspect(*package);
    if (!manifest) co_return manifest.error();
    co_return Unpacked{*folder, *std::move(manifest), package->signer};
}

flow::Task<Result<flow::Installation>> PackageDesk::find(std::string plugin) {
    auto reading = store_.installations();
    const Result<std::vector<flow::Installation>> all = co_await std::move(reading);
    if (!all) co_return all.error();
    const auto found = std::ranges::find(*all, plugin, &flow::Installation::plugin);
    if (found == all->end()) co_return not_installed(plugin);
    co_return *found;
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::install(std::string bytes, flow::Doer by) {
    const Result<package::TrustRoots> roots = package::TrustRoots::read(rules_.trust);
    if (!roots) co_return roots.error();
    const Result<package::Package> package = package::open_package(bytes, *roots);
    if (!package) co_return package.error();
    if (const Done admitted = package::admit(*package, rules_.strangers); !admitted)
        co_return admitted.error();
    const Result<plugin::Manifest> manifest = package::Shelf(rules_.shelf).inspect(*package);
    if (!manifest) co_return manifest.error();
    if (fs::exists(rules_.own_plugins / manifest->id / "manifest.json"))
        co_return Error{ErrorCode::conflict,
                        "the plugin " + manifest->id + " came with this host and is updated with it"};
    auto keeping = store_.keep({package->digest, manifest->id, manifest->version, package->signer.name,
                                package->signer.fingerprint, by.id, clock_.now()},
                               std::move(bytes));
    const Done kept = co_await std::move(keeping);
    if (!kept) co_return kept.error();
    auto finding = find(manifest->id);
    Result<flow::Installation> known = co_await std::move(finding);
    if (!known && known.error().code != ErrorCode::not_found) co_return known.error();
    flow::Installation wish = known ? *known : flow::Installation{};
    wish.plugin = manifest->id;
    wish.offered = wish.current == package->digest ? "" : package->digest;
    wish.changed_by = by.id;
    wish.changed_at = clock_.now();
    auto deciding = store_.decide(std::move(wish), std::move(by), "plugin_changed");
    const Result<flow::Installation> decided = co_await std::move(deciding);
    if (!decided) co_return decided.error();
    auto viewing = view(*decided);
    Result<flow::InstalledPlugin> seen = co_await std::move(viewing);
    co_return seen;
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::show(std::string plugin) {
    auto finding = find(std::move(plugin));
    Result<flow::Installation> known = co_await std::move(finding);
    if (!known) co_return known.error();
    auto viewing = view(*std::move(known));
    Result<flow::InstalledPlugin> seen = co_await std::move(viewing);
    co_return seen;
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::enable(std::string plugin, flow::Doer by) {
    auto finding = find(std::move(plugin));
    Result<flow::Installation> known = co_await std::move(finding);
    if (!known) co_return known.error();
    flow::Installation wish = *known;
    wish.enabled = true;
    if (!wish.offered.empty()) {
        wish.previous = wish.current;
        wish.current = std::exchange(wish.offered, "");
    }
    auto deciding = decide(std::move(wish), std::move(by), "plugin_enabled");
    Result<flow::InstalledPlugin> decided = co_await std::move(deciding);
    co_return decided;
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::disable(std::string plugin, flow::Doer by) {
    auto finding = find(std::move(plugin));
    Result<flow::Installation> known = co_await std::move(finding);
    if (!known) co_return known.error();
    flow::Installation wish = *known;
    wish.enabled = false;
    auto deciding = decide(std::move(wish), std::move(by), "plugin_disabled");
    Result<flow::InstalledPlugin> decided = co_await std::move(deciding);
    co_return decided;
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::roll_back(std::string plugin, flow::Doer by) {
    auto finding = find(plugin);
    Result<flow::Installation> known = co_await std::move(finding);
    if (!known) co_return known.error();
    if (known->previous.empty())
        co_return Error{ErrorCode::not_found, "plugin " + plugin + ": no version ran before this one"};
    flow::Installation wish = *known;
    wish.enabled = true;
    std::swap(wish.current, wish.previous);
    auto deciding = decide(std::move(wish), std::move(by), "plugin_rolled_back");
    Result<flow::InstalledPlugin> decided = co_await std::move(deciding);
    co_return decided;
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::grant(std::string plugin,
                                                             std::vector<std::string> give,
                                                             std::vector<std::string> take, flow::Doer by) {
    auto finding = find(std::move(plugin));
    Result<flow::Installation> known = co_await std::move(finding);
    if (!known) co_return known.error();
    flow::Installation wish = *known;
    auto unpacking = unpack(wish.offered.empty() ? wish.current : wish.offered);
    const Result<Unpacked> package = co_await std::move(unpacking);
    if (!package) co_return package.error();
    for (const std::string& cap : give) {
        const auto& asked = package->manifest.permissions;
        if (std::ranges::find(asked, cap, &plugin::Permission::cap) == asked.end())
            co_return Error{ErrorCode::invalid,
                            "grant: " + wish.plugin + " does not ask for \"" + cap + "\""};
        wish.grants.insert(cap);
    }
    for (const std::string& cap : take)
        if (wish.grants.erase(cap) == 0)
            co_return Error{ErrorCode::invalid, "revoke: " + wish.plugin + " does not have \"" + cap + "\""};
    auto deciding = decide(std::move(wish), std::move(by), "plugin_granted");
    Result<flow::InstalledPlugin> decided = co_await std::move(deciding);
    co_return decided;
}

PackageDesk::Turn::Turn(std::set<std::string>& taken, std::string plugin)
    : taken_(taken), plugin_(std::move(plugin)), ours_(taken_.insert(plugin_).second) {}

PackageDesk::Turn::~Turn() {
    if (ours_) taken_.erase(plugin_);
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::decide(Wish wish, flow::Doer by, std::string act) {
    const Turn turn(deciding_, wish.plugin);
    if (!turn.ours()) co_return being_decided(wish.plugin);
    auto running = apply(wish);
    const Done runs = co_await std::move(running);
    if (!runs) co_return runs.error();
    wish.changed_by = by.id;
    wish.changed_at = clock_.now();
    auto deciding = store_.decide(std::move(wish), std::move(by), std::move(act));
    const Result<flow::Installation> decided = co_await std::move(deciding);
    if (!decided) co_return decided.error();  // what another host decided is followed soon
    if (const auto known = applied_.find(decided->plugin); known != applied_.end()) known->second = *decided;
    auto viewing = view(*decided);
    Result<flow::InstalledPlugin> seen = co_await std::move(viewing);
    co_return seen;
}

flow::Task<Done> PackageDesk::run(Wish wish) {
    auto unpacking = unpack(wish.current);
    const Result<Unpacked> package = co_await std::move(unpacking);
    if (!package) co_return package.error();
    if (const Done granted = check_grants(package->manifest, wish.grants); !granted)
        co_return granted.error();
    if (const Done allowed = may_run(*package); !allowed) co_return allowed.error();
    auto replacing = registry_.replace(package->folder, wish.grants);
    const Done replaced = co_await std::move(replacing);
    if (!replaced) co_return replaced.error();
    started_();
    co_return done();
}

flow::Task<Done> PackageDesk::apply(Wish wish) {
    const auto before = applied_.find(wish.plugin);
    if (before != applied_.end() ? runs_the_same(before->second, wish) : !wish.enabled) co_return done();
    if (wish.enabled) {
        auto running = run(wish);
        const Done runs = co_await std::move(running);
        if (!runs) co_return runs.error();
    } else {
        auto removing = registry_.remove(wish.plugin);
        const Done removed = co_await std::move(removing);
        if (!removed) log::warn("plugin {}: {}", wish.plugin, removed.error().message);
    }
    applied_[wish.plugin] = std::move(wish);
    co_return done();
}

flow::Task<Result<flow::InstalledPlugin>> PackageDesk::view(flow::Installation installation) {
    auto reading = store_.packages();
    Result<std::vector<flow::StoredPackage>> all = co_await std::move(reading);
    if (!all) co_return all.error();
    flow::InstalledPlugin seen;
    for (flow::StoredPackage& package : *all)
        if (package.plugin == installation.plugin) seen.packages.push_back(std::move(package));
    auto unpacking = unpack(installation.offered.empty() ? installation.current : installation.offered);
    const Result<Unpacked> package = co_await std::move(unpacking);
    seen.state = installation.enabled ? "refused" : "disabled";
    if (package) {
        seen.name = package->manifest.name;
        seen.asks = asked_by(package->manifest, installation.grants);
    } else {
        seen.reason = package.error().message;
    }
    for (const plugin::PluginInfo& info : registry_.list())
        if (info.id == installation.plugin && installation.enabled) {
            seen.state = core::name_of(plugin::kStandings, info.standing);
            seen.reason = info.reason;
            seen.isolation = info.isolation;
        }
    seen.installation = std::move(installation);
    co_return seen;
}

flow::Task<int> PackageDesk::catch_up() {
    auto reading = store_.installations();
    const Result<std::vector<flow::Installation>> all = co_await std::move(reading);
    int changed = 0;
    if (!all) log::warn("plugins: what is installed cannot be read: {}", all.error().message);
    for (const flow::Installation& wish : all ? *all : std::vector<flow::Installation>()) {
        // What somebody decides here meanwhile is newer than what was read.
        const Turn turn(deciding_, wish.plugin);
        const auto before = applied_.find(wish.plugin);
        if (!turn.ours() || (before != applied_.end() && before->second.version > wish.version)) continue;
        if (before == applied_.end() && !wish.enabled) registry_.put_away(wish.plugin);
        if (before != applied_.end() ? runs_the_same(before->second, wish) : !wish.enabled) continue;
        auto applying = apply(wish);
        const Done applied = co_await std::move(applying);
        if (!applied) log::error("plugin {} does not run: {}", wish.plugin, applied.error().message);
        if (!applied)
            applied_[wish.plugin] = wish;  // said once; it is tried again when somebody decides anew
        ++changed;
    }
    co_return changed;
}

flow::Task<void> PackageDesk::follow() {
    for (;;) {
        auto waiting = clock_.wait_until(clock_.now() + 10s);
        co_await std::move(waiting);
        auto catching = catch_up();
        co_await std::move(catching);
    }
}

}  // namespace candour::app
