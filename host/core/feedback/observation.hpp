/// A typed fact from a collector, before it has a number: what the plugin says plus what the host knows.
#pragma once
#include <optional>
#include <string>

#include "candour/ids.hpp"
#include "core/feedback/answer_class.hpp"
#include "core/instant.hpp"

namespace candour::core {

struct Observation {
    std::string source;    ///< plugin that collected it; set by the host, never by the plugin
    std::string kind;      ///< e.g. "survey.answer"; the plugin must hold the grant ingest:<kind>
    std::string key;       ///< idempotency key, unique within the source
    std::string item_key;  ///< same source and item_key: one item, never two. Defaults to the key
    std::string about;     ///< what was asked, e.g. the survey's id
    MessageId message;     ///< the invitation it answers, empty for an open link
    ContactId contact;     ///< empty: anonymous
    AccountId account;
    std::optional<int> score;  ///< 0..10
    std::string verbatim;      ///< the customer's own words, unaltered; may be empty
    bool contact_me = false;
    bool may_quote = false;
    std::string language;  ///< BCP 47, e.g. "de"
    std::string answers;   ///< further fields as a JSON object, "{}" when there are none
    AnswerClass answer_class = AnswerClass::unverified;
    std::int64_t mail = 0;    ///< number of the mail it came by; 0: another way
    std::string remark;       ///< what is odd about its sender, for the team; never shown to customers
    bool acknowledge = true;  ///< false: nobody is written to about it, the page exists all the same
    bool raise = true;        ///< false: history, which stays an observation whatever it says
    Instant occurred_at = kNever;
    std::string noted_by{};  ///< who of us wrote it down for them: then it is an item, whatever the rules say
    std::string channel{};   ///< and how they said it: phone, meeting, …
};

}  // namespace candour::core
