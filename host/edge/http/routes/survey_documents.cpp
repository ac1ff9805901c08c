/// Definitions: which there are, their versions, what they look like, and the code of the link for everybody.
#include <boost/json.hpp>
#include <charconv>

#include "edge/http/brand_look.hpp"
#include "edge/http/encoding.hpp"
#include "edge/http/livery.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/qr_code.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/desk.hpp"
#include "edge/http/routes/listing.hpp"

namespace candour::http {
namespace {

std::string survey_named(const char* member, std::string_view name) {
    return boost::json::serialize(boost::json::object{{member, name}});
}

/// What the plugin shows, in the organisation's colour and with its logo, as the page will be.
std::string dressed_preview(const std::string& reply, const flow::Brand& brand) {
    boost::system::error_code bad;
    boost::json::value shown = boost::json::parse(reply, bad);
    if (bad || !shown.is_object()) return reply;
    boost::json::object& document = shown.get_object();
    std::string html(document["html"].is_string() ? document["html"].get_string().c_str() : "");
    dress(html, brand);
    document["html"] = html;
    document["brand"] = brand_look(brand);
    return boost::json::serialize(shown);
}

/// {"id": …} and the version that the query names. Errors: invalid.
Result<std::string> survey_payload(const Request& request) {
    const Result<ListQuery> query = ListQuery::read(request, {"version"});
    if (!query) return query.error();
    boost::json::object payload{{"id", request.parameter("survey")}};
    const std::string version = query->text("version");
    std::int64_t number = 0;
    const auto [end, ec] = std::from_chars(version.data(), version.data() + version.size(), number);
    if (!version.empty() && (ec != std::errc() || *end != '\0' || number < 1))
        return Error{ErrorCode::invalid, "version: expected a number from 1 on, found " + version};
    if (!version.empty()) payload["version"] = number;
    return boost::json::serialize(payload);
}

}  // namespace

void SurveyRoutes::add_documents(Router& router, Identity& identity) {
    const std::string one = "/api/v1/surveys/{survey}";
    router.add(Method::get, one,
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::post, one + "/copy",
               identity.required([this](Request r, const flow::Caller&) { return copy(std::move(r)); }));
    router.add(Method::get, one + "/qr", identity.required([this](Request r, const flow::Caller&) {
        return open_link_code(std::move(r));
    }));
    // It stores nothing, so that who may look may see.
    router.add(Method::post, "/api/v1/surveys/preview",
               identity.required([this](Request r, const flow::Caller&) { return preview(std::move(r)); },
                                 flow::Scope::read));
    router.add(Method::post, "/api/v1/surveys/test", identity.required([this](Request r, flow::Caller c) {
        return test(std::move(r), std::move(c));
    }));
    router.add(Method::get, "/api/v1/ready-surveys",
               identity.required([this](Request r, const flow::Caller&) {
                   return event(std::move(r), "survey.ready", "{}");
               }));
    router.add(Method::get, "/api/v1/ready-surveys/{survey}",
               identity.required([this](Request r, const flow::Caller&) {
                   std::string payload = survey_named("name", r.parameter("survey"));
                   return event(std::move(r), "survey.ready", std::move(payload));
               }));
}

flow::Task<Response> SurveyRoutes::show(Request request) {
    Result<std::string> payload = survey_payload(request);
    if (!payload) co_return Response::problem(payload.error(), request.path);
    auto asking = event(std::move(request), "survey.get", *std::move(payload));
    Response response = co_await std::move(asking);
    co_return response;
}

flow::Task<Response> SurveyRoutes::preview(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"definition", "page", "language", "thanks"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<boost::json::object> definition = body->object("definition");
    if (!definition) co_return Response::problem(definition.error(), request.path);
    const Result<std::optional<std::int64_t>> page = body->number("page");
    if (!page) co_return Response::problem(page.error(), request.path);
    const Result<std::string> language = body->text("language");
    if (!language) co_return Response::problem(language.error(), request.path);
    const Result<bool> thanks = body->flag("thanks", false);
    if (!thanks) co_return Response::problem(thanks.error(), request.path);
    std::string payload =
        boost::json::serialize(boost::json::object{{"definition", *definition},
                                                   {"page", page->value_or(1)},
                                                   {"language", *language},
                                                   {"thanks", *thanks},
                                                   {"organisation", policies_->organisation}});
    auto asking = collectors_.event(kPlugin, "survey.preview", std::move(payload));
    const Result<std::string> reply = co_await std::move(asking);
    if (!reply) co_return Response::problem(reply.error(), request.path);
    co_return Response::json(200, dressed_preview(*reply, brand_.now()));
}

flow::Task<Response> SurveyRoutes::copy(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"id"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> to = body->text("id");
    if (!to) co_return Response::problem(to.error(), request.path);
    std::string payload =
        boost::json::serialize(boost::json::object{{"id", request.parameter("survey")}, {"to", *to}});
    auto asking = event(std::move(request), "survey.copy", std::move(payload));
    Response response = co_await std::move(asking);
    co_return response;
}

flow::Task<Response> SurveyRoutes::open_link_code(Request request) {
    const std::string survey(request.parameter("survey"));
    auto asking = collectors_.event(kPlugin, "survey.get", survey_named("id", survey));
    const Result<std::string> known = co_await std::move(asking);
    if (!known) co_return Response::problem(known.error(), request.path);
    const std::string url = policies_->public_url + "/c/" + kPlugin + "/" + percent_encode(survey);
    Result<std::string> svg = qr_svg(url);
    if (!svg) co_return Response::problem(svg.error(), request.path);
    Response response = Response::text(200, *std::move(svg));
    response.content_type = "image/svg+xml";
    co_return response;
}

}  // namespace candour::http
