/// Where the host's steps get the time from. Tests put a clock there which they move by hand.
#pragma once
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

class Clock {
 public:
    virtual ~Clock() = default;
    virtual core::Instant now() const = 0;
    /// Returns when `now() >= at`, or earlier when `wake()` is called. Never returns in a closed host: it is
    /// cancelled.
    virtual Task<void> wait_until(core::Instant at) = 0;
};

}  // namespace candour::flow
