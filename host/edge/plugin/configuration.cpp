#include "edge/plugin/configuration.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "edge/plugin/json_schema.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxSettings = 64 * 1024;  // bytes: settings, not data
constexpr std::string_view kReference = "secret:";

Error invalid(const Manifest& manifest, const std::string& problems) {
    return Error{ErrorCode::invalid, "configuration of " + manifest.id + ": " + problems};
}

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.front() != '.' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

/// "NAME" of "secret:NAME"; empty: it is something else.
std::string_view name_in(const json::value& value) {
    const json::string* text = value.if_string();
    if (text == nullptr) return {};
    std::string_view reference(text->data(), text->size());
    if (!reference.starts_with(kReference)) return {};
    reference.remove_prefix(kReference.size());
    return is_name(reference) ? reference : std::string_view{};
}

Result<json::object> read_object(const Manifest& manifest, std::string_view text) {
    if (text.size() > kMaxSettings) return invalid(manifest, "expected at most 64 KiB");
    json::error_code ec;
    json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec || !document.is_object() || !is_text(text)) return invalid(manifest, "expected a JSON object");
    return std::move(document.as_object());
}

}  // namespace

Done check_configuration(const Manifest& manifest, std::string_view text) {
    const Result<json::object> document = read_object(manifest, text);
    if (!document) return document.error();
    if (manifest.config_schema.empty()) {
        if (document->empty()) return done();
        return invalid(manifest, "it takes none: its manifest has no config_schema");
    }
    std::string problems;
    const auto add = [&problems](const std::string& problem) {
        problems += (problems.empty() ? "" : "; ") + problem;
    };
    for (const std::string& secret : manifest.secrets)
        if (const json::value* value = document->if_contains(secret); value && name_in(*value).empty())
            add("/" + secret +
                ": it is a secret; expected secret:NAME, the name of a file in the secrets folder");
    const JsonSchema schema(manifest.config_schema);
    for (const std::string& problem : schema.problems(*document)) add(problem);
    return problems.empty() ? done() : Done(invalid(manifest, problems));
}

Result<std::string> configuration_for(const Manifest& manifest, std::string_view text,
                                      const SecretOf& secret_of) {
    if (const Done fits = check_configuration(manifest, text); !fits)
        return Error{ErrorCode::invalid, fits.error().message + "; candour plugin config set " + manifest.id +
                                             " KEY=VALUE mends it"};
    Result<json::object> document = read_object(manifest, text);
    if (!document) return document.error();
    for (const std::string& name : manifest.secrets) {
        json::value* value = document->if_contains(name);
        if (value == nullptr) continue;
        if (!secret_of) return Error{ErrorCode::unsupported, "this host keeps no secrets"};
        const Result<std::string> secret = secret_of(name_in(*value));
        if (!secret) return Error{secret.error().code, "/" + name + ": " + secret.error().message};
        *value = *secret;
    }
    return json::serialize(*document);
}

}  // namespace candour::plugin
