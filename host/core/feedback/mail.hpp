/// What a mail says, in the words of the plugin that read it, and what follows from that. The plugin knows
/// mail; that a token is ours, whose address this is, and what an answer means is decided here.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "core/delivery/message.hpp"
#include "core/names.hpp"
#include "core/relationship/people.hpp"

namespace candour::core {

enum class MailKind : std::uint8_t {
    human,
    reply,
    bounce,
    complaint,
    delivery_notice,
    read_receipt,
    auto_reply,
    list,
    unsubscribe,
    loop,
    spam,
    rejected,
};
inline constexpr NameTable<MailKind, 12> kMailKinds{{
    {MailKind::human, "human"},
    {MailKind::reply, "reply"},
    {MailKind::bounce, "bounce"},
    {MailKind::complaint, "complaint"},
    {MailKind::delivery_notice, "delivery_notice"},
    {MailKind::read_receipt, "read_receipt"},
    {MailKind::auto_reply, "auto_reply"},
    {MailKind::list, "list"},
    {MailKind::unsubscribe, "unsubscribe"},
    {MailKind::loop, "loop"},
    {MailKind::spam, "spam"},
    {MailKind::rejected, "rejected"},
}};

struct MailBounce {
    std::string recipient;
    std::string status;      ///< "5.1.1" or empty
    std::string reply_code;  ///< "550" or empty
    std::string what;        ///< recipient, domain, mailbox_full, content, policy, temporary
    bool hard = false;
    std::string diagnostic;
    bool waits = false;  ///< the other server still tries
};

/// schemas/json/disposition.schema.json
struct Disposition {
    MailKind kind = MailKind::human;
    std::string reason;
    std::string from;  ///< bare address, lower case
    std::string subject;
    std::string message_id;  ///< as they stand in the mail, with or without angle brackets
    std::string in_reply_to;
    std::vector<std::string> references;
    std::vector<std::string> tokens;  ///< candidates only; whoever wrote them
    std::string original_message_id;  ///< of a bounce
    std::string original_envelope_id;
    std::string text;           ///< everything
    std::string reply;          ///< without what was quoted
    std::string reply_trimmed;  ///< and without the signature
    std::string language;
    std::vector<MailBounce> bounces;
    bool truncated = false;
};

/// A message of ours that a mail may belong to, the likeliest first.
struct MailTrail {
    MessageId message;
    bool by_token = false;  ///< the token was ours; else a Message-ID that was quoted back to us
};

/// The message of ours that it does belong to.
struct MailThread {
    MessageId message;
    MessageKind kind = MessageKind::closing;
    int round = 1;
    ItemId item;  ///< empty: an invitation
    ContactId contact;
    AccountId account;
    std::string about;
    std::string recipient;   ///< where it was sent, lower case; one of us: their address of today
    std::string teammate{};  ///< one of us, when it was sent to one
    bool by_token = false;
    bool over = false;  ///< to one of us: too old to be answered, or they have left
};

struct MailFacts {
    std::optional<MailThread> thread;
    std::vector<Contact> senders;  ///< the contacts with the address in From
    std::string envelope_sender;   ///< empty: the null sender
};

enum class MailEffect : std::uint8_t {
    raise,   ///< a person's own words: an observation, and an item by the rule
    answer,  ///< a person's answer to an invitation: an observation, no score invented
    reply,   ///< a person's words for the item of the thread
    hold,    ///< a person's words, and a person must say whose
    bounce,
    deliver,   ///< our message reached the mailbox
    suppress,  ///< nothing is sent there any more
    opt_out,   ///< they are asked nothing any more; what came of their words they still hear
    team,      ///< what one of us wrote back to a mail about items
    refuse,    ///< the same, and it may change nothing: they are told so
    record,    ///< kept and linked, nothing follows
};

struct MailVerdict {
    MailEffect effect = MailEffect::record;
    std::string why;    ///< one line for whoever looks at the mails
    ContactId contact;  ///< whose words they are
    AccountId account;
    bool by_contact = true;  ///< false: the address is not the contact's
    std::string remark;      ///< what is odd about the sender; empty: nothing
    std::string suppress;    ///< the address that nobody writes to any more, or asks
};

/// Acknowledgements of mail to one address within a day.
inline constexpr int kAcknowledgementsPerDay = 3;

MailVerdict judge_mail(const Disposition& mail, const MailFacts& facts);

/// What a person wrote: without quotes and signature, else the whole text, else the subject; cut at the
/// longest text that is kept. Empty when there is nothing at all.
std::string words_of(const Disposition& mail);

/// The same words of the same person under the same Message-ID are one mail, however often and by which way
/// they came. Empty without a Message-ID: then the bytes say which mail it is.
std::string sameness_of(const Disposition& mail);

}  // namespace candour::core
