#include "edge/http/routes/packages.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

using Seen = Result<flow::InstalledPlugin>;
using Deciding = flow::Task<Seen> (flow::PackageDesk::*)(std::string, flow::Doer);

/// As large as a package may be.
constexpr RouteOptions kPackage{Audience::api, 64 * 1024 * 1024};

bj::object document_of(const flow::StoredPackage& package) {
    return {{"digest", package.digest},
            {"version", package.version},
            {"signer", package.signer},
            {"key", package.signer_key},
            {"installed_by", package.installed_by},
            {"installed_at", json::time_or_null(package.installed_at)}};
}

bj::object document_of(const flow::InstalledPlugin& plugin) {
    bj::array packages, asks;
    for (const flow::StoredPackage& package : plugin.packages) packages.push_back(document_of(package));
    for (const flow::AskedPermission& asked : plugin.asks)
        asks.push_back(bj::object{{"cap", asked.cap},
                                  {"reason", asked.reason},
                                  {"optional", asked.optional},
                                  {"granted", asked.granted}});
    const flow::Installation& decided = plugin.installation;
    return {{"id", decided.plugin},
            {"name", plugin.name},
            {"state", plugin.state},
            {"reason", plugin.reason},
            {"isolation", plugin.isolation},
            {"enabled", decided.enabled},
            {"current", decided.current},
            {"previous", decided.previous},
            {"offered", decided.offered},
            {"permissions", asks},
            {"packages", packages},
            {"changed_by", decided.changed_by},
            {"changed_at", json::time_or_null(decided.changed_at)}};
}

/// What is wrong with a package is its sender's matter and no fault of this host.
Error in_callers_terms(const Error& error, ErrorCode code) {
    const bool of_the_plugin = error.code == ErrorCode::corrupt || error.code == ErrorCode::unsupported ||
                               error.code == ErrorCode::internal || error.code == ErrorCode::deadline;
    return of_the_plugin ? Error{code, error.message} : error;
}

Response answered(const Seen& plugin, std::string_view path) {
    return plugin ? Response::json(200, document_of(*plugin))
                  : Response::problem(in_callers_terms(plugin.error(), ErrorCode::conflict), path);
}

Result<std::vector<std::string>> caps_at(const JsonBody& body, std::string_view field) {
    std::vector<std::string> caps;
    const bj::value list = bj::parse(body.part(field));
    if (list.is_null()) return caps;
    const Error expected{ErrorCode::invalid,
                         std::string(field) + ": expected a list of capabilities, such as [\"kv\"]"};
    if (!list.is_array()) return expected;
    for (const bj::value& cap : list.get_array()) {
        if (!cap.is_string()) return expected;
        caps.emplace_back(cap.get_string());
    }
    return caps;
}

}  // namespace

void PackageRoutes::add_to(Router& router, Identity& identity) {
    const auto admin = flow::Scope::admin;
    router.add(Method::post, "/api/v1/plugins",
               identity.required(
                   [this](Request r, flow::Caller c) { return install(std::move(r), std::move(c)); }, admin),
               kPackage);
    router.add(
        Method::get, "/api/v1/plugins/{plugin}",
        identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }, admin));
    router.add(Method::post, "/api/v1/plugins/{plugin}/grants",
               identity.required(
                   [this](Request r, flow::Caller c) { return grant(std::move(r), std::move(c)); }, admin));
    const auto decide = [&](const char* word, Deciding decision) {
        router.add(Method::post, std::string("/api/v1/plugins/{plugin}/") + word,
                   identity.required(
                       [this, decision](Request request, flow::Caller caller) -> flow::Task<Response> {
                           auto deciding = (desk_.*decision)(std::string(request.parameter("plugin")),
                                                             flow::Doer::of(caller));
                           const Seen plugin = co_await std::move(deciding);
                           co_return answered(plugin, request.path);
                       },
                       admin));
    };
    decide("enable", &flow::PackageDesk::enable);
    decide("disable", &flow::PackageDesk::disable);
    decide("rollback", &flow::PackageDesk::roll_back);
}

flow::Task<Response> PackageRoutes::install(Request request, flow::Caller caller) {
    auto installing = desk_.install(std::move(request.body), flow::Doer::of(caller));
    const Seen plugin = co_await std::move(installing);
    if (!plugin)
        co_return Response::problem(in_callers_terms(plugin.error(), ErrorCode::invalid), request.path);
    co_return Response::json(201, document_of(*plugin));
}

flow::Task<Response> PackageRoutes::show(Request request) {
    auto showing = desk_.show(std::string(request.parameter("plugin")));
    const Seen plugin = co_await std::move(showing);
    co_return answered(plugin, request.path);
}

flow::Task<Response> PackageRoutes::grant(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"grant", "revoke"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::vector<std::string>> give = caps_at(*body, "grant"), take = caps_at(*body, "revoke");
    if (!give) co_return Response::problem(give.error(), request.path);
    if (!take) co_return Response::problem(take.error(), request.path);
    auto granting = desk_.grant(std::string(request.parameter("plugin")), *std::move(give), *std::move(take),
                                flow::Doer::of(caller));
    const Seen plugin = co_await std::move(granting);
    co_return answered(plugin, request.path);
}

}  // namespace candour::http
