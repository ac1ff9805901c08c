/// /api/v1/campaigns: asking many people at once, seeing how far it is, changing its course, taking it back.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::http {

class JsonBody;
/// The fields of a campaign that somebody asks for, as `send` takes them. Errors: invalid, naming the field.
Result<flow::CampaignRequest> campaign_request_of(const JsonBody& body);

class CampaignRoutes {
 public:
    CampaignRoutes(flow::Campaigns& campaigns, flow::CampaignStore& store, const flow::Clock& clock)
        : campaigns_(campaigns), store_(store), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> send(Request request, flow::Caller caller);
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> change(Request request, flow::Caller caller);
    using Step = flow::Task<Result<flow::Campaign>> (flow::Campaigns::*)(CampaignId, flow::Doer);
    flow::Task<Response> step(Request request, flow::Caller caller, Step which);

    flow::Campaigns& campaigns_;
    flow::CampaignStore& store_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
