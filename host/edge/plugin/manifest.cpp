#include "edge/plugin/manifest.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "candour/abi.h"
#include "edge/json/members.hpp"
#include "edge/plugin/json_schema.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {

namespace json = boost::json;
namespace fs = std::filesystem;
using candour::json::text_at;

namespace {

/// A manifest is written by hand; one that is larger is something else.
constexpr std::size_t kMaxManifest = 64 * 1024;
/// The schema's longest text in the widest encoding. Checked first: the pattern matcher recurses once per
/// character.
constexpr std::size_t kMaxText = 1'600;

const JsonSchema& manifest_schema() {
    static const JsonSchema schema(schemas::json::manifest_schema_json);
    return schema;
}

bool has_long_text(const json::value& value) {
    if (const json::string* text = value.if_string()) return text->size() > kMaxText;
    if (const json::array* items = value.if_array())
        return std::any_of(items->begin(), items->end(), has_long_text);
    if (const json::object* object = value.if_object())
        return std::any_of(object->begin(), object->end(), [](const auto& pair) {
            return pair.key().size() > kMaxText || has_long_text(pair.value());
        });
    return false;
}

Result<std::string> read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorCode::not_found, "expected " + file.string() + ", found no such file"};
    std::string text(kMaxManifest + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > kMaxManifest)
        return Error{ErrorCode::invalid, file.string() + ": expected at most 64 KiB, found more"};
    return text;
}

std::int64_t number_at(const json::object& object, std::string_view key, std::int64_t otherwise) {
    const json::value* value = object.if_contains(key);
    return value ? value->to_number<std::int64_t>() : otherwise;
}

std::vector<std::string> texts_of(const json::value& list) {
    std::vector<std::string> texts;
    for (const json::value& text : list.as_array()) texts.emplace_back(text.as_string());
    return texts;
}

CollectorRole collector_of(const json::object& role) {
    CollectorRole collector;
    collector.personal_route = text_at(role, "personal_route");
    const json::value* mail = role.if_contains("mail");
    collector.mail = mail && mail->as_bool();
    if (const json::value* imports = role.if_contains("imports"))
        for (const json::value& entry : imports->as_array())
            collector.imports.push_back(
                {text_at(entry.as_object(), "id"), text_at(entry.as_object(), "name")});
    const json::value* routes = role.if_contains("routes");
    if (!routes) return collector;
    for (const json::value& entry : routes->as_array()) {
        const json::object& from = entry.as_object();
        Route route;
        route.id = text_at(from, "id");
        route.methods = texts_of(from.at("methods"));
        route.path = text_at(from, "path");
        route.max_body = static_cast<std::size_t>(number_at(from, "max_body", 64 * 1024));
        collector.routes.push_back(std::move(route));
    }
    return collector;
}

MetricSpec metric_of(const json::object& from) {
    MetricSpec metric;
    metric.id = text_at(from, "id");
    metric.name = text_at(from, "name");
    metric.unit = text_at(from, "unit");
    if (const json::value* range = from.if_contains("range"))
        metric.range = {range->as_array().at(0).to_number<double>(),
                        range->as_array().at(1).to_number<double>()};
    metric.inputs = texts_of(from.at("inputs"));
    metric.width = static_cast<std::size_t>(number_at(from, "width", 0));
    metric.tallies = text_at(from, "tallies");
    metric.state_version = number_at(from, "state_version", 1);
    metric.definition_version = text_at(from, "definition_version");
    if (const json::value* days = from.if_contains("also_as_of")) metric.also_as_of = texts_of(*days);
    return metric;
}

void read_roles(const json::object& roles, Manifest& manifest) {
    if (const json::value* role = roles.if_contains("collector"))
        manifest.collector = collector_of(role->as_object());
    if (const json::value* role = roles.if_contains("deliverer"))
        manifest.channels = texts_of(role->as_object().at("channels"));
    if (const json::value* role = roles.if_contains("metric"))
        for (const json::value& metric : role->as_array())
            manifest.metrics.push_back(metric_of(metric.as_object()));
    if (const json::value* role = roles.if_contains("signal"))
        for (const json::value& entry : role->as_array()) {
            const json::object& signal = entry.as_object();
            manifest.signals.push_back(
                {text_at(signal, "id"), text_at(signal, "name"), texts_of(signal.at("inputs"))});
        }
    if (const json::value* role = roles.if_contains("campaign")) {
        manifest.campaign_kinds = texts_of(role->as_object().at("kinds"));
        manifest.campaign_about = text_at(role->as_object(), "about");
        const json::value* surveys = role->as_object().if_contains("surveys");
        manifest.campaign_surveys = surveys != nullptr && surveys->as_bool();
    }
}

