/// What our own people hear of, and how each of them wants to hear it.
///
///     a step on an item ──(same transaction)──▶ notice ──"now"──▶ waits for others, at most `group` ──▶ one
///     mail in the outbox
///                                                  ├─"digest"──▶ waits for the hour of the teammate's own
///                                                  │             clock ──▶ with what is owed, one mail a day
///                                                  └─"off"─────▶ nothing
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/relationship/people.hpp"
#include "core/team/notices.hpp"
#include "flow/clock.hpp"
#include "flow/task.hpp"

namespace candour::flow {

inline constexpr int kNoDigest = -1;

/// How one of us wants to hear.
struct TeamChoices {
    core::Teammate teammate;
    std::map<core::NoticeKind, core::NoticeChoice> kinds;  ///< all of them
    int digest_hour = 8;                                   ///< on their own clock; kNoDigest: none
    std::string digest_zone;  ///< empty: that of their calendar, else the organisation's
    std::string unreachable;  ///< why nothing is sent to them any more; empty: it is
};

/// What is left out stays as it is.
struct NewTeamChoices {
    std::map<core::NoticeKind, core::NoticeChoice> kinds;
    std::optional<int> digest_hour;
    std::optional<std::string> digest_zone;
    bool write_again = false;  ///< their address works again
};

class TeamChoiceStore {
 public:
    virtual ~TeamChoiceStore() = default;
    /// By id or address. Errors: not_found.
    virtual Task<Result<TeamChoices>> choices(std::string id_or_address) = 0;
    virtual Task<Result<TeamChoices>> choose(std::string id_or_address, NewTeamChoices chosen) = 0;
};

/// A mail to one of us, before it has words.
struct TeamLetter {
    struct Line {
        ItemId item;
        int n = 0;            ///< of the event on its ledger; 0: time alone has said it
        core::Instant due{};  ///< of the step that is due soon
        core::NoticeKind kind = core::NoticeKind::assignment;
        std::string about;
        std::string contact{};  ///< of no item: whom it is about, by name, and where they stand
        std::string account{};
        std::string contact_id{};
        std::string detail{};  ///< why mail to them comes back; or empty
    };
    std::string about;     ///< notices, digest, refused, entrance or webhook
    std::string document;  ///< of the last three: why, and of what (edge/json/content)
    core::Teammate teammate;
    std::vector<Line> lines;
    std::int64_t open_items = 0;
    core::Instant created_at;
};

class TeamLetters {
 public:
    virtual ~TeamLetters() = default;
    /// Errors: not_found.
    virtual Task<Result<TeamLetter>> letter(MessageId id) = 0;
};

/// Everything that time does with notices; every call is safe beside the same call of another host.
class TeamMailStore {
 public:
    virtual ~TeamMailStore() = default;
    /// Warns of what is due soon, and of people who matter and do not answer any more.
    virtual Task<Result<int>> warn(core::Instant now) = 0;
    /// Puts into the outbox what has waited for `group`, and aside what is not wanted at once. Returns the
    /// mails.
    virtual Task<Result<int>> gather(core::Instant now, std::chrono::minutes group) = 0;
    /// The digests whose hour has come. Nobody gets an empty one.
    virtual Task<Result<int>> digests(core::Instant now) = 0;
    /// Notices that went out before then.
    virtual Task<Done> forget(core::Instant before) = 0;
};

class TeamMail {
 public:
    TeamMail(TeamMailStore& store, Clock& clock, std::chrono::minutes group)
        : store_(store), clock_(clock), group_(group) {}

    /// Until cancelled.
    Task<void> run();
    /// One look at everything. Returns how many mails were written.
    Task<Result<int>> look();

 private:
    TeamMailStore& store_;
    Clock& clock_;
    std::chrono::minutes group_;
    core::Instant warned_at_ = core::kNever;
};

}  // namespace candour::flow
