/// How a unit's state is found for every day, past and coming: it is a step function that depends on its rows
/// alone, so it is asked for on each day that has a row, and after that on each day on which the answer said
/// it changes by itself.
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "candour/result.hpp"
#include "core/metrics/fact.hpp"

namespace candour::core {

/// "On no day" in the last cell of a state.
inline constexpr Day kNoDay = std::numeric_limits<std::int64_t>::max();
/// Between two rows a state may change by itself this often, and twice more for each row that can expire.
inline constexpr int kMostSteps = 64;

using Counts = std::vector<std::int64_t>;

/// From `day` on, until the next step.
struct StateStep {
    Day day = 0;
    Counts state;
};

class Walk {
 public:
    /// The first `rows` rows are known, and the state is asked as of `day`.
    struct Ask {
        std::size_t rows = 0;
        Day day = 0;
    };

    /// Rows as `standing_facts` gives them.
    explicit Walk(std::vector<Fact> rows);

    const std::vector<Fact>& rows() const { return rows_; }
    /// What is to be asked next; empty: the walk is over.
    const std::vector<Ask>& asks() const { return asks_; }
    /// The answers to `asks`, in order: each `width` cells and the day of the next change.
    /// Errors: invalid when a day does not lie ahead, or the state changes without end.
    Done answer(std::span<const std::int64_t> answers, std::size_t width);
    /// In order of days, without steps that change nothing.
    std::vector<StateStep> take();

 private:
    Day next_row_day(std::size_t rows) const;

    std::vector<Fact> rows_;
    std::vector<Ask> asks_;
    std::vector<StateStep> steps_;
    int rounds_ = 0;
};

}  // namespace candour::core