void read_bounds(const json::object& from, Manifest& manifest) {
    if (const json::value* threading = from.if_contains("threading")) {
        manifest.parallel = text_at(threading->as_object(), "model") == "parallel";
        manifest.max_concurrency =
            manifest.parallel
                ? static_cast<std::size_t>(number_at(threading->as_object(), "max_concurrency", 2))
                : 1;
    }
    if (const json::value* limits = from.if_contains("limits")) {
        const auto ms = [&](std::string_view key, std::chrono::milliseconds otherwise) {
            return std::chrono::milliseconds(number_at(limits->as_object(), key, otherwise.count()));
        };
        manifest.limits.call = ms("call_timeout_ms", manifest.limits.call);
        manifest.limits.start = ms("start_timeout_ms", manifest.limits.start);
        manifest.limits.stop = ms("stop_timeout_ms", manifest.limits.stop);
        const std::int64_t otherwise = static_cast<std::int64_t>(manifest.limits.memory >> 20U);
        manifest.limits.memory =
            static_cast<std::uint64_t>(number_at(limits->as_object(), "memory_mb", otherwise)) << 20U;
    }
}

void read_config_schema(const json::object& from, Manifest& manifest) {
    const json::value* schema = from.if_contains("config_schema");
    if (schema == nullptr) return;
    manifest.config_schema = json::serialize(*schema);
    const json::value* properties = schema->as_object().if_contains("properties");
    if (properties == nullptr || !properties->is_object()) return;
    for (const auto& [name, rules] : properties->get_object())
        if (rules.is_object() && text_at(rules.get_object(), "format") == "candour-secret")
            manifest.secrets.emplace_back(name);
}

void read_permissions(const json::object& from, Manifest& manifest) {
    const json::value* permissions = from.if_contains("permissions");
    if (!permissions) return;
    for (const json::value& entry : permissions->as_array()) {
        const json::object& permission = entry.as_object();
        const json::value* optional = permission.if_contains("optional");
        manifest.permissions.push_back(
            {text_at(permission, "cap"), text_at(permission, "reason"), optional && optional->as_bool()});
    }
}

Manifest manifest_of(const json::object& from, const fs::path& folder) {
    Manifest manifest;
    manifest.id = text_at(from, "id");
    manifest.version = text_at(from, "version");
    manifest.name = text_at(from, "name");
    manifest.library = fs::absolute(folder / text_at(from, "library"));
    const json::object& abi = from.at("abi").as_object();
    manifest.abi_major = static_cast<std::uint32_t>(number_at(abi, "major", 1));
    manifest.requires_minor = static_cast<std::uint32_t>(number_at(abi, "requires_minor", 0));
    if (const json::value* libraries = from.if_contains("system_libraries"))
        manifest.system_libraries = texts_of(*libraries);
    if (const json::value* events = from.if_contains("events")) manifest.events = texts_of(*events);
    read_roles(from.at("roles").as_object(), manifest);
    read_bounds(from, manifest);
    read_config_schema(from, manifest);
    read_permissions(from, manifest);
    return manifest;
}

/// A metric has states of contacts or counters of items, and rows that belong to such a unit.
std::string contradiction(const Manifest& manifest, const MetricSpec& metric) {
    constexpr std::string_view item_view = "loop.events";
    const std::string at = "/roles/metric: " + metric.id + ": ";
    if ((metric.width == 0) == metric.tallies.empty())
        return at + "expected either a width or tallies, found both or neither";
    for (const std::string& input : metric.inputs)
        if ((input == item_view) == metric.tallies.empty())
            return at + "expected " + (metric.tallies.empty() ? "views of contacts" : "loop.events alone") +
                   " as inputs, found " + input;
    for (const MetricSpec& other : manifest.metrics)
        if (!metric.tallies.empty() && other.tallies == metric.tallies &&
            other.state_version != metric.state_version)
            return at + "expected the state_version of " + other.id + ", which has the same tallies";
    return {};
}

