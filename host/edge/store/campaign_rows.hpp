/// A campaign as rows: how it stands, and whom planning reaches.
#pragma once
#include <vector>

#include "candour/result.hpp"
#include "edge/store/campaign_pages.hpp"
#include "edge/store/session.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::store {

/// Which campaigns: one by its id, or those made before another; empty texts ask for nothing.
struct CampaignRange {
    std::string id;
    std::string before;
};
/// Newest first, without the names of who was left out. `now`: for how fast it goes.
std::vector<flow::Campaign> read_campaigns(Session& session, const CampaignRange& range, int limit,
                                           core::Instant now);
/// So many of those who were left out stand with their names; the others are counted.
inline constexpr int kShownLeftOut = 500;
/// One campaign with everything. Errors: not_found.
Result<flow::Campaign> read_campaign(Session& session, const CampaignId& id, core::Instant now);

void write_campaign(Session& session, const flow::PlannedCampaign& campaign, const Scope& scope);
/// Each at the first moment at which `hours` find them welcome.
void write_page(Session& session, const flow::PlannedCampaign& campaign,
                const std::vector<core::Chosen>& chosen, WelcomeHours& hours);

}  // namespace candour::store
