/// What a customer said to one of us, written down: it becomes an item whatever the rules say, because
/// somebody of ours heard it and has to answer.
#pragma once
#include <string>

#include "flow/clock.hpp"
#include "flow/ingest/observations.hpp"
#include "flow/relationship/relationships.hpp"

namespace candour::flow {

struct SpokenWords {
    std::string contact;  ///< id, or an address that one contact has
    std::string words;
    std::string channel;              ///< phone, meeting, chat, …
    std::string about;                ///< what it is about, in a word; or empty
    core::Instant at = core::kNever;  ///< when they said it; never: just now
    bool may_quote = false;
    bool acknowledge = false;  ///< the customer gets the mail that their words arrived
    std::string key{};         ///< of the writer's own: twice the same is one item
};

class ByHand {
 public:
    ByHand(Relationships& relationships, Observations& observations, const Clock& clock)
        : relationships_(relationships), observations_(observations), clock_(clock) {}

    /// `by`: tea_… or tok_…. Errors: not_found and conflict (whom it names), invalid.
    Task<Result<Accepted>> write_down(SpokenWords said, std::string by);

 private:
    Relationships& relationships_;
    Observations& observations_;
    const Clock& clock_;
};

}  // namespace candour::flow
