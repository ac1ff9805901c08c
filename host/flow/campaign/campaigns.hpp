/// Asking many people at once: who is asked, when, how far it is, and taking it back.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/campaign/audience.hpp"
#include "core/campaign/own_words.hpp"
#include "core/campaign/pace.hpp"
#include "crypto/link_tokens.hpp"
#include "flow/campaign/voices.hpp"
#include "flow/clock.hpp"
#include "flow/evidence/links.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// What somebody asks for.
struct CampaignRequest {
    std::string key;     ///< the same key is the same campaign; empty: a new one
    std::string plugin;  ///< whose words
    std::string about;   ///< what is asked; empty: what the plugin asks by itself
    std::string survey;  ///< the same, of a plugin that asks nothing by itself; not kept
    core::Audience audience;
    core::Instant at;                   ///< kNever: now
    core::Instant not_after;            ///< what has not left by then stays here; kNever: no such time
    std::chrono::microseconds over{0};  ///< the mails are spread over so long
    core::Reminders reminders;
    core::OwnWords words;
    std::string schedule;     ///< whose wave it is; empty: it was asked for by hand
    bool by_cadence = false;  ///< nobody is asked sooner than their segment's cadence says
    std::string actor;
};

/// Where a campaign stands. `asked` is how many messages were planned; the rest says what became of them.
struct CampaignProgress {
    std::int64_t asked = 0;
    std::int64_t waiting = 0;   ///< not handed over yet
    std::int64_t deferred = 0;  ///< of these: tried, and to be tried again
    std::int64_t sent = 0;      ///< handed over at some time, whatever came back later
    std::int64_t bounced = 0;
    std::int64_t undelivered = 0;  ///< tried for too long, or lost after the final dot
    std::int64_t unknown = 0;   ///< of these: lost after the final dot; it may have arrived, is never resent
    std::int64_t withheld = 0;  ///< opted out, suppressed, or too late, between planning and sending
    std::int64_t cancelled = 0;
    std::int64_t answered = 0;
    std::int64_t provisional = 0;  ///< the link was fetched, by somebody or something, and nothing was sent
    std::int64_t reminded = 0;     ///< reminders that were handed over
    std::int64_t sent_lately = 0;  ///< within core::kLately
    core::Instant last_due;        ///< of what waits
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
    core::Instant not_after;
    std::chrono::microseconds over{0};
    core::Reminders reminders;
    core::OwnWords words;
    std::string schedule;
    core::Instant paused_at;
    core::Instant cancelled_at;
    core::Instant planned_at;  ///< kNever: not everybody was looked at yet
    std::int64_t looked_at = 0;
    std::int64_t to_look_at = 0;
    CampaignProgress progress;
    std::vector<LeftOutContact> left_out;  ///< of one campaign, some of them; lists only count them
};

/// A campaign with everything decided but whom it reaches.
struct PlannedCampaign {
    CampaignId id;
    CampaignRequest request;
    core::Instant now;
    std::chrono::days rest{0};
};

struct Planned {
    Campaign campaign;
    bool repeated = false;  ///< the key was here before; this is what came of it then
};

/// Somebody as their mail sees them.
struct Reader {
    ContactId contact;
    std::string name;
    std::string account_name;
    std::string language;
    std::string zone;
    std::string address;
};

/// What may change while mails are on their way; what was composed before stays as it is.
struct CampaignChange {
    std::optional<std::string> about;
    std::optional<core::OwnWords> words;
    std::optional<core::Instant> not_after;
};

