#include "edge/http/routes/plugin_desk.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "crypto/base64.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A year of answers; a longer file is several.
constexpr RouteOptions kFile{Audience::api, 64 * 1024 * 1024};

bj::object plugin_document(const flow::ConfiguredPlugin& plugin) {
    bj::object body{{"plugin", plugin.config.plugin}, {"version", plugin.config.version}};
    body["config"] = bj::parse(plugin.config.document);
    body["schema"] = plugin.schema.empty() ? bj::value(nullptr) : bj::parse(plugin.schema);
    body["secrets"] = bj::array(plugin.secrets.begin(), plugin.secrets.end());
    body["set_by"] = plugin.config.set_by;
    body["set_at"] = json::time_or_null(plugin.config.set_at);
    body["trouble"] = plugin.trouble;
    return body;
}

Response shown_plugin(const flow::ConfiguredPlugin& plugin) {
    Response response = Response::json(200, plugin_document(plugin));
    response.set("ETag", "\"" + std::to_string(plugin.config.version) + "\"");
    return response;
}

bj::object file_report_document(const flow::FileReport& report, bool dry_run) {
    bj::array refused;
    for (const flow::RefusedRow& row : report.refused)
        refused.push_back({{"row", row.row}, {"why", row.why}});
    return {{"rows", report.rows},
            {"new", report.fresh},
            {"known", report.known},
            {"anonymous", report.anonymous},
            {"contacts_created", report.created},
            {"people", report.people},
            {"refused", report.refused_rows},
            {"refused_rows", std::move(refused)},
            {"notes", bj::array(report.notes.begin(), report.notes.end())},
            {"dry_run", dry_run}};
}

std::string file_deed(const std::string& name, const flow::FileReport& report) {
    return name + ": " + std::to_string(report.rows) + " rows, new: " + std::to_string(report.fresh) +
           ", known: " + std::to_string(report.known) +
           ", contacts created: " + std::to_string(report.created) +
           ", refused: " + std::to_string(report.refused_rows);
}

Result<flow::UnknownPeople> unknown_people(const std::string& text) {
    if (text.empty()) return flow::UnknownPeople::refuse;
    if (const auto value = core::value_of(flow::kUnknownPeople, text)) return *value;
    return Error{ErrorCode::invalid, "unknown: expected refuse, keep or create; found \"" + text + "\""};
}

/// A piece as the body has it; `offset` and `last` say where it stands in its file.
Result<flow::ImportPiece> read_import_piece(const JsonBody& body) {
    const Result<std::string> name = body.text("name"), content = body.text("content");
    if (!name) return name.error();
    if (!content) return content.error();
    const Result<std::optional<std::int64_t>> offset = body.number("offset");
    if (!offset) return offset.error();
    const Result<bool> last = body.flag("last", true);
    if (!last) return last.error();
    flow::ImportPiece piece;
    piece.name = name->empty() ? "file" : *name;
    if (Done words = core::check_text("name", piece.name, core::kMaxLine); !words) return words.error();
    if (offset->value_or(0) < 0) return Error{ErrorCode::invalid, "offset: expected a number from 0 on"};
    piece.offset = static_cast<std::uint64_t>(offset->value_or(0));
    piece.last = *last;
    piece.bytes = crypto::from_base64(*content);
    if (piece.bytes.empty() != content->empty() || piece.bytes.size() > flow::kImportPiece)
        return Error{ErrorCode::invalid, "content: expected up to 1 MiB of the file in Base64"};
    if (body.has("state")) piece.state = body.part("state");
    if (!body.has("options")) return piece;
    const Result<bj::object> options = body.object("options");
    if (!options) return options.error();
    piece.options = bj::serialize(*options);
    return piece;
}

