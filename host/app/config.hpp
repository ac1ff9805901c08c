/// The host's configuration: one TOML file, overridden by the environment. Secrets come from files or the
/// environment and are never logged.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/limits.hpp"
#include "candour/result.hpp"
#include "core/campaign/audience.hpp"
#include "core/policies.hpp"
#include "edge/http/oidc/provider.hpp"
#include "edge/http/tls.hpp"
#include "edge/mail/intake/config.hpp"
#include "edge/mail/submission.hpp"
#include "edge/mail/submission/config.hpp"
#include "edge/package/trust.hpp"

namespace candour::app {

struct Config {
    std::filesystem::path file;  ///< where it was read from
    std::string database;        ///< sqlite:PATH or postgresql://…
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::optional<http::TlsFiles> tls;     ///< the host speaks TLS itself
    std::chrono::days hsts{365};           ///< so long browsers come by TLS alone; 0: they are not told
    std::vector<std::string> server_keys;  ///< newest last; sign every link we give away
    core::Policies policies;
    std::filesystem::path plugin_folder;
    std::string plugin_isolation = "sandbox";  ///< of plugins that did not come with the host
    std::vector<std::string> trusted_plugins;  ///< ids of those that run in the host all the same
    bool degraded_plugins = false;             ///< a sandbox may lack what the kernel does not offer
    std::filesystem::path secrets_folder;      ///< one file per secret that a plugin's configuration names
    std::filesystem::path package_folder;      ///< where packages are unpacked
    std::filesystem::path trust_folder;        ///< public keys of whose packages we take
    package::Unsigned unsigned_packages = package::Unsigned::worker_only;
    std::vector<std::string> private_hosts;  ///< host:port that plugins may reach though they are not public
    bool has_submission = false;             ///< [mail] has a relay
    mail::SubmissionConfig submission;
    std::string mail_from_name;
    std::string mail_from;                     ///< address of closing messages; empty: no mail leaves
    std::optional<mail::IntakeConfig> intake;  ///< where mail comes in
    std::string intake_address;  ///< what customers answer to; empty: nothing comes back to its item
    std::chrono::days rest = core::kRest;  ///< between two questions to the same person
    std::int64_t per_account_per_day = 0;  ///< so many people of an account are asked on one day; 0: no limit
    Limits limits;
    http::OidcSettings oidc;  ///< whose people may sign in; without an issuer: nobody's
    bool test = false;        ///< allows --test-clock

    bool on_loopback() const;
    /// http://127.0.0.1:8080, https with a certificate: where this host itself listens, whatever the outside
    /// calls it.
    std::string own_url() const;
};

/// One thing that is wrong with the configuration.
struct ConfigProblem {
    int line = 0;      ///< 0: not in the file (environment, or something is missing)
    std::string what;  ///< what was expected, what was found, what to do
};

/// Everything that is wrong, at once; empty when the configuration can be used.
struct ReadConfig {
    Config config;
    std::vector<ConfigProblem> problems;
};

/// What the command line says instead of the file and the environment.
struct ConfigOverrides {
    std::optional<std::string> database;
    std::optional<std::uint16_t> port;
};

/// Reads FILE and the environment (CANDOUR_DATABASE, CANDOUR_LISTEN, CANDOUR_PUBLIC_URL, CANDOUR_SERVER_KEYS,
/// CANDOUR_SMTP_SECRET). Relative paths in the file start at the file's own folder.
ReadConfig read_config(const std::filesystem::path& file, const ConfigOverrides& overrides = {});

/// Where plugins are when no configuration names a folder: beside the folder of this program.
std::filesystem::path usual_plugin_folder();

/// Every key the file may have, as `section.key`.
std::vector<std::string> config_keys();

}  // namespace candour::app
