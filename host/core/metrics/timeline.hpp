/// A unit's state with the level it counts at, over all days; and what a change of it does to the sums.
#pragma once
#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/metrics/walk.hpp"

namespace candour::core {

/// The level from `day` on; before the first one it was the first one's.
struct LevelStep {
    Day day = 0;
    int level = 0;
};
std::vector<LevelStep> levels_of(std::span<const Fact> facts);

struct TimelineStep {
    Day day = 0;
    int level = 0;
    Counts state;
    friend bool operator==(const TimelineStep&, const TimelineStep&) = default;
};
using Timeline = std::vector<TimelineStep>;

Timeline join(std::span<const StateStep> states, std::span<const LevelStep> levels);

/// "19800 0 1,0,1;20165 0 0" : day, level, cells without the zeros at their end.
std::string to_text(const Timeline& timeline);
/// Errors: corrupt.
Result<Timeline> read_timeline(std::string_view text, std::size_t width);

/// One sum that figures are made of: signed differences by the day from which they hold.
struct Cell {
    std::string account;
    int level = 0;
    Day day = 0;
    friend auto operator<=>(const Cell&, const Cell&) = default;
};
using Deltas = std::map<Cell, Counts>;

/// Adds (or with -1 takes away) what a timeline contributes. Cells that become zero stay until `drop_zeros`.
void add_timeline(Deltas& deltas, const std::string& account, const Timeline& timeline, int sign);
void drop_zeros(Deltas& deltas);

/// Sums of everything before a month's first day (`day`).
using Snapshots = Deltas;
/// What these differences change in the snapshots up to the one of `last_month`.
Snapshots snapshots_of(const Deltas& deltas, Day last_month);

}  // namespace candour::core
