#include "edge/http/routes/plugin_desk.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A year of answers; a longer file is several.
constexpr RouteOptions kFile{Audience::api, 64 * 1024 * 1024};

bj::object document_of(const flow::ConfiguredPlugin& plugin) {
    bj::object body{{"plugin", plugin.config.plugin}, {"version", plugin.config.version}};
    body["config"] = bj::parse(plugin.config.document);
    body["schema"] = plugin.schema.empty() ? bj::value(nullptr) : bj::parse(plugin.schema);
    body["secrets"] = bj::array(plugin.secrets.begin(), plugin.secrets.end());
    body["set_by"] = plugin.config.set_by;
    body["set_at"] = json::time_or_null(plugin.config.set_at);
    body["trouble"] = plugin.trouble;
    return body;
}

Response shown(const flow::ConfiguredPlugin& plugin) {
    Response response = Response::json(200, document_of(plugin));
    response.set("ETag", "\"" + std::to_string(plugin.config.version) + "\"");
    return response;
}

bj::object report_document(const flow::FileReport& report) {
    bj::array refused;
    for (const flow::RefusedRow& row : report.refused)
        refused.push_back({{"row", row.row}, {"why", row.why}});
    return {{"rows", report.rows},
            {"new", report.fresh},
            {"known", report.known},
            {"refused", report.refused_rows},
            {"refused_rows", std::move(refused)}};
}

}  // namespace

void PluginDeskRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/plugins/{plugin}/config",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); },
                                 flow::Scope::admin));
    router.add(
        Method::put, "/api/v1/plugins/{plugin}/config",
        identity.required([this](Request r, flow::Caller c) { return set(std::move(r), std::move(c)); },
                          flow::Scope::admin));
    router.add(Method::post, "/api/v1/plugins/{plugin}/imports/{import}",
               identity.required([this](Request r, const flow::Caller&) { return import(std::move(r)); },
                                 flow::Scope::admin),
               kFile);
}

flow::Task<Response> PluginDeskRoutes::show(Request request) {
    auto showing = desk_.show(std::string(request.parameter("plugin")));
    const Result<flow::ConfiguredPlugin> plugin = co_await std::move(showing);
    if (!plugin) co_return Response::problem(plugin.error(), request.path);
    co_return shown(*plugin);
}

flow::Task<Response> PluginDeskRoutes::set(Request request, flow::Caller caller) {
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) co_return to_response(bad_request(version.error().message));
    if (!*version) co_return to_response(version_required());
    const Result<JsonBody> body = JsonBody::read(request, {"config"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bj::object> config = body->object("config");
    if (!config) co_return Response::problem(config.error(), request.path);
    flow::PluginConfig fresh{std::string(request.parameter("plugin")), bj::serialize(*config), **version,
                             caller.actor(), clock_.now()};
    auto setting = desk_.configure(std::move(fresh));
    const Result<flow::ConfiguredPlugin> plugin = co_await std::move(setting);
    if (plugin) co_return shown(*plugin);
    if (plugin.error().code != ErrorCode::conflict) co_return Response::problem(plugin.error(), request.path);
    auto looking = desk_.show(std::string(request.parameter("plugin")));
    const Result<flow::ConfiguredPlugin> current = co_await std::move(looking);
    if (!current) co_return Response::problem(current.error(), request.path);
    co_return to_response(stale_version(**version, current->config.version, document_of(*current)));
}

flow::Task<Response> PluginDeskRoutes::import(Request request) {
    const Result<Form> query = request.query_fields();
    if (!query) co_return Response::problem(query.error(), request.path);
    std::string name(query->get("name"));
    if (name.empty()) name = "file";
    if (Done words = core::check_text("name", name, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    auto importing =
        flow::import_file(importers_, std::string(request.parameter("plugin")),
                          std::string(request.parameter("import")), std::move(name), std::move(request.body));
    const Result<flow::FileReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    co_return Response::json(200, report_document(*report));
}

}  // namespace candour::http
