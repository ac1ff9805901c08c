#include "app/isolation.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;

/// Beside the program, as it is built, or where cmake --install puts it.
fs::path worker_program() {
    std::error_code unknown;
    const fs::path here = fs::read_symlink("/proc/self/exe", unknown).parent_path();
    const fs::path installed = (here / "../lib/candour/candour-worker").lexically_normal();
    return fs::exists(installed, unknown) ? installed : here / "candour-worker";
}

}  // namespace

plugin::Isolation isolation_of(const Config& config, const std::string& mode) {
    plugin::Isolation rules;
    rules.program = worker_program();
    rules.allow_degraded = config.degraded_plugins;
    rules.usual = core::value_of(plugin::kModes, mode.empty() ? config.plugin_isolation : mode)
                      .value_or(plugin::Mode::sandbox);
    if (!mode.empty()) return rules;
    rules.own_folder = usual_plugin_folder().lexically_normal();
    rules.trusted.insert(config.trusted_plugins.begin(), config.trusted_plugins.end());
    return rules;
}

}  // namespace candour::app
