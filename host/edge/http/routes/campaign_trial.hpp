/// A campaign before anybody gets it: its mail as one contact would see it, the pages that it leads to, and a
/// test to one of us.
#pragma once
#include <functional>
#include <memory>

#include "core/policies.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/brand/brand.hpp"
#include "flow/campaign/campaigns.hpp"
#include "flow/delivery/outbox.hpp"
#include "flow/ingest/collectors.hpp"
#include "voice/facts.hpp"

namespace candour::http {

struct CampaignTrialNeeds {
    flow::CampaignStore& store;
    flow::Voices& voices;
    flow::Collectors& collectors;
    const flow::BrandDesk& brand;
    const flow::Clock& clock;
    std::shared_ptr<const core::Policies> policies;
    std::function<flow::Task<Result<voice::Mail>>(flow::DueMessage)> preview;
};

class CampaignTrialRoutes {
 public:
    explicit CampaignTrialRoutes(CampaignTrialNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> preview(Request request);
    flow::Task<Response> pages(Request request);
    flow::Task<Response> test(Request request);

    CampaignTrialNeeds needs_;
};

}  // namespace candour::http
