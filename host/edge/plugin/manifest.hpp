/// manifest.json: what a plugin is, says and asks for, read without loading any of its code.
#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::plugin {

struct Route {
    std::string id;
    std::vector<std::string> methods;  ///< GET, POST
    std::string path;                  ///< below /c/<plugin>, e.g. "/{survey}"; empty: personal links only
    std::size_t max_body = 64 * 1024;  ///< the longest verbatim in the widest encoding, three times over
};

/// A kind of file that the collector reads in.
struct ImportFormat {
    std::string id;
    std::string name;
};

struct CollectorRole {
    std::vector<Route> routes;
    std::string personal_route;  ///< id of the route behind /s/<token>; empty: no personal links
    bool mail = false;           ///< reads mail
    std::vector<ImportFormat> imports;
};

/// One signal of the role: what it watches at each account.
struct SignalSpec {
    std::string id;
    std::string name;
    std::vector<std::string> inputs;  ///< views
};

/// One metric of the role; abi.h says what the plugin's functions do with it.
struct MetricSpec {
    std::string id;
    std::string name;
    std::string unit;
    std::optional<std::pair<double, double>> range;  ///< of the value and its interval
    std::vector<std::string> inputs;                 ///< views, in the order of the rows' first cell
    std::size_t width = 0;                           ///< cells of a contact's state; 0: it counts items
    std::string tallies;                             ///< then: the counters that it reads
    std::int64_t state_version = 1;
    std::string definition_version;
    std::vector<std::string> also_as_of;  ///< quarter_start, previous_quarter_start, year_before
};

struct Permission {
    std::string cap;
    std::string reason;
    bool optional = false;
};

struct Limits {
    std::chrono::milliseconds call{5'000};
    std::chrono::milliseconds start{10'000};
    std::chrono::milliseconds stop{10'000};
    /// Bytes of addresses in the sandbox, not of pages: enough for the largest mail and a batch of rows, too
    /// little to hurt the host.
    std::uint64_t memory = 2ULL << 30U;
};

struct Manifest {
    std::string id;
    std::string version;
    std::string name;
    std::filesystem::path library;  ///< absolute, beside the manifest
    std::uint32_t abi_major = 1;
    std::uint32_t requires_minor = 0;
    std::optional<CollectorRole> collector;
    std::vector<std::string> channels;  ///< of the deliverer role
    std::vector<MetricSpec> metrics;
    std::vector<SignalSpec> signals;
    std::vector<std::string> campaign_kinds;  ///< invitation, reminder; empty: no campaign role
    std::string campaign_about;               ///< what a campaign asks when nobody says what
    bool campaign_surveys = false;            ///< each campaign names what it asks
    std::vector<std::string> system_libraries;
    std::vector<std::string> events;   ///< that it wants to hear of: contact.erased, mail.status
    std::string config_schema;         ///< JSON Schema of its configuration; empty: it takes none
    std::vector<std::string> secrets;  ///< members of the configuration that are secrets
    bool parallel = false;
    std::size_t max_concurrency = 1;
    Limits limits;
    std::vector<Permission> permissions;
    std::vector<std::string> warnings;  ///< keys that this host does not know
};

/// `folder` holds manifest.json and the library. Errors: not_found (no manifest, no library), invalid (with
/// every problem at once).
Result<Manifest> read_manifest(const std::filesystem::path& folder);

/// The values of `{name}` when `path` fits `pattern`, segment by segment.
std::optional<std::map<std::string, std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace candour::plugin
