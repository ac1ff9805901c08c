#include "edge/http/routes/audited.hpp"

#include <algorithm>

#include "edge/http/request_headers.hpp"
#include "edge/json/hidden.hpp"

namespace candour::http {
namespace {

struct Act {
    Method method;
    std::string_view begins, ends;  ///< of the path
    std::string_view name;
};
/// The first that fits.
constexpr Act kActs[] = {
    {Method::get, "/api/v1/exports/", "", "exported"},
    {Method::post, "/api/v1/contacts/", "/erase", "contact_erased"},
    {Method::post, "/api/v1/rules", "", "rules_set"},
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

std::string asked_for(const Request& request) {
    if (request.method == Method::get) return request.query;
    if (request.body.empty()) return {};
    if (!has_content_type(request, "application/json")) return std::to_string(request.body.size()) + " bytes";
    return json::without_secrets(request.body);
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
