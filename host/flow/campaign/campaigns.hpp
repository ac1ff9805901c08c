/// Asking many people at once: who is asked, when, how far it is, and taking it back.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/campaign/audience.hpp"
#include "crypto/link_tokens.hpp"
#include "flow/campaign/voices.hpp"
#include "flow/clock.hpp"
#include "flow/evidence/links.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// What somebody asks for.
struct CampaignRequest {
    std::string key;     ///< the same key is the same campaign; empty: a new one
    std::string plugin;  ///< whose words
    std::string about;   ///< what is asked; empty: what the plugin asks by itself
    core::Audience audience;
    core::Instant at;  ///< kNever: now
    std::string actor;
};

/// Where a campaign stands. `asked` is how many messages were planned; the rest says what became of them.
struct CampaignProgress {
    std::int64_t asked = 0;
    std::int64_t waiting = 0;  ///< not handed over yet
    std::int64_t sent = 0;     ///< handed over at some time, whatever came back later
    std::int64_t bounced = 0;
    std::int64_t undelivered =
        0;                      ///< tried for too long, or lost after the final dot: never resent by itself
    std::int64_t withheld = 0;  ///< opted out or suppressed between planning and sending
    std::int64_t cancelled = 0;
    std::int64_t answered = 0;
    std::int64_t provisional = 0;  ///< the link was fetched, by somebody or something, and nothing was sent
    std::map<core::LeftOut, std::int64_t> left_out;
};

struct LeftOutContact {
    ContactId contact;
    std::string name;
    std::string account_name;
    core::LeftOut reason = core::LeftOut::inactive;
};

struct Campaign {
    CampaignId id;
    std::string plugin;
    std::string about;
    core::Audience audience;
    std::string created_by;  ///< a person's or a token's name
    core::Instant created_at;
    core::Instant due_at;
    core::Instant cancelled_at;
    CampaignProgress progress;
    std::vector<LeftOutContact> left_out;  ///< of one campaign; lists only count them
};

/// A campaign with everything decided but whom it reaches.
struct PlannedCampaign {
    CampaignId id;
    CampaignRequest request;
    core::Instant now;
    std::chrono::days rest{0};
    bool dry_run = false;
};

struct Planned {
    Campaign campaign;
    bool repeated = false;  ///< the key was here before; this is what came of it then
};

class CampaignStore {
 public:
    virtual ~CampaignStore() = default;
    /// Campaign, messages and reasons in one transaction; a dry run does it all and takes it back.
    /// Errors: not_found, naming accounts and contacts that do not exist.
    virtual Task<Result<Planned>> plan(PlannedCampaign campaign) = 0;
    /// Newest first, those made before the one called `before`; "": from the newest on.
    virtual Task<Result<std::vector<Campaign>>> list(std::string before, int limit) = 0;
    /// Errors: not_found.
    virtual Task<Result<Campaign>> find(CampaignId id) = 0;
    /// What nobody has started on is taken back. Again: nothing more. Errors: not_found.
    virtual Task<Result<Campaign>> cancel(CampaignId id, core::Instant now) = 0;
    /// Whoever got this message wants no more of the kind. Again: nothing more.
    virtual Task<Done> opt_out(MessageId message, std::string way, core::Instant now) = 0;
};

class Campaigns {
 public:
    Campaigns(CampaignStore& store, const Voices& voices, const Clock& clock, std::chrono::days rest)
        : store_(store), voices_(voices), clock_(clock), rest_(rest) {}

    /// Errors: invalid (audience, time), not_found (plugin, names), unsupported (the plugin asks nobody),
    /// unavailable.
    Task<Result<Planned>> send(CampaignRequest request, bool dry_run);

 private:
    Result<CampaignRequest> checked(CampaignRequest request) const;

    CampaignStore& store_;
    const Voices& voices_;
    const Clock& clock_;
    std::chrono::days rest_;
};

/// The invitation behind the text in an unsubscribe link; it works for ever. nullopt: not one of ours.
Task<Result<std::optional<Link>>> open_preferences(LinkStore& links, const crypto::LinkTokens& tokens,
                                                   std::string token);

}  // namespace candour::flow
