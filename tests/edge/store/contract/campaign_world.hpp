/// Three people at one account, and campaigns that ask them.
#pragma once
#include "crypto/id_source.hpp"
#include "edge/store/campaigns.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/fetches.hpp"

namespace candour::store::contract {

class CampaignWorld : public Contract {
 protected:
    static core::ContactRow contact(const std::string& name, const std::string& email, core::Level level) {
        core::ContactRow row;
        row.account_ref = "A-1";
        row.contact.name = name;
        row.contact.email = email;
        row.contact.level = level;
        return row;
    }
    /// Ada (executive), Bob (managerial), Cy (no address), all at A-1.
    void SetUp() override {
        ada = world.customer("ada@example.org");
        const auto imported = world.run(
            world.relationships.import_contacts({contact("ada", "ada@example.org", core::Level::executive),
                                                 contact("bob", "bob@example.org", core::Level::managerial),
                                                 contact("cy", "", core::Level::operational)},
                                                {}, world.clock.now(), false));
        ASSERT_TRUE(imported && imported->problems.empty());
    }
    flow::PlannedCampaign everybody(const std::string& key = "") {
        flow::PlannedCampaign campaign;
        campaign.id = crypto::new_id<CampaignId>(world.clock.now());
        campaign.request.key = key;
        campaign.request.plugin = "relationship_nps";
        campaign.request.about = "relationship-1";
        campaign.request.audience.all = true;
        campaign.request.at = world.clock.now();
        campaign.request.actor = "tok_1";
        campaign.now = world.clock.now();
        campaign.rest = core::kRest;
        return campaign;
    }
    Result<flow::Planned> begin(flow::PlannedCampaign campaign) {
        return world.run(campaigns.begin(std::move(campaign)));
    }
    bool plan_page(const CampaignId& id) {
        return world.run(campaigns.plan_page(id, world.clock.now())).value_or(false);
    }
    flow::Campaign plan(flow::PlannedCampaign campaign) {
        const auto planned = begin(std::move(campaign));
        EXPECT_TRUE(planned) << planned.error().message;
        if (!planned) return {};
        while (plan_page(planned->campaign.id)) {
        }
        return found(planned->campaign.id);
    }
    flow::Campaign look_ahead(flow::PlannedCampaign campaign) {
        const auto ahead = world.run(campaigns.look_ahead(std::move(campaign)));
        EXPECT_TRUE(ahead) << ahead.error().message;
        return ahead ? ahead->campaign : flow::Campaign();
    }
    flow::Campaign found(const CampaignId& id) { return world.run(campaigns.find(id)).value_or({}); }
    bool settle(const CampaignId& id) {
        return world.run(campaigns.settle(id, world.clock.now())).value_or(true);
    }
    long long invitations() { return world.count("SELECT COUNT(1) FROM messages WHERE kind = 'invitation'"); }
    std::vector<std::string> reasons(const flow::Campaign& campaign) {
        std::vector<std::string> all;
        for (const flow::LeftOutContact& one : campaign.left_out)
            all.push_back(one.name + " " + std::string(core::name_of(core::kLeftOut, one.reason)));
        return all;
    }

    core::Contact ada;
    Campaigns campaigns{world.database, world.clock, "UTC"};
    Fetches fetches{world.database};
};

}  // namespace candour::store::contract
