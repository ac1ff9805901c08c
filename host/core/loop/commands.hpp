/// The commands of the loop as pure functions: item in, what must be written out. They know no clock, no
/// database, no randomness; whoever calls them passes these in and writes the step in one transaction.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/delivery/message.hpp"
#include "core/loop/item.hpp"

namespace candour::core {

/// A message to the item's contact that the step promises; it is written in the step's own transaction.
/// Whom of us a step tells follows from its events (core/team/notices).
struct Promise {
    MessageId id;
    MessageKind kind = MessageKind::closing;
    Instant not_before = kNever;
    bool quiet = false;  ///< only the link to the page: nothing is sent
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
    std::string text;        ///< what was decided
    std::string why;         ///< for will_not_change this is what the customer is told
    std::string trade_off;   ///< what it costs; may be empty
    std::string decided_by;  ///< name shown to the customer; may be empty: the actor's
    Instant promised_by = kNever;
    bool our_failure = false;  ///< marks the item with the decision; false leaves it as it is
};

/// What is owed with the change when the fault was ours.
struct FailureTexts {
    std::string went_wrong;
    std::string learned;
    std::string prevention;
};

/// A teammate told the contact in person, or heard from them; what the customer said is part of the proof.
struct Conversation {
    std::string contact;
    Instant at = kNever;
    std::string channel;  ///< phone, meeting, chat, …
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
/// Errors: invalid without all three texts of an item of our own failure, and with any for another one.
Result<Step> change(const Item&, const Act&, const std::string& text, const std::string& link,
                    const FailureTexts& = {});
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

/// A word among ourselves: on the ledger, and on nothing that a customer reads.
Result<Step> note(const Item&, const Act&, const std::string& text);

/// The fault was ours, or after all it was not. An empty step when it is marked so already.
Result<Step> mark_failure(const Item&, const Act&, bool ours, const std::string& note);

/// Another teammate answers for it. An empty step when they do already.
Result<Step> hand_on(const Item&, const Act&, const std::string& owner, const std::string& note);
/// An item is in one theme at most. Errors: conflict, naming the theme it is in.
Result<Step> join_theme(const Item&, const Act&, const std::string& theme);
Result<Step> leave_theme(const Item&, const Act&, const std::string& theme);

/// One item of a person goes on in another one of theirs.
struct Merging {
    Step from;  ///< dismissed as merged
    Step into;  ///< carries the other's words
};
/// `words` and `score` are what the customer said in the first. Errors: conflict when they are not the same
/// person's.
Result<Merging> merge(const Item& from, const Item& into, const Act&, const Content& said,
                      const std::string& note);

/// What the owner makes of a reply: it closes a told item as far as the policy lets a reply close it. Errors:
/// conflict when no reply waits.
Result<Step> no_objection(const Item&, const Act&, const EvidencePolicy&);
/// The customer does not agree: another round begins with what they wrote.
Result<Step> objected(const Item&, const Act&, const std::string& note, const Due&);

/// What a person wrote back by mail.
struct Reply {
    std::string text;
    std::string from;        ///< the address it came from
    bool by_contact = true;  ///< that address is the contact's; else whoever had the mail answered
    std::string remark;      ///< what is odd about its sender, for the team
    std::int64_t mail = 0;   ///< its number among the mails
};
/// `to` is the message of ours that it answers.
struct MessageFate;
Result<Step> replied(const Item&, const Act&, const Reply&, const MessageFate& to);

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
/// It reached the mailbox. Nothing for messages that no item waits for.
Result<Step> delivered(const Item&, const Act&, const MessageFate&);
/// Came back after it had been handed over.
Result<Step> bounced(const Item&, const Act&, const MessageFate&);

}  // namespace candour::core
