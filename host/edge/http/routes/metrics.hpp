/// /api/v1/metrics: the figures. /api/v1/acts and its import: what advocates were seen to do.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/metrics/acts.hpp"
#include "flow/metrics/figures.hpp"

namespace candour::http {

class MetricRoutes {
 public:
    MetricRoutes(flow::Figures& figures, flow::Acts& acts, flow::Sights& sights)
        : figures_(figures), acts_(acts), sights_(sights) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(bool limited);
    flow::Task<Response> show(Request request);
    flow::Task<Response> record(Request request);
    flow::Task<Response> import(Request request);

    flow::Figures& figures_;
    flow::Acts& acts_;
    flow::Sights& sights_;
};

}  // namespace candour::http
