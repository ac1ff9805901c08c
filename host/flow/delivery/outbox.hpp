/// The outbox as the dispatcher needs it: what is due, under whose lease, and what became of it.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/delivery/message.hpp"
#include "core/delivery/shared_letter.hpp"
#include "flow/delivery/deliverer.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// A message somebody claimed, with whom it is for.
struct DueMessage {
    MessageId id;
    core::MessageKind kind = core::MessageKind::closing;
    core::MessageState state = core::MessageState::claimed;
    std::string channel;
    std::string about;
    std::string document;
    ItemId item;
    int round = 0;
    int attempts = 1;  ///< this one included
    int unknowns = 0;  ///< how often it was lost after the final dot
    ContactId contact;
    std::string address;
    std::string contact_name;
    std::string language;
    std::string zone;
    bool suppressed = false;
    bool unwanted = false;  ///< an invitation whose reader has left or wants no more of the kind
    std::string plugin;     ///< invitations: whose words
    std::string account_name;
    std::string campaign;     ///< invitations of a campaign: its id
    core::Instant not_after;  ///< of a campaign; kNever: no such time
    std::string words;        ///< what the organisation says itself in it (JSON)
    int reminder = 0;         ///< 0: the invitation itself
    MessageId invitation;     ///< reminders: whose link they carry
    bool answered = false;    ///< reminders: there was an answer meanwhile
    core::Instant created_at;
    std::int64_t mark = 0;  ///< how often messages were claimed, this time included
};

/// The message as it goes out; kept as proof of what was said.
struct Composed {
    std::string sender;  ///< envelope
    std::string subject;
    std::string content;
    std::shared_ptr<const core::SharedLetter> shared{};  ///< what others get too, or null: nobody does
    std::string parts{};                                 ///< with `shared`: what makes it this content
};

struct Receipt {
    MessageId id;
    core::MessageKind kind = core::MessageKind::closing;
    ItemId item;
    std::string host;  ///< who held the lease; empty: whoever does
    int attempt = 1;
    Outcome outcome;
    core::Instant at;
    core::MessageState state = core::MessageState::handed_over;  ///< what the message is from now on
    core::Instant not_before = core::kNever;                     ///< when it is queued again
    std::string recipient;
    Composed composed;  ///< empty when nothing was composed
};

class OutboxStore {
 public:
    virtual ~OutboxStore() = default;
    /// Due messages, oldest first, leased to `host` until `until`. A message whose lease ran out while it was
    /// `transmitting` comes back as `unknown`, because its recipient may have it.
    virtual Task<Result<std::vector<DueMessage>>> claim(std::string host, core::Instant now,
                                                        core::Instant until, int limit) = 0;
    /// Durable before the final dot. Errors: conflict when the lease is no longer ours.
    virtual Task<Done> mark_transmitting(MessageId id, std::string host, core::Instant until) = 0;
    /// The receipt, the message's new state and the item's step that follows from it: one transaction. When
    /// another host holds the message by now only the receipt is kept, unless it was handed over: that stays
    /// true.
    virtual Task<Done> record(Receipt receipt) = 0;
};

/// Writes the words of a message. Lives at the edge: it knows languages, layouts and MIME.
class Composer {
 public:
    virtual ~Composer() = default;
    virtual Task<Result<Composed>> compose(DueMessage message) = 0;
};

}  // namespace candour::flow
