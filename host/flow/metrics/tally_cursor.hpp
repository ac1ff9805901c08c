/// Follows the ledger and keeps the counters of items up to date: which items were touched, what do they move
/// now, what is the difference to what is stored. A step is written together with the place it leads to, so
/// it happens once, whoever dies when.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "flow/clock.hpp"
#include "flow/metrics/measures.hpp"
#include "flow/metrics/tally_store.hpp"

namespace candour::flow {

/// Rows of the ledger in one step: adding up what they move takes the io thread some hundredths of a second.
inline constexpr int kEventsPerStep = 1'000;
/// Items of one call of `movements`: a plugin that hangs is found soon.
inline constexpr std::size_t kItemsPerCall = 1'000;

using DayOf = std::function<core::Day(core::Instant)>;

struct TallyCursorNeeds {
    MetricStore& cursors;
    TallyStore& store;
    Measures& measures;
    const Clock& clock;
    DayOf day_of;
    std::string host;
    /// Is told which metrics cannot be counted any more, and why.
    std::function<void(const MetricInfo&, const Error&)> failed;
};

class TallyCursor {
 public:
    explicit TallyCursor(TallyCursorNeeds needs) : needs_(std::move(needs)) {}

    /// All that is committed now is counted when it returns, in the counters of these metrics.
    Task<Done> catch_up(std::vector<MetricInfo> metrics);

 private:
    Task<Result<bool>> step(const MetricInfo& metric, std::int64_t horizon);
    Task<Result<Cursor>> take(const MetricInfo& metric);
    Task<Result<TallyStep>> plan(const MetricInfo& metric, const Cursor& cursor, TouchedItems touched);

    struct Held {
        Cursor cursor;
        core::Instant until;
    };
    TallyCursorNeeds needs_;
    std::map<std::string, Held> leases_;
    std::int64_t counted_ = -1;  ///< up to here all of them went, when we looked last
    std::size_t followed_ = 0;   ///< so many of them
};

/// The counters' own identity, which metrics that share them have in common.
MetricKey tally_key_of(const MetricInfo& metric);

/// What these items move as the plugin sees them now, in the same order. Errors: invalid when its answers
/// make no sense, and the plugin's own.
Task<Result<std::vector<core::Movements>>> movements_of(Measures& measures, const MetricInfo& metric,
                                                        std::vector<TalliedItem>& items, DayOf day_of);

}  // namespace candour::flow
