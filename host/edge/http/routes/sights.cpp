#include "edge/http/routes/sights.hpp"

#include <boost/json.hpp>

#include "edge/http/routes/body.hpp"
#include "edge/http/routes/statements.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::object sight_document(const flow::SightView& view) {
    bj::array accounts;
    for (const flow::SeenAccount& one : view.accounts)
        accounts.push_back(bj::object{{"id", one.id},
                                      {"ref", one.ref},
                                      {"name", one.name},
                                      {"owned", one.owned},
                                      {"sponsored", one.sponsored},
                                      {"named", one.named}});
    return {{"teammate", view.teammate},
            {"email", view.email},
            {"name", view.name},
            {"sees", core::name_of(flow::kSees, view.sees)},
            {"accounts", std::move(accounts)}};
}

Response sight_response(const Result<flow::SightView>& view, const std::string& path) {
    if (!view) return Response::problem(view.error(), path);
    return Response::json(200, sight_document(*view));
}

}  // namespace

void SightRoutes::add_to(Router& router, Identity& identity) {
    const std::string sight = "/api/v1/teammates/{teammate}/sight";
    const auto admin = flow::Scope::admin;
    router.add(
        Method::get, sight,
        identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }, admin));
    router.add(Method::put, sight,
               identity.required(
                   [this](Request r, flow::Caller c) { return limit(std::move(r), std::move(c)); }, admin));
    for (const bool named : {true, false})
        router.add(Method::post, sight + (named ? "/add" : "/remove"),
                   identity.required(
                       [this, named](Request r, flow::Caller c) {
                           return name_account(std::move(r), std::move(c), named);
                       },
                       admin));
}

flow::Task<Response> SightRoutes::show(Request request) {
    auto reading = sights_.sight_of(std::string(request.parameter("teammate")));
    const Result<flow::SightView> view = co_await std::move(reading);
    co_return sight_response(view, request.path);
}

flow::Task<Response> SightRoutes::limit(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"sees"});
    if (!body) co_return unreadable(body.error(), request);
    const Result<std::string> text = body->text("sees");
    if (!text) co_return Response::problem(text.error(), request.path);
    const auto sees = core::value_of(flow::kSees, *text);
    if (!sees)
        co_return Response::problem(
            Error{ErrorCode::invalid, "sees: expected all or own, found \"" + *text + "\""}, request.path);
    auto limiting = sights_.limit(std::string(request.parameter("teammate")), *sees, flow::Doer::of(caller),
                                  clock_.now());
    const Result<flow::SightView> view = co_await std::move(limiting);
    co_return sight_response(view, request.path);
}

flow::Task<Response> SightRoutes::name_account(Request request, flow::Caller caller, bool named) {
    const Result<JsonBody> body = JsonBody::read(request, {"account"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::string> account = body->text("account");
    if (account && account->empty())
        account =
            Error{ErrorCode::invalid, "account: expected an account by its id or number, found nothing"};
    if (!account) co_return Response::problem(account.error(), request.path);
    auto naming = sights_.name_account(std::string(request.parameter("teammate")), std::move(*account), named,
                                       flow::Doer::of(caller), clock_.now());
    const Result<flow::SightView> view = co_await std::move(naming);
    co_return sight_response(view, request.path);
}

}  // namespace candour::http
