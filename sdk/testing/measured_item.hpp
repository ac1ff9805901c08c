/// Drives a metric that counts items, as the host would: what happened to items goes in, their movements come
/// out, and the counters of many as of a day go to summarise.
#ifndef CANDOUR_TESTING_MEASURED_ITEM_HPP
#define CANDOUR_TESTING_MEASURED_ITEM_HPP
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "candour/border.hpp"
#include "candour/tally.hpp"

namespace candour::sdk::testing {

/// What happened to one item, in order.
class MeasuredItem {
 public:
    /// At noon of the day, unless `minute` says when.
    MeasuredItem& row(std::int64_t day, std::array<std::int64_t, 4> value, std::int64_t minute = 720) {
        const auto seq = static_cast<std::int64_t>(rows_.size()) + 1;
        rows_.push_back({0, day, day * 86'400'000'000 + minute * 60'000'000, seq, value});
        return *this;
    }
    const std::vector<Row>& rows() const { return rows_; }

 private:
    std::vector<Row> rows_;
};

struct Movement {
    std::int64_t unit = 0, day = 0, bucket = 0, change = 0;
    friend auto operator<=>(const Movement&, const Movement&) = default;
};
using Counters = std::map<std::int64_t, std::int64_t>;

/// The counters as of a day, without zeros.
inline Counters counters_on(const std::vector<Movement>& movements, std::int64_t day) {
    Counters counters;
    for (const Movement& movement : movements)
        if (movement.day <= day) counters[movement.bucket] += movement.change;
    std::erase_if(counters, [](const auto& counter) { return counter.second == 0; });
    return counters;
}

class DrivenTallies {
 public:
    DrivenTallies(const cdr_metric* role, void* self) : role_(role), self_(self) {}

    Result<std::vector<Movement>> movements(std::string_view tallies,
                                            const std::vector<MeasuredItem>& items) const {
        std::vector<Row> rows;
        std::vector<std::int64_t> units;
        for (const MeasuredItem& item : items) {
            units.insert(units.end(), {static_cast<std::int64_t>(rows.size()),
                                       static_cast<std::int64_t>(item.rows().size())});
            rows.insert(rows.end(), item.rows().begin(), item.rows().end());
        }
        Buffer out;
        Failure failure;
        const cdr_call call{sizeof(cdr_call), 1, 1, CDR_NEVER};
        const cdr_status status = role_->movements(
            self_, &call, to_view(tallies), cells(rows.data(), rows.size() * sizeof(Row)),
            cells(units.data(), units.size() * sizeof(std::int64_t)), out.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        std::vector<Movement> found(out.view().size() / sizeof(Movement));
        std::memcpy(found.data(), out.view().data(), found.size() * sizeof(Movement));
        return found;
    }
    /// The counters of each day of the request.
    Result<std::string> summarise(std::string_view metric, const std::vector<Counters>& days,
                                  std::string_view request_json) const {
        std::vector<std::int64_t> numbers;
        for (const Counters& day : days) {
            numbers.push_back(static_cast<std::int64_t>(day.size()));
            for (const auto& [bucket, count] : day) numbers.insert(numbers.end(), {bucket, count});
        }
        Buffer out;
        Failure failure;
        const cdr_call call{sizeof(cdr_call), 1, 1, CDR_NEVER};
        const cdr_status status = role_->summarise(
            self_, &call, to_view(metric), cells(numbers.data(), numbers.size() * sizeof(std::int64_t)),
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
};

}  // namespace candour::sdk::testing
#endif
