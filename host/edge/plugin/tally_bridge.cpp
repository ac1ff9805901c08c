#include "edge/plugin/tally_bridge.hpp"

#include <cstring>

#include "candour/border.hpp"
#include "edge/plugin/metric_bridge.hpp"

namespace candour::plugin {

namespace {

constexpr std::size_t kMovementBytes = CDR_MOVEMENT_CELLS * sizeof(std::int64_t);

Error wrong_tally(const MetricSpec& metric, const std::string& what) {
    return Error{ErrorCode::invalid, "metric " + metric.id + ": " + what};
}

/// Nothing is copied that could not be right: one movement more than there may be shows that there are too
/// many.
std::string size_problem(std::size_t bytes, std::size_t units) {
    if (bytes % kMovementBytes != 0)
        return "expected whole movements of " + std::to_string(CDR_MOVEMENT_CELLS) + " cells, found " +
               std::to_string(bytes) + " bytes";
    const std::size_t most = units * (CDR_MOST_MOVEMENTS + 1);
    if (bytes / kMovementBytes > most)
        return "expected at most " + std::to_string(CDR_MOST_MOVEMENTS) + " movements of one item, found " +
               std::to_string(bytes / kMovementBytes) + " of " + std::to_string(units) + " items";
    return {};
}

}  // namespace

void MovementsWork::run(Job& job) {
    sdk::Buffer movements;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned = role_->movements(self_, &call, sdk::to_view(metric_.tallies), cells_of(rows_),
                                                 cells_of(units_), movements.out(), failure.out());
    if (returned != CDR_OK) {
        movements_ = failure.take(returned);
        return;
    }
    const std::string_view found = movements.view();
    if (const std::string what = size_problem(found.size(), units_.size() / 2); !what.empty()) {
        movements_ = wrong_tally(metric_, what);
        return;
    }
    flow::Numbers numbers(found.size() / sizeof(std::int64_t));
    if (!found.empty()) std::memcpy(numbers.data(), found.data(), found.size());
    movements_ = std::move(numbers);
}

}  // namespace candour::plugin
