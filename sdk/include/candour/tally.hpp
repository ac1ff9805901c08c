/// What is counted per item, as C++ values: `movements` says on which days an item changes which counter,
/// `summarise` reads the counters of many items as of a day. abi.h says what the cells mean.
#ifndef CANDOUR_TALLY_HPP
#define CANDOUR_TALLY_HPP
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "candour/measure.hpp"

namespace candour::sdk {

/// All that happened to one item, in order; the days never fall.
struct Story {
    std::span<const Row> rows;
};

/// What `movements` fills: the whole list, days to come included.
class Movements {
 public:
    Movements(std::int64_t unit, std::vector<std::int64_t>& cells) : unit_(unit), cells_(cells) {}
    /// From `day` on the counter `bucket` is higher by `change`.
    void move(std::int64_t day, std::int64_t bucket, std::int64_t change) {
        cells_.insert(cells_.end(), {unit_, day, bucket, change});
    }

 private:
    std::int64_t unit_;
    std::vector<std::int64_t>& cells_;
};

/// One call of `movements`: its items and the lists that answer them.
class MovementPlan {
 public:
    /// Errors: invalid when the cells do not fit together.
    static Result<MovementPlan> read(cdr_bytes rows, cdr_bytes units) {
        const auto fits = [](cdr_bytes bytes, std::size_t size) {
            return bytes.len % size == 0 && reinterpret_cast<std::uintptr_t>(bytes.ptr) % alignof(Row) == 0;
        };
        if (!fits(rows, sizeof(Row)) || !fits(units, sizeof(Unit)))
            return Error{ErrorCode::invalid, "expected whole, aligned rows and units of int64 cells"};
        MovementPlan plan;
        plan.rows_ = {reinterpret_cast<const Row*>(rows.ptr), rows.len / sizeof(Row)};
        plan.units_ = {reinterpret_cast<const Unit*>(units.ptr), units.len / sizeof(Unit)};
        const auto count = static_cast<std::int64_t>(plan.rows_.size());
        for (const Unit& unit : plan.units_)
            if (unit.first < 0 || unit.count < 0 || unit.first > count || unit.count > count - unit.first)
                return Error{ErrorCode::invalid, "a unit names rows that are not there"};
        return plan;
    }
    std::size_t size() const { return units_.size(); }
    Story story(std::size_t i) const {
        return {rows_.subspan(static_cast<std::size_t>(units_[i].first),
                              static_cast<std::size_t>(units_[i].count))};
    }
    Movements movements(std::size_t i) { return Movements(static_cast<std::int64_t>(i), cells_); }
    std::string take() const {
        return std::string(reinterpret_cast<const char*>(cells_.data()),
                           cells_.size() * sizeof(std::int64_t));
    }

 private:
    struct Unit {
        std::int64_t first, count;
    };
    std::span<const Row> rows_;
    std::span<const Unit> units_;
    std::vector<std::int64_t> cells_;
};

/// The counters of one call of `summarise`, by day of the request.
class Tallies {
 public:
    struct Count {
        std::int64_t bucket, count;
    };
    /// Errors: invalid when the cells do not divide into days.
    static Result<Tallies> read(cdr_bytes bytes) {
        const bool whole = bytes.len % sizeof(std::int64_t) == 0 &&
                           reinterpret_cast<std::uintptr_t>(bytes.ptr) % alignof(std::int64_t) == 0;
        if (!whole) return Error{ErrorCode::invalid, "expected whole, aligned int64 cells"};
        std::span<const std::int64_t> cells{reinterpret_cast<const std::int64_t*>(bytes.ptr),
                                            bytes.len / sizeof(std::int64_t)};
        Tallies tallies;
        while (!cells.empty()) {
            const std::int64_t pairs = cells.front();
            cells = cells.subspan(1);
            if (pairs < 0 || static_cast<std::size_t>(pairs) > cells.size() / 2)
                return Error{ErrorCode::invalid, "a day names counters that are not there"};
            const auto length = static_cast<std::size_t>(pairs);
            tallies.days_.push_back({reinterpret_cast<const Count*>(cells.data()), length});
            cells = cells.subspan(2 * length);
        }
        return tallies;
    }
    std::size_t days() const { return days_.size(); }
    /// By bucket, without zeros.
    std::span<const Count> on(std::size_t day) const { return days_[day]; }
    /// The counters from `first` up to, but not with, `end`.
    std::span<const Count> between(std::size_t day, std::int64_t first, std::int64_t end) const {
        const auto below = [](const Count& count, std::int64_t bucket) { return count.bucket < bucket; };
        const std::span<const Count> all = days_[day];
        const auto from = std::lower_bound(all.begin(), all.end(), first, below);
        const auto to = std::lower_bound(from, all.end(), end, below);
        return {from, to};
    }
    std::int64_t count(std::size_t day, std::int64_t bucket) const {
        const std::span<const Count> found = between(day, bucket, bucket + 1);
        return found.empty() ? 0 : found.front().count;
    }

 private:
    std::vector<std::span<const Count>> days_;
};
static_assert(sizeof(Tallies::Count) == 2 * sizeof(std::int64_t));

}  // namespace candour::sdk
#endif
