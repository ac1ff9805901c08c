/// Items that go on in another one, and items that go from one teammate to another.
#pragma once
#include <string>

#include "flow/clock.hpp"
#include "flow/loop/commitments.hpp"
#include "flow/loop/many.hpp"
#include "flow/relationship/care.hpp"

namespace candour::flow {

/// Everything of one teammate for another one: accounts, promises that stand alone, items.
struct HandOver {
    std::string from, to;  ///< teammates' ids
    Doer doer;
    std::string note;
    bool dry_run = false;
};
struct HandOverReport {
    ManyReport items;
    int commitments = 0;
    int accounts = 0;
};

class Belonging {
 public:
    Belonging(ManyItems& items, Commitments& commitments, Care& care, const Clock& clock)
        : items_(items), commitments_(commitments), care_(care), clock_(clock) {}

    Task<Result<core::Item>> merge(Aim from, ItemRef into, std::string actor, std::string note);
    /// Errors: invalid when both are the same person. Given again, it goes on where it ended.
    Task<Result<HandOverReport>> hand_over(HandOver hand_over);

 private:
    Task<Result<std::vector<Aim>>> all_of(std::string teammate);

    ManyItems& items_;
    Commitments& commitments_;
    Care& care_;
    const Clock& clock_;
};

}  // namespace candour::flow
