#include "core/loop/commitment.hpp"

#include "core/feedback/text.hpp"
#include "core/loop/content.hpp"

namespace candour::core {
namespace {

void take_made(Commitment& commitment, const CommitmentEntry& entry) {
    commitment.account = AccountId::trusted(text_of(entry.content, "account"));
    commitment.contact = ContactId::trusted(text_of(entry.content, "contact"));
    commitment.owner = text_of(entry.content, "owner");
    commitment.promise = text_of(entry.content, "text");
    commitment.source = value_of(kPromisedIn, text_of(entry.content, "source")).value_or(PromisedIn::other);
    commitment.made_at = entry.at;
    commitment.due_at = instant_of(entry.content, "due");
}

Error not_this_promise(const Commitment& commitment, const std::string& why) {
    return Error{ErrorCode::conflict, "commitment " + commitment.id.text() + ": " + why};
}

/// Broken by time alone, it can still be settled by a person: late is better than never.
Done still_open(const Commitment& commitment) {
    if (commitment.standing == Standing::open) return done();
    return not_this_promise(commitment,
                            "it is " + std::string(name_of(kStandings, commitment.standing)) + " already");
}

}  // namespace

Result<Commitment> fold(Commitment commitment, const CommitmentEntry& entry) {
    const bool made = entry.event == CommitmentEvent::made;
    if (made != (commitment.version == 0))
        return not_this_promise(commitment, made ? "it was made already" : "it was never made");
    const bool settles = entry.event == CommitmentEvent::kept || entry.event == CommitmentEvent::broken;
    if (settles && commitment.standing != Standing::open)
        return not_this_promise(commitment, "it is settled already");
    ++commitment.version;
    if (made) take_made(commitment, entry);
    if (entry.event == CommitmentEvent::handed_on) commitment.owner = text_of(entry.content, "owner");
    if (!settles) return commitment;
    commitment.settled_at = entry.at;
    commitment.standing = entry.event == CommitmentEvent::broken ? Standing::broken
                          : entry.at <= commitment.due_at        ? Standing::kept
                                                                 : Standing::late;
    return commitment;
}

Result<CommitmentEntry> make(const Commitment& wanted, const Act& act, const std::string& note) {
    if (Done words = check_words("promise", wanted.promise); !words) return words.error();
    if (Done words = check_text("note", note); !words) return words.error();
    if (wanted.account.empty())
        return Error{ErrorCode::invalid, "account: expected whom it was promised to, found nothing"};
    if (wanted.source == PromisedIn::loop)
        return Error{ErrorCode::invalid,
                     "source: expected sales, review, mail, meeting or other; deciding about an item makes "
                     "its own promise"};
    if (wanted.due_at <= act.at)
        return Error{ErrorCode::invalid, "by: expected a time in the future, found one that has passed"};
    return CommitmentEntry{CommitmentEvent::made,
                           act.actor,
                           act.at,
                           {{"account", wanted.account.text()},
                            {"contact", wanted.contact.text()},
                            {"owner", wanted.owner},
                            {"text", wanted.promise},
                            {"source", std::string(name_of(kPromisedIn, wanted.source))},
                            {"due", std::to_string(to_us(wanted.due_at))},
                            {"note", note}}};
}

Result<CommitmentEntry> keep(const Commitment& commitment, const Act& act, const std::string& note) {
    if (Done words = check_text("note", note); !words) return words.error();
    if (Done open = still_open(commitment); !open) return open.error();
    return CommitmentEntry{CommitmentEvent::kept, act.actor, act.at, {{"note", note}}};
}

Result<CommitmentEntry> break_it(const Commitment& commitment, const Act& act, const std::string& reason) {
    if (Done words = check_words("reason", reason); !words) return words.error();
    if (Done open = still_open(commitment); !open) return open.error();
    return CommitmentEntry{CommitmentEvent::broken, act.actor, act.at, {{"reason", reason}}};
}

Result<CommitmentEntry> hand_on(const Commitment& commitment, const Act& act, const std::string& owner,
                                const std::string& note) {
    if (Done words = check_text("note", note); !words) return words.error();
    if (owner.empty())
        return Error{ErrorCode::invalid, "to: expected the teammate who keeps it from now on, found nothing"};
    return CommitmentEntry{CommitmentEvent::handed_on,
                           act.actor,
                           act.at,
                           {{"owner", owner}, {"from", commitment.owner}, {"note", note}}};
}

}  // namespace candour::core
