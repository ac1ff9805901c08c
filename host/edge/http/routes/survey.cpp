#include <boost/json.hpp>

#include "crypto/id_source.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/desk.hpp"

namespace candour::http {

void SurveyRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/surveys", identity.required([this](Request r, const flow::Caller&) {
        return event(std::move(r), "survey.list", "{}");
    }));
    router.add(Method::post, "/api/v1/surveys", identity.required([this](Request r, const flow::Caller&) {
        std::string definition = r.body;
        return event(std::move(r), "survey.add", std::move(definition));
    }));
    add_documents(router, identity);
    router.add(Method::post, "/api/v1/surveys/{survey}/links",
               identity.required([this](Request r, const flow::Caller&) { return link(std::move(r)); }));
    router.add(Method::post, "/api/v1/links/{message}/revoke",
               identity.required([this](Request r, const flow::Caller&) { return revoke(std::move(r)); }));
}

flow::Task<Response> SurveyRoutes::event(Request request, std::string kind, std::string payload) {
    const bool adds = kind == "survey.add", makes = adds || kind == "survey.copy";
    if (adds && !has_content_type(request, "application/json"))
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    auto asking = collectors_.event(kPlugin, std::move(kind), std::move(payload));
    Result<std::string> reply = co_await std::move(asking);
    if (!reply) co_return Response::problem(reply.error(), request.path);
    const unsigned status = makes && reply->find("\"created\"") != std::string::npos ? 201 : 200;
    Response response = Response::json(status, *reply);
    if (makes) response.deed = reply->find("\"unchanged\"") == std::string::npos ? *reply : "";
    co_return response;
}

flow::Task<Response> SurveyRoutes::link(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"contact"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> who = body->text("contact");
    if (!who) co_return Response::problem(who.error(), request.path);
    const std::string survey(request.parameter("survey"));
    const std::string payload = boost::json::serialize(boost::json::object{{"id", survey}});
    auto asking = collectors_.event(kPlugin, "survey.get", payload);
    Result<std::string> definition = co_await std::move(asking);
    if (!definition) co_return Response::problem(definition.error(), request.path);
    auto finding = relationships_.contact(*who);
    Result<core::Contact> contact = co_await std::move(finding);
    if (!contact) co_return Response::problem(contact.error(), request.path);
    const core::Instant now = clock_.now();
    const MessageId message = crypto::new_id<MessageId>(now);
    flow::NewLink fresh{message, kPlugin, survey, contact->id, now};
    auto creating = links_.create(std::move(fresh));
    Done created = co_await std::move(creating);
    if (!created) co_return Response::problem(created.error(), request.path);
    const std::string url =
        policies_->public_url + "/s/" + tokens_.issue(crypto::LinkPurpose::survey, message);
    const boost::json::object document{
        {"message", message.text()}, {"contact", contact->id.text()}, {"url", url}};
    Response response = Response::json(201, document);
    response.deed = "for " + contact->id.text();
    co_return response;
}

flow::Task<Response> SurveyRoutes::revoke(Request request) {
    const auto message = MessageId::parse(request.parameter("message"));
    if (!message)
        co_return Response::problem(Error{ErrorCode::invalid, "message: expected an id such as msg_…"},
                                    request.path);
    auto revoking = links_.revoke(*message, clock_.now());
    Done revoked = co_await std::move(revoking);
    if (!revoked) co_return Response::problem(revoked.error(), request.path);
    co_return Response::empty();
}

}  // namespace candour::http
