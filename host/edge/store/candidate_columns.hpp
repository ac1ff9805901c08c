/// The rows of the query `candidates`.
#pragma once
#include <string>

#include "edge/store/session.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::store {

/// What is asked, when, and of which accounts, from one id to another.
struct CandidateRange {
    const CampaignId& campaign;
    const flow::CampaignRequest& request;
    std::chrono::days rest{0};
    std::string from_account;
    std::string to_account;
};

class CandidateColumns {
 public:
    static void bind(Call& call, const CandidateRange& range);
    void read_from(Call& call);
    /// `zone`: where the organisation's days begin.
    core::Candidate candidate(const std::string& zone) const;

 private:
    std::string contact_, account_, account_ref_, segment_, level_, address_, account_name_, name_, roles_,
        tags_, zone_, calendar_;
    long long active_ = 0, suppressed_ = 0, opted_out_ = 0, asked_ = 0, asked_within_twice_ = 0, muted_ = 0,
              day_ = -1, answered_ = 0, score_ = -1, taken_ = 0;
};

}  // namespace candour::store
