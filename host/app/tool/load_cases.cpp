#include <dlfcn.h>

#include <chrono>
#include <filesystem>

#include "app/tool/exercise.hpp"
#include "app/tool/footprint.hpp"

namespace candour::app::tool {
namespace {

namespace fs = std::filesystem;
using Entry = const cdr_plugin*(std::uint32_t);

Verdict now(const Subject& subject) {
    void* library = dlopen(subject.manifest.library.c_str(), RTLD_NOW | RTLD_LOCAL);
    return library ? passed() : failed(dlerror());
}

Verdict identity(const Subject& subject) {
    const Result<const cdr_plugin*> plugin = load(subject);
    return plugin ? passed("ABI 1." + std::to_string((*plugin)->requires_minor) + " or newer")
                  : failed(plugin.error().message);
}

Verdict entry(const Subject& subject) {
    void* library = dlopen(subject.manifest.library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) return failed(dlerror());
    auto* ask = reinterpret_cast<Entry*>(dlsym(library, "candour_plugin_v1"));
    if (!ask) return failed("expected the function candour_plugin_v1, found none");
    const cdr_plugin* first = ask(CDR_ABI_MINOR);
    if (!first) return failed("it declines to serve this host");
    for (std::uint32_t minor = first->requires_minor; minor <= CDR_ABI_MINOR + 50; ++minor)
        if (ask(minor) != first)
            return failed("expected the same struct for every host, found another one for 1." +
                          std::to_string(minor));
    return passed();
}

Verdict quick(const Subject& subject) {
    const auto began = std::chrono::steady_clock::now();
    const Result<const cdr_plugin*> plugin = load(subject);
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    if (!plugin) return failed(plugin.error().message);
    const std::string found = std::to_string(took.count()) + " ms";
    // A host scans all its plugins when it starts; a busy machine is forgiven three times the goal of 100 ms.
    return took <= std::chrono::milliseconds(300) ? passed(found)
                                                  : failed("expected at most 100 ms, found " + found);
}

Verdict quiet(const Subject& subject) {
    const std::size_t threads = count_in("/proc/self/task"), files = count_in("/proc/self/fd");
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    if (count_in("/proc/self/task") != threads)
        return failed("loading it starts a thread; begin that in start");
    if (count_in("/proc/self/fd") != files) return failed("loading it leaves a file open");
    return passed();
}

template <class Table>
bool serves(const Instance& instance, const char* id, std::string& missing) {
    const Table* table = instance.role<Table>(id);
    if (table && table->struct_size >= 8) return true;
    missing = std::string(id) + (table ? ": its struct_size is too small" : ": query gives nothing");
    return false;
}

Verdict roles(const Subject& subject) {
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    Bench bench(subject);
    Instance instance(*plugin, subject, bench.host.raw(), bench.host);
    if (const Answer created = instance.create(); created.status != CDR_OK)
        return failed("create: " + created.text);
    const plugin::Manifest& manifest = subject.manifest;
    std::string missing;
    const bool all =
        (!manifest.collector || serves<cdr_collector>(instance, CDR_ROLE_COLLECTOR, missing)) &&
        (manifest.channels.empty() || serves<cdr_deliverer>(instance, CDR_ROLE_DELIVERER, missing)) &&
        (manifest.metrics.empty() || serves<cdr_metric>(instance, CDR_ROLE_METRIC, missing)) &&
        (manifest.signals.empty() || serves<cdr_signal>(instance, CDR_ROLE_SIGNAL, missing)) &&
        (manifest.campaign_kinds.empty() || serves<cdr_campaign>(instance, CDR_ROLE_CAMPAIGN, missing));
    return all ? passed() : failed("the manifest names a role that the library does not serve: " + missing);
}

}  // namespace

std::vector<Case> load_cases() {
    return {
        {"load.now", 1, "every symbol is found when it is loaded", now},
        {"load.identity", 1, "the library is the plugin that the manifest describes", identity},
        {"load.entry", 1, "its entry gives the same struct to every host that is new enough", entry},
        {"load.quick", 1, "it loads quickly", quick},
        {"load.quiet", 1, "loading it starts no thread and opens no file", quiet},
        {"load.roles", 1, "it serves the roles that the manifest names", roles},
    };
}

}  // namespace candour::app::tool
