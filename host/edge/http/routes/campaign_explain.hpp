/// /api/v1/campaigns/{campaign}/contacts and /api/v1/campaigns/explain: who is asked, who waits, who is left
/// out, and why; by pages.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/campaign/explain.hpp"

namespace candour::http {

class CampaignExplainRoutes {
 public:
    CampaignExplainRoutes(flow::Campaigns& campaigns, flow::CampaignExplain& explain)
        : campaigns_(campaigns), explain_(explain) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> contacts(Request request);
    flow::Task<Response> ahead(Request request, flow::Caller caller);

    flow::Campaigns& campaigns_;
    flow::CampaignExplain& explain_;
};

}  // namespace candour::http
