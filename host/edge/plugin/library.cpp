#include "edge/plugin/library.hpp"

#include <boost/dll/shared_library.hpp>
#include <mutex>
#include <vector>

#include "candour/border.hpp"

namespace candour::plugin {

namespace dll = boost::dll;

namespace {

using Entry = const cdr_plugin*(std::uint32_t);

/// Reachable for ever, destroyed never.
void keep_for_ever(dll::shared_library library) {
    static auto& mutex = *new std::mutex;
    static auto& kept = *new std::vector<dll::shared_library>;
    const std::lock_guard lock(mutex);
    kept.push_back(std::move(library));
}

Error corrupt(const Manifest& manifest, const std::string& message) {
    return Error{ErrorCode::corrupt, manifest.library.string() + ": " + message};
}

std::string minor_text(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

/// Boost.DLL appends an unrelated errno; only what the dynamic linker said tells the reason.
std::string linker_reason(std::string_view text) {
    constexpr std::string_view mark = "dlerror system message: ";
    const std::size_t from = text.find(mark);
    if (from == std::string_view::npos) return std::string(text);
    text.remove_prefix(from + mark.size());
    return std::string(text.substr(0, text.rfind("): ")));
}

Done check_abi(const Manifest& manifest, const cdr_plugin* found) {
    const cdr_plugin& plugin = *found;
    const std::string ours = minor_text(CDR_ABI_MAJOR, CDR_ABI_MINOR);
    if (plugin.abi_major != CDR_ABI_MAJOR)
        return Error{ErrorCode::unsupported, manifest.library.string() + ": expected plugin ABI " + ours +
                                                 ", found " +
                                                 minor_text(plugin.abi_major, plugin.built_minor) +
                                                 "; install the plugin's build for this host"};
    if (plugin.requires_minor > CDR_ABI_MINOR)
        return Error{ErrorCode::unsupported, manifest.library.string() + ": needs plugin ABI " +
                                                 minor_text(plugin.abi_major, plugin.requires_minor) +
                                                 ", this host offers " + ours + "; update the host"};
    if (!CDR_HAS(found, on_event)) return corrupt(manifest, "its descriptor is shorter than ABI 1.0 says");
    if (!plugin.create || !plugin.destroy || !plugin.query || !plugin.start || !plugin.stop ||
        !plugin.on_event)
        return corrupt(manifest, "its descriptor has an empty slot");
    return done();
}

Done check_identity(const Manifest& manifest, const cdr_plugin& plugin) {
    const std::string id(sdk::from_view(plugin.id)), version(sdk::from_view(plugin.version));
    if (id != manifest.id || version != manifest.version)
        return corrupt(manifest, "expected plugin " + manifest.id + " " + manifest.version +
                                     " as manifest.json says, found " + id + " " + version);
    if ((plugin.threading == CDR_THREADS_PARALLEL) != manifest.parallel)
        return corrupt(manifest, "manifest.json and the library disagree about threading");
    return done();
}

}  // namespace

Result<const cdr_plugin*> open_library(const Manifest& manifest) {
    dll::shared_library library;
    try {
        library =
            dll::shared_library(manifest.library, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    } catch (const std::exception& e) {
        return corrupt(manifest, "cannot be loaded: " + linker_reason(e.what()));
    }
    if (!library.has("candour_plugin_v1")) {
        keep_for_ever(std::move(library));
        return corrupt(manifest,
                       "expected the symbol candour_plugin_v1, found none; is it a Candour plugin?");
    }
    Entry& entry = library.get<Entry>("candour_plugin_v1");
    keep_for_ever(std::move(library));
    const cdr_plugin* plugin = entry(CDR_ABI_MINOR);
    if (!plugin)
        return Error{ErrorCode::unsupported, manifest.library.string() + ": declines to serve this host"};
    if (const Done fits = check_abi(manifest, plugin); !fits) return fits.error();
    if (const Done same = check_identity(manifest, *plugin); !same) return same.error();
    return plugin;
}

}  // namespace candour::plugin