Result<flow::ImportWishes> read_import_wishes(const JsonBody& body) {
    const Result<bool> dry_run = body.flag("dry_run", false);
    if (!dry_run) return dry_run.error();
    const Result<std::string> unknown = body.text("unknown"), account = body.text("account");
    if (!unknown) return unknown.error();
    if (!account) return account.error();
    const Result<flow::UnknownPeople> people = unknown_people(*unknown);
    if (!people) return people.error();
    return flow::ImportWishes{*dry_run, *people, *account};
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
    router.add(
        Method::post, "/api/v1/plugins/{plugin}/imports/{import}",
        identity.required([this](Request r, flow::Caller c) { return import(std::move(r), std::move(c)); },
                          flow::Scope::admin),
        kFile);
}

flow::Task<Response> PluginDeskRoutes::show(Request request) {
    auto showing = desk_.show(std::string(request.parameter("plugin")));
    const Result<flow::ConfiguredPlugin> plugin = co_await std::move(showing);
    if (!plugin) co_return Response::problem(plugin.error(), request.path);
    co_return shown_plugin(*plugin);
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
    auto setting = desk_.configure(std::move(fresh), flow::Doer::of(caller));
    const Result<flow::ConfiguredPlugin> plugin = co_await std::move(setting);
    if (plugin) co_return shown_plugin(*plugin);
    if (plugin.error().code != ErrorCode::conflict) co_return Response::problem(plugin.error(), request.path);
    auto looking = desk_.show(std::string(request.parameter("plugin")));
    const Result<flow::ConfiguredPlugin> current = co_await std::move(looking);
    if (!current) co_return Response::problem(current.error(), request.path);
    co_return to_response(stale_version(**version, current->config.version, plugin_document(*current)));
}

flow::Task<Response> PluginDeskRoutes::import(Request request, flow::Caller caller) {
    auto importing = has_content_type(request, "application/json")
                         ? import_piece(std::move(request), flow::Doer::of(caller))
                         : import_file(std::move(request), flow::Doer::of(caller));
    Response response = co_await std::move(importing);
    co_return response;
}

/// The whole file in one request.
flow::Task<Response> PluginDeskRoutes::import_file(Request request, flow::Doer doer) {
    const Result<Form> query = request.query_fields();
    if (!query) co_return Response::problem(query.error(), request.path);
    flow::ImportPiece file;
    file.import = request.parameter("import");
    file.name = query->get("name").empty() ? "file" : query->get("name");
    file.bytes = std::move(request.body);
    if (Done words = core::check_text("name", file.name, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    const std::string name = file.name;
    flow::ImportWishes wishes;
    wishes.doer = std::move(doer);
    auto importing =
        imports_.file(std::string(request.parameter("plugin")), std::move(file), std::move(wishes));
    const Result<flow::FileReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    Response response = Response::json(200, file_report_document(*report, false));
    response.deed = file_deed(name, *report);
    co_return response;
}

/// A piece of it, with what the reply to the piece before said.
flow::Task<Response> PluginDeskRoutes::import_piece(Request request, flow::Doer doer) {
    const Result<JsonBody> body = JsonBody::read(
        request, {"name", "offset", "last", "state", "options", "content", "dry_run", "unknown", "account"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<flow::ImportPiece> piece = read_import_piece(*body);
    if (!piece) co_return Response::problem(piece.error(), request.path);
    Result<flow::ImportWishes> wishes = read_import_wishes(*body);
    if (!wishes) co_return Response::problem(wishes.error(), request.path);
    piece->import = request.parameter("import");
    wishes->doer = std::move(doer);
    const std::string name = piece->name;
    auto importing = imports_.piece(std::string(request.parameter("plugin")), std::move(*piece), *wishes);
    const Result<flow::PieceReport> read = co_await std::move(importing);
    if (!read) co_return Response::problem(read.error(), request.path);
    bj::object document = file_report_document(read->report, wishes->dry_run);
    document["consumed"] = read->consumed;
    document["state"] = bj::parse(read->state);
    Response response = Response::json(200, document);
    response.deed = wishes->dry_run ? "" : file_deed(name, read->report);
    co_return response;
}

}  // namespace candour::http
