/// What somebody does in the first hour of an empty house. Nothing is ticked off by hand: a step is done when
/// what it is for is there.
#pragma once
#include <string>

#include "flow/identity/audit.hpp"

namespace candour::flow {

/// What is there already, of what the database knows.
struct HouseContents {
    bool people = false;     ///< a contact
    bool teammates = false;  ///< a second person who may sign in
    bool survey = false;
    bool campaign = false;  ///< one was planned, tried by mail or sent
    bool closed = false;    ///< an item is visibly closed
    core::Instant dismissed_at = core::kNever;
};

class FirstSteps {
 public:
    virtual ~FirstSteps() = default;
    virtual Task<Result<HouseContents>> contents() = 0;
    /// Nobody is guided from now on; it can be asked for again.
    virtual Task<Done> dismiss(bool dismissed, Doer doer, core::Instant now) = 0;
};

}  // namespace candour::flow
