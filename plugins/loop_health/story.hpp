/// What is known of one item up to a day: its rounds, and what was promised.
#pragma once
#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "buckets.hpp"
#include "candour/tally.hpp"

namespace candour::loop_health {

/// Compared by instant, counted by day.
struct Moment {
    std::int64_t at_us = 0;
    std::int64_t day = 0;
};

/// From being raised to coming back.
struct Round {
    std::int64_t raised = 0;
    std::array<std::optional<Moment>, 5> reached{};
    std::array<std::optional<Moment>, 5> left{};  ///< will not be reached in this round any more
    std::array<std::optional<Moment>, 4> due{};   ///< by step
    std::int64_t last_sign = 0;                   ///< day on which the customer could see something
    std::int64_t seen_by = 0;                     ///< of a visible closure: page, reply or recorded
    bool given_up = false;
    bool dismissed = false;
    std::optional<std::int64_t> came_back;
};

struct Promise {
    Moment due;
    std::optional<std::int64_t> settled_us;
    bool broken = false;
};

struct Known {
    std::vector<Round> rounds;
    std::vector<Promise> promises;
    bool in_haste = false;  ///< an executive, or somebody who is unhappy: silence begins earlier
};

/// Rows after `day` have not happened yet. Errors: invalid when a row says what cannot be.
Result<Known> known_by(const sdk::Story& story, std::int64_t day);

}  // namespace candour::loop_health
