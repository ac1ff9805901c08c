/// /api/v1/campaigns: asking many people at once, seeing how far it is, taking it back.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::http {

class CampaignRoutes {
 public:
    CampaignRoutes(flow::Campaigns& campaigns, flow::CampaignStore& store, const flow::Clock& clock)
        : campaigns_(campaigns), store_(store), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> send(Request request, flow::Caller caller);
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> cancel(Request request);

    flow::Campaigns& campaigns_;
    flow::CampaignStore& store_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
