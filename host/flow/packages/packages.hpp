/// Plugins that were installed: their packages, and what this installation decided about each plugin.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// A package as it came, without its bytes.
struct StoredPackage {
    std::string digest;
    std::string plugin;
    std::string version;
    std::string signer;      ///< empty: nobody whom we trusted then
    std::string signer_key;  ///< fingerprint; empty: it is not signed
    std::string installed_by;
    core::Instant installed_at;
};

/// What was decided about one plugin. Digests that are empty name nothing.
struct Installation {
    std::string plugin;
    std::string current;   ///< runs when it is enabled
    std::string previous;  ///< ran before it
    std::string offered;   ///< installed, not yet enabled
    bool enabled = false;
    std::set<std::string> grants;
    std::int64_t version = 0;  ///< 0: not yet kept
    std::string changed_by;
    core::Instant changed_at;
};

class Packages {
 public:
    virtual ~Packages() = default;
    /// The same package once more changes nothing.
    virtual Task<Done> keep(StoredPackage package, std::string bytes) = 0;
    /// Errors: not_found.
    virtual Task<Result<std::string>> bytes(std::string digest) = 0;
    virtual Task<Result<std::vector<StoredPackage>>> packages() = 0;
    virtual Task<Result<std::vector<Installation>>> installations() = 0;
    /// `fresh.version` is the one that was seen; it goes up by one. `act` is what the audit log calls it.
    /// Errors: conflict (somebody was faster).
    virtual Task<Result<Installation>> decide(Installation fresh, Doer by, std::string act) = 0;
};

struct AskedPermission {
    std::string cap;
    std::string reason;
    bool optional = false;
    bool granted = false;
};

/// A plugin as operators see it.
struct InstalledPlugin {
    Installation installation;
    std::vector<StoredPackage> packages;  ///< oldest first
    std::string name;
    std::vector<AskedPermission> asks;  ///< of what is offered, else of what is current
    std::string state;                  ///< running, suspended, …; disabled when it is not to run
    std::string reason;
    std::string isolation;
};

/// What operators do with packages.
class PackageDesk {
 public:
    virtual ~PackageDesk() = default;
    /// Errors: corrupt, invalid, unsupported (of the package); denied (nobody whom we trust signed it);
    /// conflict (a plugin of that name came with the host).
    virtual Task<Result<InstalledPlugin>> install(std::string bytes, Doer by) = 0;
    /// Errors: not_found, for each of these.
    virtual Task<Result<InstalledPlugin>> show(std::string plugin) = 0;
    /// What is offered, else what is current, runs from now on; no job is lost. Errors: denied (it needs a
    /// grant that it does not have), conflict (another plugin does the same), what keeps it from starting.
    /// Then nothing changes.
    virtual Task<Result<InstalledPlugin>> enable(std::string plugin, Doer by) = 0;
    virtual Task<Result<InstalledPlugin>> disable(std::string plugin, Doer by) = 0;
    /// What ran before runs again. Errors: not_found (nothing did), and those of enable.
    virtual Task<Result<InstalledPlugin>> roll_back(std::string plugin, Doer by) = 0;
    /// Errors: invalid (it does not ask for that), and those of enable when it runs.
    virtual Task<Result<InstalledPlugin>> grant(std::string plugin, std::vector<std::string> give,
                                                std::vector<std::string> take, Doer by) = 0;
};

}  // namespace candour::flow
