/// Drives a metric as the host would: rows of one contact go in, the state on any day comes out, and the sums
/// of many go to finalize. `plugin.query` must have been asked after create; a pure metric needs no host to
/// run.
#ifndef CANDOUR_TESTING_MEASURED_CONTACT_HPP
#define CANDOUR_TESTING_MEASURED_CONTACT_HPP
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "candour/border.hpp"
#include "candour/measure.hpp"

namespace candour::sdk::testing {

/// What is known of one contact, in any order.
class MeasuredContact {
 public:
    MeasuredContact& row(std::int64_t view, std::int64_t day, std::array<std::int64_t, 4> value) {
        const auto seq = static_cast<std::int64_t>(rows_.size()) + 1;
        rows_.push_back({view, day, day * 86'400'000'000 + seq, seq, value});
        return *this;
    }
    /// The rows of days up to `day`, as a metric gets them.
    std::vector<Row> until(std::int64_t day) const {
        std::vector<Row> known;
        for (const Row& row : rows_)
            if (row.day <= day) known.push_back(row);
        std::stable_sort(known.begin(), known.end(),
                         [](const Row& a, const Row& b) { return a.at_us < b.at_us; });
        return known;
    }

 private:
    std::vector<Row> rows_;
};

struct MeasuredState {
    std::vector<std::int64_t> sums;
    std::int64_t changes_on = CDR_NEVER;
};

class DrivenMetric {
 public:
    DrivenMetric(const cdr_metric* role, void* self, std::string metric, std::size_t width)
        : role_(role), self_(self), metric_(std::move(metric)), width_(width) {}

    Result<MeasuredState> state(const MeasuredContact& contact, std::int64_t day) const {
        const std::vector<Row> rows = contact.until(day);
        const std::int64_t ask[] = {0, static_cast<std::int64_t>(rows.size()), day};
        Buffer out;
        Failure failure;
        const cdr_call call{sizeof(cdr_call), 1, 1, CDR_NEVER};
        const cdr_status status =
            role_->unit(self_, &call, to_view(metric_), cells(rows.data(), rows.size() * sizeof(Row)),
                        cells(ask, sizeof ask), out.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        if (out.view().size() != (width_ + 1) * sizeof(std::int64_t))
            return Error{ErrorCode::corrupt, "expected " + std::to_string(width_ + 1) + " cells, found " +
                                                 std::to_string(out.view().size()) + " bytes"};
        std::vector<std::int64_t> numbers(width_ + 1);
        std::memcpy(numbers.data(), out.view().data(), out.view().size());
        const std::int64_t until = numbers.back();
        numbers.pop_back();
        return MeasuredState{numbers, until};
    }
    /// Groups as abi.h has them: account, level, revenue, then the sums of each day.
    Result<std::string> finalize(const std::vector<std::int64_t>& groups,
                                 std::string_view request_json) const {
        Buffer out;
        Failure failure;
        const cdr_call call{sizeof(cdr_call), 1, 1, CDR_NEVER};
        const cdr_status status = role_->finalize(self_, &call, to_view(metric_),
                                                  cells(groups.data(), groups.size() * sizeof(std::int64_t)),
                                                  to_view(request_json), out.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        return out.text();
    }

 private:
    static cdr_bytes cells(const void* data, std::size_t bytes) {
        return {static_cast<const std::uint8_t*>(data), bytes};
    }

    const cdr_metric* role_;
    void* self_;
    std::string metric_;
    std::size_t width_;
};

}  // namespace candour::sdk::testing
#endif
