#include "app/plugin_settings.hpp"

#include "edge/plugin/isolation.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;

void read_isolation(Settings& settings, Config& config) {
    settings.text("plugins.isolation", config.plugin_isolation);
    if (!core::value_of(plugin::kModes, config.plugin_isolation))
        settings.problem("plugins.isolation",
                         "expected sandbox, worker or in_process, found \"" + config.plugin_isolation + "\"");
    settings.texts("plugins.trusted", config.trusted_plugins);
    settings.flag("plugins.allow_degraded", config.degraded_plugins);
}

void read_packages(Settings& settings, const fs::path& beside, Config& config) {
    std::string packages = "packages", trust = "trust.d", strangers = "worker-only";
    settings.text("plugins.packages", packages);
    settings.text("plugins.trust", trust);
    settings.text("plugins.unsigned", strangers);
    config.package_folder = (beside / packages).lexically_normal();
    config.trust_folder = (beside / trust).lexically_normal();
    const Result<package::Unsigned> policy = package::unsigned_policy(strangers);
    if (policy)
        config.unsigned_packages = *policy;
    else
        settings.problem("plugins.unsigned", policy.error().message);
}

}  // namespace

void read_plugins(Settings& settings, const fs::path& beside, Config& config) {
    std::string folder;
    settings.text("plugins.folder", folder);
    const fs::path place = folder.empty() ? usual_plugin_folder() : (beside / folder);
    config.plugin_folder = place.lexically_normal();
    if (!folder.empty() && !fs::is_directory(place))
        settings.problem("plugins.folder",
                         "expected a folder, found none at " + config.plugin_folder.string());
    read_packages(settings, beside, config);
    read_isolation(settings, config);
    std::string secrets = "secrets";
    settings.text("plugins.secrets", secrets);
    config.secrets_folder = (beside / secrets).lexically_normal();
    settings.texts("plugins.private_hosts", config.private_hosts);
    for (const std::string& host : config.private_hosts)
        if (host.find(':') == std::string::npos || host.find('/') != std::string::npos)
            settings.problem("plugins.private_hosts",
                             "expected host:port, such as chat.internal.example:443, found \"" + host + "\"");
}

}  // namespace candour::app
