/// The rows and states of the metric role as C++ values: what `unit` reads and writes, what `finalize` sums
/// up. abi.h says what the cells mean; everything here is a view of them, nothing is copied but the states.
#ifndef CANDOUR_MEASURE_HPP
#define CANDOUR_MEASURE_HPP
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "candour/abi.h"
#include "candour/result.hpp"

namespace candour::sdk {

/// One fact of a view, as of a civil day of the organisation.
struct Row {
    std::int64_t view = 0;  ///< its place in the metric's "inputs"
    std::int64_t day = 0;   ///< days since 1970-01-01
    std::int64_t at_us = 0;
    std::int64_t seq = 0;  ///< order of arrival: decides between equal instants
    std::array<std::int64_t, 4> value{};
};
static_assert(sizeof(Row) == CDR_ROW_CELLS * sizeof(std::int64_t));

/// All that is known of one contact at one account, as of a day. Rows are in order of (at_us, seq).
struct Evaluation {
    std::span<const Row> rows;
    std::int64_t as_of = 0;
};

/// What `unit` fills: it starts as zeros that never change.
class UnitState {
 public:
    UnitState(std::span<std::int64_t> sums, std::int64_t& valid_until)
        : sums_(sums), valid_until_(valid_until) {}
    std::int64_t& operator[](std::size_t i) { return sums_[i]; }
    std::span<std::int64_t> sums() { return sums_; }
    /// The state may change on `day` without a new row; the earliest of several days counts.
    void changes_on(std::int64_t day) {
        if (day < valid_until_) valid_until_ = day;
    }

 private:
    std::span<std::int64_t> sums_;
    std::int64_t& valid_until_;
};

/// One call of `unit`: its evaluations and the states that answer them.
class UnitPlan {
 public:
    /// Errors: invalid when the cells do not fit together.
    static Result<UnitPlan> read(cdr_bytes rows, cdr_bytes evaluations, std::size_t width) {
        const auto fits = [](cdr_bytes bytes, std::size_t size) {
            return bytes.len % size == 0 && reinterpret_cast<std::uintptr_t>(bytes.ptr) % alignof(Row) == 0;
        };
        if (width == 0) return Error{ErrorCode::not_found, "this plugin has no such metric"};
        if (!fits(rows, sizeof(Row)) || !fits(evaluations, sizeof(Ask)))
            return Error{ErrorCode::invalid, "expected whole, aligned rows and evaluations of int64 cells"};
        UnitPlan plan;
        plan.rows_ = {reinterpret_cast<const Row*>(rows.ptr), rows.len / sizeof(Row)};
        plan.asks_ = {reinterpret_cast<const Ask*>(evaluations.ptr), evaluations.len / sizeof(Ask)};
        plan.width_ = width;
        for (const Ask& ask : plan.asks_)
            if (ask.first < 0 || ask.count < 0 || ask.first > plan.rows_count() ||
                ask.count > plan.rows_count() - ask.first)
                return Error{ErrorCode::invalid, "an evaluation names rows that are not there"};
        plan.states_.resize(plan.asks_.size() * (width + 1) * sizeof(std::int64_t));
        for (std::size_t i = 0; i < plan.asks_.size(); ++i) plan.cells(i)[width] = CDR_NEVER;
        return plan;
    }
    std::size_t size() const { return asks_.size(); }
    Evaluation evaluation(std::size_t i) const {
        const auto rows =
            rows_.subspan(static_cast<std::size_t>(asks_[i].first), static_cast<std::size_t>(asks_[i].count));
        return Evaluation{rows, asks_[i].as_of};
    }
    UnitState state(std::size_t i) { return UnitState({cells(i), width_}, cells(i)[width_]); }
    std::string take() { return std::move(states_); }

 private:
    struct Ask {
        std::int64_t first, count, as_of;
    };
    std::int64_t rows_count() const { return static_cast<std::int64_t>(rows_.size()); }
    /// A std::string of this size lives on the heap, aligned for any cell.
    std::int64_t* cells(std::size_t i) {
        return reinterpret_cast<std::int64_t*>(states_.data()) + i * (width_ + 1);
    }

    std::span<const Row> rows_;
    std::span<const Ask> asks_;
    std::size_t width_ = 0;
    std::string states_;
};

/// The sums of one call of `finalize`, one group per account and level.
class Groups {
 public:
    struct Group {
        std::int64_t account;  ///< its number within this call
        std::int64_t level;    ///< 0 operational, 1 managerial, 2 executive
        std::int64_t revenue;  ///< per year, or -1
        std::span<const std::int64_t> cells;
        std::size_t width;
        /// The sums as of the request's n-th day; zeros never stand for missing days, there are none.
        std::span<const std::int64_t> sums(std::size_t day = 0) const {
            return cells.subspan(day * width, width);
        }
    };

    Groups(cdr_bytes cells, std::size_t width)
        : cells_(reinterpret_cast<const std::int64_t*>(cells.ptr), cells.len / sizeof(std::int64_t)),
          width_(width) {}

    /// `days` is the number of days in the request. Errors: invalid when the cells do not divide into groups.
    Result<std::size_t> count(std::size_t days) const {
        const std::size_t stride = CDR_GROUP_CELLS + days * width_;
        if (width_ == 0) return Error{ErrorCode::not_found, "this plugin has no such metric"};
        if (cells_.size() % stride != 0)
            return Error{ErrorCode::invalid, "expected groups of " + std::to_string(stride) +
                                                 " cells, found " + std::to_string(cells_.size()) + " cells"};
        return cells_.size() / stride;
    }
    Group at(std::size_t i, std::size_t days) const {
        const std::size_t stride = CDR_GROUP_CELLS + days * width_;
        const auto cells = cells_.subspan(i * stride, stride);
        return {cells[0], cells[1], cells[2], cells.subspan(CDR_GROUP_CELLS), width_};
    }

 private:
    std::span<const std::int64_t> cells_;
    std::size_t width_;
};

}  // namespace candour::sdk
#endif
