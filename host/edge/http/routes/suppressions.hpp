/// /api/v1/suppressions: addresses that nobody writes to any more, what came back from them, and taking that
/// back.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/clock.hpp"
#include "flow/delivery/suppressions.hpp"

namespace candour::http {

class SuppressionRoutes {
 public:
    SuppressionRoutes(flow::SuppressionStore& store, const flow::Clock& clock)
        : store_(store), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> lift(Request request, flow::Caller caller);

    flow::SuppressionStore& store_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
