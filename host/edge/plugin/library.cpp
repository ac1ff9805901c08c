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

/// Boost.DLL appends an unrelated errno; only what the dynamic linker said tells the reason.
std::string linker_reason(std::string_view text) {
    constexpr std::string_view mark = "dlerror system message: ";
    const std::size_t from = text.find(mark);
    if (from == std::string_view::npos) return std::string(text);
    text.remove_prefix(from + mark.size());
    return std::string(text.substr(0, text.rfind("): ")));
}

}  // namespace

remote::Expected expected_of(const Manifest& manifest) {
    return {manifest.library.string(), manifest.id, manifest.version, manifest.parallel};
}

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
    if (const Done fits = remote::check_descriptor(expected_of(manifest), plugin); !fits) return fits.error();
    return plugin;
}

}  // namespace candour::plugin
