/// /api/v1/teammates/{teammate}/sight…: whose customers one of us sees.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/clock.hpp"
#include "flow/identity/sight.hpp"

namespace candour::http {

class SightRoutes {
 public:
    SightRoutes(flow::Sights& sights, const flow::Clock& clock) : sights_(sights), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> limit(Request request, flow::Caller caller);
    flow::Task<Response> name_account(Request request, flow::Caller caller, bool named);

    flow::Sights& sights_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
