/// Counters of items: on which days an item moves which of them, and their sums by day and by month.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "candour/result.hpp"
#include "core/metrics/calendar.hpp"

namespace candour::core {

/// abi.h: CDR_MOST_MOVEMENTS, CDR_FARTHEST_DAYS.
inline constexpr std::size_t kMostMovements = 4'096;
inline constexpr Day kFarthestDays = 3'660;
/// One item never weighs more than this in one counter; sums of a million of them stay far from overflowing.
inline constexpr std::int64_t kLargestChange = 1'000'000;

struct Movement {
    Day day = 0;
    std::int64_t bucket = 0;
    std::int64_t change = 0;
    friend auto operator<=>(const Movement&, const Movement&) = default;
};
/// In order of day and bucket, each pair once, without zeros.
using Movements = std::vector<Movement>;

/// `first` and `last`: the days of the item's first and last row. Errors: invalid, saying what is wrong.
Result<Movements> settled(Movements said, Day first, Day last);

/// "20100 7 1;0 9 -2;31 7 -1": day, bucket and change; each day counts from the one before.
std::string to_text(const Movements& movements);
/// Errors: corrupt.
Result<Movements> read_movements(std::string_view text);

/// A counter and what it stands at.
using Count = std::pair<std::int64_t, std::int64_t>;
/// By bucket, without zeros.
using Tally = std::vector<Count>;

/// "7 120;2 4": bucket and count; each bucket counts from the one before.
std::string to_text(const Tally& tally);

/// Adds counters up, wherever they come from.
class TallySum {
 public:
    void add(std::int64_t bucket, std::int64_t count) { counts_[bucket] += count; }
    /// Errors: corrupt.
    Done add_text(std::string_view text);
    /// What an item has moved up to and with `day`.
    void add_until(const Movements& movements, Day day);
    Tally take() const;

 private:
    std::unordered_map<std::int64_t, std::int64_t> counts_;
};

enum class Grain : std::uint8_t { month, day };
inline constexpr NameTable<Grain, 2> kGrains{{{Grain::month, "month"}, {Grain::day, "day"}}};

/// Everybody.
inline constexpr std::string_view kAll = "*";

/// One row of counters: the changes of a day, or of the month that begins with it.
struct TallyCell {
    std::string segment;
    std::string level;
    Grain grain = Grain::day;
    Day day = 0;
    friend auto operator<=>(const TallyCell&, const TallyCell&) = default;
};
using TallyDeltas = std::map<TallyCell, std::map<std::int64_t, std::int64_t>>;

/// Adds (or with -1 takes away) what an item contributes: to everybody's counters and to those of its segment
/// and level.
void add_movements(TallyDeltas& deltas, const std::string& segment, const std::string& level,
                   const Movements& movements, int sign);
void drop_zeros(TallyDeltas& deltas);

}  // namespace candour::core
