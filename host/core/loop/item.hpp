/// One item: the fold of its ledger. Nothing here is ever written by hand; `fold` is the only way to change
/// it.
#pragma once
#include <map>
#include <string>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/evidence/policy.hpp"
#include "core/instant.hpp"
#include "core/loop/state.hpp"

namespace candour::core {

/// What an event says in words; kept beside the chain so that it can be erased. Keys are lower-case names.
using Content = std::map<std::string, std::string>;

/// By when each step is owed; computed once, at raise, from the segment.
struct Due {
    Instant hear = kNever;
    Instant decide = kNever;
    Instant change = kNever;
    Instant tell = kNever;
    friend bool operator==(const Due&, const Due&) = default;
};

/// A reply that nobody has said yet what it means: words about an older message, or the answer to the closing
/// one.
enum class PendingReply : std::uint8_t { none, words, answer };

struct Item {
    ItemId id;
    AccountId account;  ///< empty: the sender is unknown yet
    ContactId contact;
    std::string source;      ///< plugin it came from
    std::string source_key;  ///< same source and key: one item, never two
    std::string owner;       ///< teammate id or empty
    std::string segment;     ///< of the account when it was raised
    std::string topic;  ///< what it is about, as its collector calls it; the same person's open items of one
                        ///< topic belong together
    std::string theme;  ///< thm_…: decided together with others; or empty
    std::string merged_into;  ///< itm_… where its words went on; or empty
    Due due;

    State state = State::raised;
    int round = 1;
    int version = 0;     ///< number of its last ledger event
    int same_since = 0;  ///< of the last one that was not said by time alone: a command must have seen it
    State told_from = State::changed;
    MessageId telling;  ///< the closing message under way; empty when none is
    bool will_change = false;
    Strength evidence = Strength::none;  ///< strongest of this round
    std::string evidence_source;         ///< page, reply or recorded
    PendingReply pending_reply = PendingReply::none;
    bool our_failure = false;
    int reminders = 0;           ///< of the step that is owed now: owner, manager, sponsor
    bool channel_asked = false;  ///< nobody has seen it, and its owner knows
    bool quiet = false;          ///< and nobody has since

    Instant raised_at = kNever;  ///< of this round
    Instant heard_at = kNever;
    Instant decided_at = kNever;
    Instant changed_at = kNever;
    Instant told_at = kNever;
    Instant closed_at = kNever;
    Instant promised_by = kNever;  ///< due instant of the commitment of this round
    Instant last_event_at = kNever;
    Instant reminded_at = kNever;   ///< of the step that is owed now
    Instant silent_since = kNever;  ///< last time that we did something to be seen

    friend bool operator==(const Item&, const Item&) = default;
};

/// One event about to be appended, or read back.
struct LedgerEvent {
    Event event = Event::raised;
    std::string actor;  ///< tea_…, con_…, tok_…, or "host"
    Instant at = kNever;
    Content content;
    friend bool operator==(const LedgerEvent&, const LedgerEvent&) = default;
};

/// The item after one more event. Errors: conflict when the table has no such step.
Result<Item> fold(Item item, const LedgerEvent& event);

/// Whether somebody who saw this version saw what the item is now. Reminders that came since change nothing
/// that a person would decide by, so they make no command stale; whatever somebody did does.
inline bool as_seen(const Item& item, int version) {
    return item.same_since <= version && version <= item.version;
}

/// `expected version 3, found 5`: the text behind every stale command.
Error stale_version(const ItemId& item, int expected, int found);

}  // namespace candour::core
