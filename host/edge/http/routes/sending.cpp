#include "edge/http/routes/sending.hpp"

#include <boost/json.hpp>

#include "edge/http/routes/body.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {

void SendingRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/sending",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::post, "/api/v1/sending/reconcile",
        identity.required([this](Request r, flow::Caller c) { return reconcile(std::move(r), std::move(c)); },
                          flow::Scope::admin));
}

flow::Task<Response> SendingRoutes::show(Request request) {
    auto reading = needs_.store.state(needs_.seen());
    const Result<flow::SendingState> state = co_await std::move(reading);
    if (!state) co_return Response::problem(state.error(), request.path);
    const bool stopped = core::happened(state->stopped_at);
    const boost::json::object document{{"stopped_at", json::time_or_null(state->stopped_at)},
                                       {"in_doubt", stopped ? state->in_doubt : 0}};
    co_return Response::json(200, document);
}

flow::Task<Response> SendingRoutes::reconcile(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"send_again"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bool> send_again = body->flag("send_again", false);
    if (!send_again) co_return Response::problem(send_again.error(), request.path);
    auto reading = needs_.store.state(needs_.seen());
    const Result<flow::SendingState> state = co_await std::move(reading);
    if (!state) co_return Response::problem(state.error(), request.path);
    if (!core::happened(state->stopped_at)) {
        const Error leaving{ErrorCode::conflict, "mails are leaving: there is nothing to reconcile"};
        co_return Response::problem(leaving, request.path);
    }
    auto reconciling =
        needs_.store.reconcile(needs_.seen(), *send_again, flow::Doer::of(caller), needs_.clock.now());
    const Result<std::int64_t> given_up = co_await std::move(reconciling);
    if (!given_up) co_return Response::problem(given_up.error(), request.path);
    const boost::json::object document{{"given_up", *given_up}};
    co_return Response::json(200, document);
}

}  // namespace candour::http
