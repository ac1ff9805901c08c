/// flow::CampaignStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "edge/store/welcome_hours.hpp"
#include "flow/campaign/campaigns.hpp"
#include "flow/clock.hpp"

namespace candour::store {

class Campaigns final : public flow::CampaignStore {
 public:
    /// `zone`: where the organisation's days begin.
    Campaigns(Database& database, const flow::Clock& clock, std::string zone, int per_account_per_day = 0)
        : database_(database),
          clock_(clock),
          zone_(std::move(zone)),
          per_account_per_day_(per_account_per_day) {}

    flow::Task<Result<flow::Planned>> begin(flow::PlannedCampaign campaign) override;
    flow::Task<Result<bool>> plan_page(CampaignId id, core::Instant now) override;
    flow::Task<Result<flow::Planned>> look_ahead(flow::PlannedCampaign campaign) override;
    flow::Task<Result<std::vector<flow::Campaign>>> list(std::string before, int limit) override;
    flow::Task<Result<flow::Campaign>> find(CampaignId id) override;
    flow::Task<Done> pause(CampaignId id, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> resume(CampaignId id, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> cancel(CampaignId id, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> change(CampaignId id, flow::CampaignChange change, flow::Doer doer,
                            core::Instant now) override;
    flow::Task<Result<bool>> settle(CampaignId id, core::Instant now) override;
    flow::Task<Result<int>> remind(core::Instant now, int limit) override;
    flow::Task<Result<Unfinished>> unfinished() override;
    flow::Task<Result<flow::Reader>> reader(std::string name) override;
    flow::Task<Result<MessageId>> send_trial(std::string plugin, std::string address, std::string document,
                                             core::Instant now) override;
    flow::Task<Done> opt_out(MessageId message, std::string way, core::Instant now) override;

 private:
    HoursRules rules() const { return {zone_, per_account_per_day_}; }

    Database& database_;
    const flow::Clock& clock_;
    std::string zone_;
    int per_account_per_day_;
};

}  // namespace candour::store
