/// A campaign as rows: how it stands, and whom planning reaches.
#pragma once
#include <vector>

#include "candour/result.hpp"
#include "edge/store/session.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::store {

/// Which campaigns: one by its id, or those made before another; empty texts ask for nothing.
struct CampaignRange {
    std::string id;
    std::string before;
};
/// Newest first, without the names of who was left out.
std::vector<flow::Campaign> read_campaigns(Session& session, const CampaignRange& range, int limit);
/// One campaign with everything. Errors: not_found.
Result<flow::Campaign> read_campaign(Session& session, const CampaignId& id);

/// Everybody with an eye on this instant, in the order in which they would be asked.
std::vector<core::Candidate> read_candidates(Session& session, core::Instant at, std::chrono::days rest);
void write_campaign(Session& session, const flow::PlannedCampaign& campaign,
                    const std::vector<core::Chosen>& chosen);

}  // namespace candour::store
