/// flow::CampaignExplain over the database.
#pragma once
#include "edge/store/database.hpp"
#include "edge/store/welcome_hours.hpp"
#include "flow/campaign/explain.hpp"

namespace candour::store {

class CampaignExplain final : public flow::CampaignExplain {
 public:
    CampaignExplain(Database& database, HoursRules rules) : database_(database), rules_(std::move(rules)) {}

    flow::Task<Result<flow::ExplainPage>> explain(CampaignId id, flow::ExplainQuery query) override;
    flow::Task<Result<flow::ExplainPage>> explain_ahead(flow::PlannedCampaign campaign,
                                                        flow::ExplainQuery query) override;

 private:
    Database& database_;
    HoursRules rules_;
};

}  // namespace candour::store
