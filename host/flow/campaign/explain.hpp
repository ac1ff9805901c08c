/// Everybody whom a campaign's audience names: sent, waiting or skipped, and why. Before it is sent as well.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/campaign/quiet.hpp"
#include "core/delivery/message.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::flow {

enum class ContactStatus : std::uint8_t {
    skipped,
    waiting,
    sent,
    answered,
    bounced,
    undelivered,
    unknown,
    withheld,
    cancelled,
};
inline constexpr core::NameTable<ContactStatus, 9> kContactStatuses{{
    {ContactStatus::skipped, "skipped"},
    {ContactStatus::waiting, "waiting"},
    {ContactStatus::sent, "sent"},
    {ContactStatus::answered, "answered"},
    {ContactStatus::bounced, "bounced"},
    {ContactStatus::undelivered, "undelivered"},
    {ContactStatus::unknown, "unknown"},
    {ContactStatus::withheld, "withheld"},
    {ContactStatus::cancelled, "cancelled"},
}};

struct ExplainedContact {
    ContactId contact;
    std::string name;
    std::string account_name;
    std::string address;
    ContactStatus status = ContactStatus::waiting;
    std::string reason;   ///< the name of what leaves them out or keeps them waiting; or empty
    std::string why;      ///< the same as a sentence, for a person; or empty
    core::Instant until;  ///< waiting: not before then
    core::Instant sent_at;
    core::Instant answered_at;
};

struct ExplainQuery {
    std::optional<ContactStatus> status;
    std::string reason;  ///< inactive, resting, holiday, …
    std::string after;   ///< where the page before ended; empty: from the first on
    int limit = 500;
};

struct ExplainPage {
    std::vector<ExplainedContact> contacts;
    std::string next;  ///< for `after`; empty: there are no more
};

class CampaignExplain {
 public:
    virtual ~CampaignExplain() = default;
    /// Errors: not_found.
    virtual Task<Result<ExplainPage>> explain(CampaignId id, ExplainQuery query) = 0;
    /// What would come of it; nothing is written. Errors: not_found, naming accounts and contacts that do not
    /// exist; invalid (`after`).
    virtual Task<Result<ExplainPage>> explain_ahead(PlannedCampaign campaign, ExplainQuery query) = 0;
};

}  // namespace candour::flow
