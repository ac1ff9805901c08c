#include "edge/http/routes/identity.hpp"

#include "crypto/digest.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"

namespace candour::http {

Handler Identity::required(CallerHandler handler) {
    return [this, handler = std::move(handler)](Request request) { return answer(std::move(request), handler); };
}

Handler Identity::unless_loopback(Handler handler, bool on_loopback) {
    if (on_loopback) return handler;
    return required([handler = std::move(handler)](Request request, const flow::Caller&) { return handler(std::move(request)); });
}

flow::Task<Response> Identity::answer(Request request, CallerHandler handler) {
    const std::optional<std::string> token = bearer_token(request);
    if (!token) co_return to_response(unauthenticated("expected the header \"Authorization: Bearer <token>\"; make one with `candour token create`"));
    auto finding = tokens_.find(crypto::to_hex(crypto::sha256(*token)));
    Result<flow::Caller> caller = co_await std::move(finding);
    if (!caller && caller.error().code == ErrorCode::not_found) co_return to_response(unauthenticated(caller.error().message));
    if (!caller) co_return Response::problem(caller.error(), request.path);
    auto handling = handler(std::move(request), std::move(*caller));
    Response response = co_await std::move(handling);
    co_return response;
}

}  // namespace candour::http
