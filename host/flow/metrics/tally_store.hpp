/// What is kept of metrics that count items: what every item moves in their counters, and the counters. How
/// far they go stands with the other cursors (MetricStore).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/metrics/tally.hpp"
#include "flow/metrics/measures.hpp"
#include "flow/metrics/metric_store.hpp"

namespace candour::flow {

/// Where an item counts.
struct TallyPlace {
    std::string account;
    std::string owner;    ///< teammate id; empty: nobody's
    std::string segment;  ///< when it was raised
    std::string level;    ///< of its contact when it was raised; empty: of nobody in particular
    friend bool operator==(const TallyPlace&, const TallyPlace&) = default;
};

/// An item, or a promise that stands alone: what happened to it, and what is counted of it now.
struct TalliedItem {
    std::string item;
    std::int64_t version = 0;  ///< rows that its ledger has
    TallyPlace place;
    std::vector<core::Fact> rows;  ///< in order of the ledger; without days, which are the organisation's
    /// Words were erased, and with them scores and the limits of earlier rounds: what is counted already
    /// knows more than could be computed now.
    bool erased = false;
    TallyPlace counted_at;
    core::Movements counted;
};

/// The items that rows of the ledger between a cursor's place and `to` are about, without those that are
/// counted with all of these rows already.
struct TouchedItems {
    std::vector<std::string> items;
    std::int64_t to = 0;
};

struct NewMovements {
    std::string item;
    std::int64_t version = 0;
    TallyPlace place;
    core::Movements movements;
};

/// One step of a cursor: all of it is written, or none.
struct TallyStep {
    Position to;
    std::vector<NewMovements> items;
    core::TallyDeltas deltas;
};

/// How counters are told apart in one answer.
enum class TallyGroup : std::uint8_t { whole, account, owner };

/// By group, "" for the whole: the counters as of each of the days asked for.
using TallyGroups = std::map<std::string, std::vector<core::Tally>>;
struct TallySums {
    Position at;
    TallyGroups groups;
};

struct Owner {
    std::string id;  ///< empty: nobody
    std::string name;
};

class TallyStore {
 public:
    virtual ~TallyStore() = default;

    /// The newest row of the ledger that is committed.
    virtual Task<Result<std::int64_t>> newest() = 0;
    /// Up to here nothing will appear any more between what is there.
    virtual Task<Result<std::int64_t>> horizon() = 0;
    /// Of at most `limit` rows of the ledger behind the cursor.
    virtual Task<Result<TouchedItems>> touched(Cursor cursor, std::int64_t horizon, int limit) = 0;
    /// In order of their ids; without those that are no items (themes).
    virtual Task<Result<std::vector<TalliedItem>>> items(MetricKey key, std::vector<std::string> ids) = 0;
    /// Errors: conflict when the cursor is no longer where this holder left it; nothing is written then.
    virtual Task<Result<Cursor>> commit(Cursor cursor, TallyStep step) = 0;

    /// The counters of the items in a scope, all of one commit. Errors: not_found before the first step.
    virtual Task<Result<TallySums>> sums(MetricKey key, FigureScope scope, TallyGroup by,
                                         std::vector<core::Day> days) = 0;
    /// Whose items are counted.
    virtual Task<Result<std::vector<Owner>>> owners(MetricKey key) = 0;

    /// For `rebuild`: ids of ledgers in their order, each with its last row; and all counters that are kept.
    virtual Task<Result<std::vector<std::pair<std::string, std::int64_t>>>> ledgers_after(std::string id,
                                                                                          int limit) = 0;
    virtual Task<Result<core::TallyDeltas>> counters(MetricKey key) = 0;
};

}  // namespace candour::flow
