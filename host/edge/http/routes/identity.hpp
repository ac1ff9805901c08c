/// Who calls: every route under /api/v1 wants a bearer token.
#pragma once
#include <functional>

#include "edge/http/message.hpp"
#include "edge/http/router.hpp"
#include "flow/identity/tokens.hpp"

namespace candour::http {

using CallerHandler = std::function<flow::Task<Response>(Request, flow::Caller)>;

class Identity {
 public:
    explicit Identity(flow::Tokens& tokens) : tokens_(tokens) {}
    Handler required(CallerHandler handler);
    /// A page of ours: open on loopback, else with a token like the API.
    Handler unless_loopback(Handler handler, bool on_loopback);

 private:
    flow::Task<Response> answer(Request request, CallerHandler handler);

    flow::Tokens& tokens_;
};

}  // namespace candour::http
