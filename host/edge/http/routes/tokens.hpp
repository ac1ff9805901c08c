/// /api/v1/tokens: who may use the API. Needs the scope admin.
#pragma once
#include "edge/http/routes/identity.hpp"

namespace candour::http {

class TokenRoutes {
 public:
    TokenRoutes(flow::Tokens& tokens, const flow::Clock& clock) : tokens_(tokens), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> create(Request request, flow::Caller caller);
    flow::Task<Response> revoke(Request request, flow::Caller caller);

    flow::Tokens& tokens_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
