/// A promise that stands alone: made in a sale, in a review, in a mail, and not by deciding about an item. It
/// has a ledger of its own.
///
///     made ──keep──▶ kept, or late when that is after the due instant
///          ──break─▶ broken; so is one that is thirty days overdue
#pragma once
#include <string>

#include "candour/ids.hpp"
#include "core/loop/commands.hpp"
#include "core/loop/item.hpp"

namespace candour::core {

struct CommitmentTag {
    static constexpr std::string_view prefix = "cmt_";
};
using CommitmentId = Id<CommitmentTag>;

/// A promise that is overdue for so long is broken, whatever still happens.
inline constexpr std::chrono::days kBrokenAfter{30};

enum class Standing : std::uint8_t { open, kept, late, broken };
inline constexpr NameTable<Standing, 4> kStandings{{
    {Standing::open, "open"},
    {Standing::kept, "kept"},
    {Standing::late, "late"},
    {Standing::broken, "broken"},
}};
/// How a promise stands at an instant, whatever was written down last.
constexpr Standing standing_at(Standing written, Instant due, Instant now) {
    return written == Standing::open && due + kBrokenAfter < now ? Standing::broken : written;
}

enum class CommitmentEvent : std::uint8_t { made, kept, broken, handed_on };
inline constexpr NameTable<CommitmentEvent, 4> kCommitmentEvents{{
    {CommitmentEvent::made, "promise_made"},
    {CommitmentEvent::kept, "promise_kept"},
    {CommitmentEvent::broken, "promise_broken"},
    {CommitmentEvent::handed_on, "promise_handed_on"},
}};

/// Where a promise was made. `loop` is a decision about an item.
enum class PromisedIn : std::uint8_t { loop, sales, review, mail, meeting, other };
inline constexpr NameTable<PromisedIn, 6> kPromisedIn{{
    {PromisedIn::loop, "loop"},
    {PromisedIn::sales, "sales"},
    {PromisedIn::review, "review"},
    {PromisedIn::mail, "mail"},
    {PromisedIn::meeting, "meeting"},
    {PromisedIn::other, "other"},
}};

struct Commitment {
    CommitmentId id;
    AccountId account;
    ContactId contact;  ///< empty: to the account as a whole
    std::string owner;  ///< teammate id or empty
    std::string promise;
    PromisedIn source = PromisedIn::other;
    Standing standing = Standing::open;
    Instant made_at = kNever;
    Instant due_at = kNever;
    Instant settled_at = kNever;
    int version = 0;
    friend bool operator==(const Commitment&, const Commitment&) = default;
};

struct CommitmentEntry {
    CommitmentEvent event = CommitmentEvent::made;
    std::string actor;
    Instant at = kNever;
    Content content;
};

Result<Commitment> fold(Commitment commitment, const CommitmentEntry& entry);

/// All of them: errors invalid (a text that is missing, a due instant that has passed), conflict (settled
/// already).
Result<CommitmentEntry> make(const Commitment& wanted, const Act&, const std::string& note);
Result<CommitmentEntry> keep(const Commitment&, const Act&, const std::string& note);
Result<CommitmentEntry> break_it(const Commitment&, const Act&, const std::string& reason);
Result<CommitmentEntry> hand_on(const Commitment&, const Act&, const std::string& owner,
                                const std::string& note);

}  // namespace candour::core
