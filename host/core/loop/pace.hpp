/// How long items stay where they are: the median of those that went on.
#pragma once
#include <span>
#include <vector>

#include "core/instant.hpp"
#include "core/loop/state.hpp"

namespace candour::core {

/// When an item came to each state of its round; kNever where it has not been.
struct Course {
    Instant raised = kNever;
    Instant heard = kNever;
    Instant decided = kNever;
    Instant changed = kNever;
    Instant told = kNever;
    Instant closed = kNever;
    bool will_change = false;
};

struct Pace {
    State state = State::raised;
    std::int64_t items = 0;  ///< so many went on from there
    std::chrono::microseconds median{};
};

/// For each state that at least one of them has left for the next, in the order of the loop. Whoever waits
/// there still is not counted: how long they will have waited nobody knows.
std::vector<Pace> paces_of(std::span<const Course> courses);

}  // namespace candour::core
