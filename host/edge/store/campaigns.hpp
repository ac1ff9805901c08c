/// flow::CampaignStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::store {

class Campaigns final : public flow::CampaignStore {
 public:
    /// `zone`: where the organisation's days begin.
    Campaigns(Database& database, std::string zone) : database_(database), zone_(std::move(zone)) {}

    flow::Task<Result<flow::Planned>> plan(flow::PlannedCampaign campaign) override;
    flow::Task<Result<std::vector<flow::Campaign>>> list(std::string before, int limit) override;
    flow::Task<Result<flow::Campaign>> find(CampaignId id) override;
    flow::Task<Result<flow::Campaign>> cancel(CampaignId id, core::Instant now) override;
    flow::Task<Done> opt_out(MessageId message, std::string way, core::Instant now) override;

 private:
    Database& database_;
    std::string zone_;
};

}  // namespace candour::store
