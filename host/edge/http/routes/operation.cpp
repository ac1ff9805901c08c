#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/desk.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::array array_of(const std::vector<std::string>& texts) {
    return bj::array(texts.begin(), texts.end());
}

}  // namespace

void OperationRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::post, "/api/v1/messages/{message}/bounce",
               identity.required([this](Request r, const flow::Caller&) { return bounce(std::move(r)); }));
    router.add(Method::get, "/api/v1/plugins",
               identity.required([this](const Request&, const flow::Caller&) { return plugins(); }));
}

flow::Task<Response> OperationRoutes::bounce(Request request) {
    const auto message = MessageId::parse(request.parameter("message"));
    if (!message)
        co_return Response::problem(Error{ErrorCode::invalid, "message: expected an id such as msg_…"},
                                    request.path);
    const Result<JsonBody> body = JsonBody::read(request, {"status", "detail"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::string> status = body->text("status");
    Result<std::string> detail = body->text("detail");
    if (!status) co_return Response::problem(status.error(), request.path);
    if (!detail) co_return Response::problem(detail.error(), request.path);
    if (Done words = core::check_text("detail", *detail, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    auto recording = mailbook_.bounced(*message, std::move(*status), std::move(*detail));
    Done recorded = co_await std::move(recording);
    if (!recorded) co_return Response::problem(recorded.error(), request.path);
    co_return Response::empty();
}

flow::Task<Response> OperationRoutes::plugins() {
    bj::array rows;
    for (const flow::PluginStanding& plugin : plugins_.plugins())
        rows.push_back(bj::object{{"id", plugin.id},
                                  {"version", plugin.version},
                                  {"name", plugin.name},
                                  {"state", plugin.state},
                                  {"reason", plugin.reason},
                                  {"roles", array_of(plugin.roles)},
                                  {"grants", array_of(plugin.grants)},
                                  {"isolation", plugin.isolation}});
    const bj::object document{{"plugins", std::move(rows)}};
    co_return Response::json(200, document);
}

}  // namespace candour::http