void check_collector(const CollectorRole& collector, std::vector<std::string>& found) {
    bool personal_found = collector.personal_route.empty();
    for (std::size_t i = 0; i < collector.routes.size(); ++i) {
        const Route& route = collector.routes[i];
        personal_found = personal_found || route.id == collector.personal_route;
        for (std::size_t j = 0; j < i; ++j)
            if (collector.routes[j].id == route.id)
                found.push_back("/roles/collector/routes: expected each id once, found \"" + route.id +
                                "\" twice");
    }
    if (!personal_found)
        found.push_back("/roles/collector/personal_route: expected the id of a route, found \"" +
                        collector.personal_route + "\"");
}

/// What a schema cannot say: ids occur once, the personal route is one of the routes, metrics are of one
/// kind.
std::vector<std::string> contradictions(const Manifest& manifest) {
    std::vector<std::string> found;
    if (manifest.collector) check_collector(*manifest.collector, found);
    if (!manifest.config_schema.empty())
        if (const Done sound = check_schema(manifest.config_schema); !sound)
            found.push_back("/config_schema: " + sound.error().message);
    for (const MetricSpec& metric : manifest.metrics)
        if (std::string what = contradiction(manifest, metric); !what.empty()) found.push_back(what);
    return found;
}

/// Seen before any code of the plugin runs; the library is asked the same again.
Done check_abi(const fs::path& file, const Manifest& manifest) {
    if (manifest.abi_major == CDR_ABI_MAJOR && manifest.requires_minor <= CDR_ABI_MINOR) return done();
    const auto text = [](std::uint32_t major, std::uint32_t minor) {
        return std::to_string(major) + "." + std::to_string(minor);
    };
    return Error{ErrorCode::unsupported, file.string() + ": /abi: this host offers plugin ABI " +
                                             text(CDR_ABI_MAJOR, CDR_ABI_MINOR) + ", the plugin needs " +
                                             text(manifest.abi_major, manifest.requires_minor)};
}

Error invalid(const fs::path& file, const std::vector<std::string>& problems) {
    std::string message = file.string();
    for (const std::string& problem : problems)
        message += (&problem == problems.data() ? ": " : "; ") + problem;
    return Error{ErrorCode::invalid, message};
}

}  // namespace

Result<Manifest> read_manifest(const fs::path& folder) {
    const fs::path file = folder / "manifest.json";
    const Result<std::string> text = read_text(file);
    if (!text) return text.error();
    boost::system::error_code ec;
    const json::value document = json::parse(json::string_view(text->data(), text->size()), ec);
    if (ec) return invalid(file, {"expected JSON, found: " + ec.message()});
    if (has_long_text(document)) return invalid(file, {"a text is longer than any that a manifest may hold"});
    if (const auto problems = manifest_schema().problems(document); !problems.empty())
        return invalid(file, problems);
    Manifest manifest = manifest_of(document.as_object(), folder);
    if (const auto problems = contradictions(manifest); !problems.empty()) return invalid(file, problems);
    if (const Done fits = check_abi(file, manifest); !fits) return fits.error();
    for (const std::string& place : manifest_schema().unknown_keys(document))
        manifest.warnings.push_back(file.string() + ": " + place +
                                    " is unknown to this host and has no effect");
    if (!fs::is_regular_file(manifest.library))
        return Error{ErrorCode::not_found, "expected the library " + manifest.library.string() +
                                               " that manifest.json names, found no such file"};
    return manifest;
}

std::optional<std::map<std::string, std::string>> match_path(std::string_view pattern,
                                                             std::string_view path) {
    std::map<std::string, std::string> values;
    while (!pattern.empty() && !path.empty()) {
        if (pattern.front() != '/' || path.front() != '/') return std::nullopt;
        const std::size_t pattern_end = std::min(pattern.find('/', 1), pattern.size());
        const std::size_t path_end = std::min(path.find('/', 1), path.size());
        const std::string_view wanted = pattern.substr(1, pattern_end - 1);
        const std::string_view found = path.substr(1, path_end - 1);
        if (wanted.starts_with('{')) {
            if (found.empty()) return std::nullopt;
            values.emplace(wanted.substr(1, wanted.size() - 2), found);
        } else if (wanted != found) {
            return std::nullopt;
        }
        pattern.remove_prefix(pattern_end);
        path.remove_prefix(path_end);
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return values;
}

}  // namespace candour::plugin
