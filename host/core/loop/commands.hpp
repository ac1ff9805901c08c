/// The commands of the loop as pure functions: item in, what must be written out. They know no clock, no database,
/// no randomness; whoever calls them passes these in and writes the step in one transaction.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/delivery/message.hpp"
#include "core/loop/item.hpp"

namespace candour::core {

/// A message that the step promises; it is written in the step's own transaction.
struct Promise {
    MessageId id;
    MessageKind kind = MessageKind::closing;
    Instant not_before = kNever;
};

struct Step {
    std::vector<LedgerEvent> events;
    std::vector<Promise> promises;
    MessageId cancel;  ///< a queued message to take back; empty for none
};

/// Who does it, and when.
struct Act {
    std::string actor;
    Instant at = kNever;
};

struct Decision {
    bool will_change = true;
    std::string text;       ///< what was decided
    std::string why;        ///< for will_not_change this is what the customer is told
    std::string trade_off;  ///< what it costs; may be empty
    std::string decided_by; ///< name shown to the customer; may be empty: the actor's
    Instant promised_by = kNever;
};

/// A teammate told the contact in person, or heard from them; what the customer said is part of the proof.
struct Conversation {
    std::string contact;
    Instant at = kNever;
    std::string channel;    ///< phone, meeting, chat, …
    std::string said;
};

enum class Dismissal : std::uint8_t { thanked, spam, merged, not_feedback };
inline constexpr NameTable<Dismissal, 4> kDismissals{{
    {Dismissal::thanked, "thanked"},
    {Dismissal::spam, "spam"},
    {Dismissal::merged, "merged"},
    {Dismissal::not_feedback, "not_feedback"},
}};

Result<Step> hear(const Item&, const Act&, const std::string& text, const MessageId& mail);
Result<Step> decide(const Item&, const Act&, const Decision&);
Result<Step> change(const Item&, const Act&, const std::string& text, const std::string& link);
/// Promises the closing message; the item is told when that message is handed over. Once more while told: the
/// one repetition that silence allows.
Result<Step> tell(const Item&, const Act&, const MessageId& message, Instant not_before);
Result<Step> cancel_tell(const Item&, const Act&);
/// Told in person: the record is the telling and the proof at once.
Result<Step> tell_in_person(const Item&, const Act&, const Conversation&, const EvidencePolicy&);
Result<Step> record_conversation(const Item&, const Act&, const Conversation&, const EvidencePolicy&);
Result<Step> dismiss(const Item&, const Act&, Dismissal, const std::string& note);
Result<Step> abandon(const Item&, const Act&, const std::string& reason);
Result<Step> reopen(const Item&, const Act&, const std::string& reason, const Due&);

// What the customer does on the loop page.
Result<Step> press_seen(const Item&, const Act&, const EvidencePolicy&);
Result<Step> press_confirmed(const Item&, const Act&, const EvidencePolicy&);
Result<Step> press_not_yet(const Item&, const Act&, const std::string& text, const Due&);
Result<Step> correct(const Item&, const Act&, const std::string& text);

// What became of our messages. `about` is the message's own kind and round.
struct MessageFate {
    MessageId message;
    MessageKind kind = MessageKind::closing;
    int round = 1;
    std::string detail;
};
Result<Step> handed_over(const Item&, const Act&, const MessageFate&);
/// Refused before it was handed over, given up or suppressed: nobody was told.
Result<Step> not_delivered(const Item&, const Act&, const MessageFate&);
/// Came back after it had been handed over.
Result<Step> bounced(const Item&, const Act&, const MessageFate&);

}  // namespace candour::core
