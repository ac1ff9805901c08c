#include "edge/http/routes/audited.hpp"

#include "edge/http/request_headers.hpp"
#include "edge/http/routes/deed_rules.hpp"
#include "edge/json/hidden.hpp"

namespace candour::http {
namespace {

bool is_written_down_behind(const Request& request, flow::Scope scope, const DeedRule* rule) {
    if (rule != nullptr) return rule->record == Record::behind;
    const bool looks = request.method == Method::get || request.method == Method::head;
    return !looks && scope == flow::Scope::admin;
}

std::string nameless_deed(const Request& request) {
    return std::string(core::name_of(kMethods, request.method)) + " " +
           (request.pattern.empty() ? request.path : std::string(request.pattern));
}

/// What the path names, else the last word of it.
std::string subject_of(const Request& request) {
    std::string subject;
    for (const PathParameter& part : request.parameters) subject += (subject.empty() ? "" : " ") + part.value;
    return subject.empty() ? request.path.substr(request.path.rfind('/') + 1) : subject;
}

std::string asked_for(const Request& request, flow::Scope scope) {
    if (request.method == Method::get) return request.query;
    if (request.body.empty() || scope != flow::Scope::admin) return {};
    if (!has_content_type(request, "application/json")) return std::to_string(request.body.size()) + " bytes";
    return json::without_secrets(request.body);
}

}  // namespace

std::optional<flow::AuditEntry> audit_entry(const Request& request, flow::Scope scope,
                                            const flow::Caller& caller) {
    const DeedRule* rule = deed_rule(request.method, request.pattern);
    if (!is_written_down_behind(request, scope, rule)) return std::nullopt;
    return flow::AuditEntry{flow::Doer::of(caller),
                            rule == nullptr ? nameless_deed(request) : std::string(rule->act),
                            subject_of(request),
                            {},
                            asked_for(request, scope)};
}

}  // namespace candour::http
