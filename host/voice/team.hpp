/// Mails to our own people. They lead to our own pages, where looking changes nothing, and never to a
/// customer's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "voice/mails.hpp"

namespace candour::voice {

/// One thing that one of us should know.
struct TeamNews {
    std::string item;     ///< its alias, such as LP-187; empty: it is about a person who matters
    std::string account;  ///< whom it is about: shown in subjects
    std::string contact;  ///< the same person, with their account; or empty
    /// What happened: raised, handed_on, replied, …; overdue.decide, due.decide and so on for what is owed;
    /// contact_unreachable, contact_opted_out, contact_left, contact_silent.
    std::string what;
    bool watching = false;  ///< they do not answer for it
    std::string said;       ///< the customer's own words; or empty
    std::string reason;     ///< why a message did not arrive, as the mail server said it; or empty
    std::string owner_name;
    std::optional<Date> due;  ///< of the step that is owed
    std::string url;
};

struct TeamMailFacts {
    std::string organisation;
    std::string language = "en";
    std::vector<TeamNews> news;  ///< at least one
    std::size_t count = 0;       ///< how many there are in all, when not all of them are here
    std::string all_url;         ///< where the others stand
    bool can_answer = false;     ///< mail comes in: an answer finds its item
};
/// One thing, or several at once: then the subject says how many.
Mail team_mail(const TeamMailFacts& facts);

/// A list of a digest, and how much of it is not shown.
struct TeamList {
    std::vector<TeamNews> lines;
    std::int64_t more = 0;
};

struct TeamDigestFacts {
    std::string organisation;
    std::string language = "en";
    Date on{};
    std::int64_t open_items = 0;
    TeamList news, overdue, today, quiet;
    std::string url;  ///< where all items stand
};
Mail team_digest(const TeamDigestFacts& facts);

/// A link that lets them in: for the first time, with another password, or past a door that was shut.
struct EntranceFacts {
    std::string organisation;
    std::string language = "en";
    std::string purpose;  ///< invite, reset, unlock
    std::string url;
};
Mail entrance_mail(const EntranceFacts& facts);

/// A webhook took nothing for too long; it is not tried any more.
struct WebhookFacts {
    std::string organisation;
    std::string language = "en";
    std::string name;
    std::string why;
    std::string url;  ///< where it is put in use again
};
Mail webhook_mail(const WebhookFacts& facts);

/// Their mail changed nothing.
struct TeamRefusalFacts {
    std::string organisation;
    std::string language = "en";
    std::string reason;  ///< no_word, which_item, moved_on, too_old, other_address, not_possible
    std::string detail;  ///< what kept it from being done, as the command says it
    std::string from;    ///< other_address only: whoever it was
    std::string said;    ///< the first line of what they wrote; or empty
    std::string item;    ///< or empty
    std::string url;     ///< of the item, or of all of them
};
Mail team_refusal(const TeamRefusalFacts& facts);

}  // namespace candour::voice
