/// Mail that comes in: kept as it came, read by a plugin, and then it means something for somebody.
///
///     received ──read by the plugin──▶ read ──▶ applied      what it means was done
///         │                              ├────▶ held         a person must say whose words these are ──▶
///         applied, dismissed └──── no outcome after all tries ───▶ dead_lettered     the bytes are kept; a
///         person may have it tried again
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/mail.hpp"
#include "core/instant.hpp"
#include "flow/loop/item_store.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// One delivery, as the mail server hands it over.
struct ArrivedMail {
    std::string sender;                   ///< of the envelope; empty: the null sender
    std::vector<std::string> recipients;  ///< of the envelope
    std::string bytes;                    ///< untouched
};

enum class MailState : std::uint8_t { received, read, applied, held, dismissed, dead_lettered };
inline constexpr core::NameTable<MailState, 6> kMailStates{{
    {MailState::received, "received"},
    {MailState::read, "read"},
    {MailState::applied, "applied"},
    {MailState::held, "held"},
    {MailState::dismissed, "dismissed"},
    {MailState::dead_lettered, "dead_lettered"},
}};

/// What the plugin read: the document as it wrote it, and the same as a value.
struct Reading {
    std::string document;
    core::Disposition disposition;
};

struct PendingMail {
    std::int64_t id = 0;
    std::string sender;
    std::string recipient;
    std::string bytes;  ///< empty when it was read already
    std::optional<Reading> reading;
    int attempts = 1;    ///< this one included
    std::string detail;  ///< what kept the last attempt from its end
};

struct MailToApply {
    std::int64_t id = 0;
    std::string sender;
    Reading reading;
    std::vector<core::MailTrail> trails;  ///< the likeliest first
};

struct AppliedMail {
    MailState state = MailState::applied;
    std::string outcome;
    std::string detail;
    ItemId item;
};

/// A mail and what became of it, for whoever looks after it.
struct MailRow {
    std::int64_t id = 0;
    std::string digest, sender, recipient;
    core::Instant received_at;
    MailState state = MailState::received;
    int attempts = 0;
    std::string kind, from, subject;
    std::string outcome, detail;
    MessageId message;
    ItemId item;
    ContactId contact;
    core::Instant settled_at;
    std::string settled_by;
    std::string document;  ///< the disposition; empty in lists
    std::int64_t item_number = 0;
    std::string contact_name;
};

struct MailCount {
    MailState state = MailState::received;
    std::int64_t mails = 0;
};

struct MailQuery {
    std::optional<MailState> state;
    std::int64_t id = 0;      ///< just this one; 0: all
    std::int64_t before = 0;  ///< cursor: ids below it; 0 for the newest
    int limit = 50;
};

/// Whose words a held mail holds: of a contact, who gets an item of their own, or words for an item that is
/// there.
struct MailAssignment {
    std::int64_t id = 0;
    std::string contact;  ///< id or address; empty when `item` is given
    std::optional<ItemRef> item;
    std::string actor;
};

class MailStore {
 public:
    virtual ~MailStore() = default;
    /// Durable when it returns. The same bytes for the same recipient once more change nothing.
    virtual Task<Done> receive(ArrivedMail mail, core::Instant now) = 0;
    /// Mails that are owed, oldest first; each is counted as tried and is nobody else's until `until`.
    virtual Task<Result<std::vector<PendingMail>>> take(core::Instant now, core::Instant until,
                                                        int limit) = 0;
    /// Keeps what was read, so that it need not be read again.
    virtual Task<Done> keep_reading(std::int64_t id, Reading reading) = 0;
    /// What the mail means, and its outcome: one transaction.
    virtual Task<Result<AppliedMail>> apply(MailToApply mail, core::Instant now) = 0;
    virtual Task<Done> postpone(std::int64_t id, core::Instant not_before, std::string why) = 0;
    virtual Task<Done> dead_letter(std::int64_t id, std::string why, core::Instant now) = 0;

    virtual Task<Result<std::vector<MailRow>>> list(MailQuery query) = 0;
    /// Mails that wait: for us, or for a person.
    virtual Task<Result<std::vector<MailCount>>> waiting() = 0;
    /// With its disposition. Errors: not_found.
    virtual Task<Result<MailRow>> find(std::int64_t id) = 0;
    /// The bytes as they came. Errors: not_found.
    virtual Task<Result<std::string>> bytes(std::int64_t id) = 0;
    /// Errors: not_found (mail, contact, item), conflict (it is not held, several contacts have the address).
    virtual Task<Result<AppliedMail>> assign(MailAssignment assignment, core::Instant now) = 0;
    /// Errors: not_found, conflict (neither held nor dead-lettered).
    virtual Task<Done> dismiss(std::int64_t id, std::string reason, std::string actor, core::Instant now) = 0;
    /// A dead-lettered mail begins anew. Errors: not_found, conflict.
    virtual Task<Done> try_again(std::int64_t id, core::Instant now) = 0;
};

/// The plugin that knows mail.
class MailReader {
 public:
    virtual ~MailReader() = default;
    /// False: none runs, and mails wait without being counted as tried.
    virtual bool reads_mail() const = 0;
    /// Errors: unavailable (it was suspended), deadline, internal (its reply is not what the schema says),
    /// and its own.
    virtual Task<Result<Reading>> read_mail(std::string bytes, std::string sender,
                                            std::vector<std::string> recipients, int attempt) = 0;
};

}  // namespace candour::flow
