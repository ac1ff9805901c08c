#include "edge/http/routes/audited.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "edge/http/request_headers.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A setting fits; a file that somebody installs does not stand in the log.
constexpr std::size_t kLongestAfter = 4'000;

struct Act {
    Method method;
    std::string_view begins, ends;  ///< of the path
    std::string_view name;
};
/// The first that fits.
constexpr Act kActs[] = {
    {Method::get, "/api/v1/exports/", "", "exported"},
    {Method::post, "/api/v1/tokens", "/revoke", "token_revoked"},
    {Method::post, "/api/v1/tokens", "", "token_created"},
    {Method::post, "/api/v1/contacts/", "/erase", "contact_erased"},
    {Method::post, "/api/v1/teammates/", "/deactivate", "teammate_deactivated"},
    {Method::post, "/api/v1/teammates", "", "teammate_added"},
    {Method::put, "/api/v1/rules", "", "rules_set"},
    {Method::post, "/api/v1/rules", "", "rules_set"},
    {Method::put, "/api/v1/plugins/", "/config", "plugin_configured"},
    {Method::post, "/api/v1/plugins/", "/enable", "plugin_enabled"},
    {Method::post, "/api/v1/plugins/", "/disable", "plugin_disabled"},
    {Method::post, "/api/v1/plugins/", "/rollback", "plugin_rolled_back"},
    {Method::post, "/api/v1/plugins/", "/grants", "plugin_granted"},
    {Method::post, "/api/v1/plugins", "", "plugin_changed"},
    {Method::put, "/api/v1/plugins", "", "plugin_changed"},
};

std::string administrative_act(const Request& request) {
    for (const Act& act : kActs)
        if (act.method == request.method && request.path.starts_with(act.begins) &&
            request.path.ends_with(act.ends))
            return std::string(act.name);
    return std::string(core::name_of(kMethods, request.method)) + " " + request.path;
}

bool may_be_secret(std::string_view key) {
    std::string name(key);
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    constexpr std::string_view secrets[] = {"secret", "password", "token", "key", "credential"};
    return std::ranges::any_of(secrets, [&](auto part) { return name.find(part) != std::string::npos; });
}

void hide_secrets(bj::value& value) {
    if (bj::array* list = value.if_array())
        for (bj::value& each : *list) hide_secrets(each);
    if (bj::object* object = value.if_object())
        for (auto& field : *object) {
            if (may_be_secret(field.key()))
                field.value() = "…";
            else
                hide_secrets(field.value());
        }
}

std::string asked_for(const Request& request) {
    if (request.method == Method::get) return request.query;
    if (request.body.empty()) return {};
    boost::system::error_code wrong;
    bj::value body = bj::parse(request.body, wrong);
    if (wrong || !has_content_type(request, "application/json"))
        return std::to_string(request.body.size()) + " bytes";
    hide_secrets(body);
    std::string text = bj::serialize(body);
    return text.size() <= kLongestAfter ? text : std::to_string(text.size()) + " bytes";
}

}  // namespace

bool is_administrative(const Request& request, flow::Scope scope) {
    const bool looks = request.method == Method::get || request.method == Method::head;
    if (looks) return request.method == Method::get && request.path.starts_with("/api/v1/exports/");
    return scope == flow::Scope::admin;
}

flow::AuditEntry audit_entry(const Request& request, const flow::Caller& caller) {
    std::string subject;
    for (const PathParameter& part : request.parameters) subject += (subject.empty() ? "" : " ") + part.value;
    return {flow::Doer::of(caller), administrative_act(request), std::move(subject), {}, asked_for(request)};
}

}  // namespace candour::http
