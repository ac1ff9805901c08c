/// Plugins that come, go and are replaced while the host runs.
#include <algorithm>

#include "edge/plugin/registry.hpp"

namespace candour::plugin {

namespace fs = std::filesystem;

Done Registry::check_clashes(const Manifest& manifest) const {
    const auto clash = [&manifest](const std::string& what, const Instance& with) {
        return Error{ErrorCode::conflict, manifest.id + ": " + what + " belongs to the plugin " +
                                              with.manifest().id + " already; disable that one first"};
    };
    for (const auto& instance : instances_) {
        const Manifest& other = instance->manifest();
        if (other.id == manifest.id || instance->standing() == Standing::stopped) continue;
        if (manifest.collector && manifest.collector->mail && other.collector && other.collector->mail)
            return clash("mail that comes in", *instance);
        for (const std::string& channel : manifest.channels)
            if (std::ranges::find(other.channels, channel) != other.channels.end())
                return clash("the channel " + channel, *instance);
        for (const MetricSpec& metric : manifest.metrics)
            if (std::ranges::find(other.metrics, metric.id, &MetricSpec::id) != other.metrics.end())
                return clash("the metric " + metric.id, *instance);
    }
    return done();
}

flow::Task<Done> Registry::replace(fs::path folder, Grants given) {
    Result<Manifest> manifest = read_manifest(folder);
    if (!manifest) co_return manifest.error();
    const std::string id = manifest->id;
    if (const Done free = check_clashes(*manifest); !free) co_return free.error();
    Result<std::set<std::string>> grants = granted(*manifest, given);
    if (!grants) co_return grants.error();
    auto fresh = std::make_unique<Instance>(services_, *std::move(manifest), *std::move(grants));
    Instance* green = fresh.get();
    starting_.push_back(std::move(fresh));
    const Done opened = co_await green->open();
    const auto begun =
        std::ranges::find_if(starting_, [green](const auto& one) { return one.get() == green; });
    fresh = std::move(*begun);
    starting_.erase(begun);
    if (!opened) {
        former_.push_back(std::move(fresh));  // threads of it may still run
        const Done ended = co_await green->close(green->manifest().limits.stop);  // no worker begins again
        if (!ended) services_.log({id, LogLine::Level::warning, ended.error().message, {}});
        co_return opened;
    }
    // From here on every call goes to the new one; the old one answers what it has begun.
    Instance* blue = find(id);
    const auto place =
        std::ranges::find_if(instances_, [blue](const auto& one) { return one.get() == blue; });
    if (place == instances_.end())
        instances_.push_back(std::move(fresh));
    else
        former_.push_back(std::exchange(*place, std::move(fresh)));
    away_.erase(id);
    serve_channels(*green);
    co_await note_wishes(*green);
    if (blue != nullptr) {
        const Done closed = co_await blue->close(blue->manifest().limits.stop);
        if (!closed) services_.log({id, LogLine::Level::warning, closed.error().message, {}});
    }
    co_return done();
}

void Registry::put_away(std::string plugin) {
    away_.insert(std::move(plugin));
}

flow::Task<Done> Registry::remove(std::string plugin) {
    Instance* leaving = find(plugin);
    if (leaving == nullptr) co_return Error{ErrorCode::not_found, "no plugin is called " + plugin};
    const auto place =
        std::ranges::find_if(instances_, [leaving](const auto& one) { return one.get() == leaving; });
    former_.push_back(std::move(*place));
    instances_.erase(place);
    put_away(plugin);
    const Done closed = co_await leaving->close(leaving->manifest().limits.stop);
    if (!closed) services_.log({plugin, LogLine::Level::warning, closed.error().message, {}});
    co_return done();
}

}  // namespace candour::plugin