class CampaignStore {
 public:
    virtual ~CampaignStore() = default;
    /// The campaign alone; whom it reaches is planned page by page. With a key that was here before: what
    /// came of it then. Errors: not_found, naming accounts and contacts that do not exist.
    virtual Task<Result<Planned>> begin(PlannedCampaign campaign) = 0;
    /// The next page of contacts: their messages and reasons, and the place to go on from, in one
    /// transaction. true: there is more. Whoever calls it at the same time plans another page.
    virtual Task<Result<bool>> plan_page(CampaignId id, core::Instant now) = 0;
    /// What planning would bring; nothing is written.
    virtual Task<Result<Planned>> look_ahead(PlannedCampaign campaign) = 0;
    /// Newest first, those made before the one called `before`; "": from the newest on.
    virtual Task<Result<std::vector<Campaign>>> list(std::string before, int limit) = 0;
    /// Errors: not_found.
    virtual Task<Result<Campaign>> find(CampaignId id) = 0;
    /// From now on nothing crosses SMTP's final dot. This and what follows is written into the audit log in
    /// the same transaction. Again: nothing more. Errors: not_found, conflict (it is cancelled).
    virtual Task<Done> pause(CampaignId id, Doer doer, core::Instant now) = 0;
    virtual Task<Done> resume(CampaignId id, Doer doer, core::Instant now) = 0;
    /// What has not crossed the final dot is taken back. Again: nothing more. Errors: not_found.
    virtual Task<Done> cancel(CampaignId id, Doer doer, core::Instant now) = 0;
    /// Errors: not_found, conflict (it is cancelled).
    virtual Task<Done> change(CampaignId id, CampaignChange change, Doer doer, core::Instant now) = 0;
    /// Some of the waiting messages of a campaign that was paused, resumed or cancelled go where they belong.
    /// true: there are more.
    virtual Task<Result<bool>> settle(CampaignId id, core::Instant now) = 0;
    /// Writes the reminders that are due, some of them. Returns how many contacts it looked at.
    virtual Task<Result<int>> remind(core::Instant now, int limit) = 0;
    /// Campaigns that are still planned, and those whose waiting messages are not settled.
    struct Unfinished {
        std::vector<CampaignId> planning, settling;
    };
    virtual Task<Result<Unfinished>> unfinished() = 0;
    /// By id or address; of several with one address, the first who was known. Errors: not_found.
    virtual Task<Result<Reader>> reader(std::string name) = 0;
    /// A mail to one of us that counts nowhere: the words of a plugin as a document. Errors: not_found (no
    /// teammate has the address).
    virtual Task<Result<MessageId>> send_trial(std::string plugin, std::string address, std::string document,
                                               core::Instant now) = 0;
    /// Whoever got this message wants no more of the kind. Again: nothing more.
    virtual Task<Done> opt_out(MessageId message, std::string way, core::Instant now) = 0;
};

class Campaigns {
 public:
    Campaigns(CampaignStore& store, Voices& voices, const Clock& clock, std::chrono::days rest)
        : store_(store), voices_(voices), clock_(clock), rest_(rest) {}

    /// Errors: invalid (audience, time), not_found (plugin, survey, names), unsupported (the plugin asks
    /// nobody), unavailable. A large audience goes on being planned after this returns.
    Task<Result<Planned>> send(CampaignRequest request, bool dry_run);
    /// What `send` would plan, checked, for whoever only asks what would come of it.
    Task<Result<PlannedCampaign>> prepared(CampaignRequest request) const;
    /// Each as far as it comes at once; a large campaign goes on after this returns. Errors: as the store's.
    Task<Result<Campaign>> pause(CampaignId id, Doer doer);
    Task<Result<Campaign>> resume(CampaignId id, Doer doer);
    Task<Result<Campaign>> cancel(CampaignId id, Doer doer);
    /// Errors: invalid (words), and as the store's.
    Task<Result<Campaign>> change(CampaignId id, CampaignChange change, Doer doer);

 private:
    Task<Result<CampaignRequest>> checked(CampaignRequest request) const;
    Task<Result<Campaign>> settled(CampaignId id, Task<Done> step);

    CampaignStore& store_;
    Voices& voices_;
    const Clock& clock_;
    std::chrono::days rest_;
};

/// The invitation behind the text in an unsubscribe link; it works for ever. nullopt: not one of ours.
Task<Result<std::optional<Link>>> open_preferences(LinkStore& links, const crypto::LinkTokens& tokens,
                                                   std::string token);

}  // namespace candour::flow
