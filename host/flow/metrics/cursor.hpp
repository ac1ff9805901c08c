/// Follows what is committed and keeps every metric's sums up to date: which contacts were touched, what is
/// their timeline now, what is the difference to the stored one. A step is written together with the place it
/// leads to, so it happens once, whoever dies when.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/policies.hpp"
#include "flow/clock.hpp"
#include "flow/metrics/measures.hpp"
#include "flow/metrics/metric_store.hpp"
#include "flow/metrics/tally_cursor.hpp"

namespace candour::flow {

/// Contacts of one step: their rows and timelines fit into memory easily, and the writer is not held for
/// long.
inline constexpr int kUnitsPerStep = 1'000;
/// Rows of one step of a sweep, about: what it writes grows with them.
inline constexpr std::size_t kRowsPerStep = 10'000;
/// Evaluations of one call: the border costs nothing beside them, and a plugin that hangs is found soon.
inline constexpr std::size_t kEvaluationsPerCall = 400;

struct CursorNeeds {
    MetricStore& store;
    Measures& measures;
    const Clock& clock;
    /// The organisation's civil day of an instant.
    std::function<core::Day(core::Instant)> day_of;
    std::string host;               ///< name of this process among those that share the database
    TallyStore* tallies = nullptr;  ///< nullptr: metrics that count items are not followed
    /// So many rows are followed one after another, however few contacts there are.
    std::int64_t sweep_beyond = 10'000;
};

class MetricCursor {
 public:
    explicit MetricCursor(CursorNeeds needs);
    MetricCursor(const MetricCursor&) = delete;
    MetricCursor& operator=(const MetricCursor&) = delete;

    using Watcher = std::function<void(const MetricKey&, Position from, Position to, const core::Deltas&)>;
    /// Is told of each step after its commit.
    void watch(Watcher watcher) { watcher_ = std::move(watcher); }

    /// Until it is cancelled.
    Task<void> run();
    /// Everything that is committed now is counted when it returns. Errors: of the store; what is wrong with
    /// a metric is found in `trouble`.
    Task<Done> catch_up();

    /// Why a metric was taken out of service; empty: it is not.
    std::string trouble(const std::string& metric) const;
    /// For `finalize`, whose faults are found elsewhere.
    void suspend(const std::string& metric, const std::string& why);

 private:
    Task<Result<Sweep>> sweep_of(const Cursor& cursor, Position horizon);
    Task<Result<Touched>> look(const Cursor& cursor, Position horizon);
    std::size_t& sweep_units(const Cursor& cursor);
    Task<Result<bool>> step(const MetricInfo& metric, Position horizon);
    Task<Result<Cursor>> take(const MetricInfo& metric);
    Task<Result<MetricStep>> plan(const MetricInfo& metric, const Cursor& cursor, Touched touched);
    Task<Result<Position>> project(Position horizon);
    Task<Done> count_contacts();
    Task<Done> count_items();
    void failed(const MetricInfo& metric, const Error& error);

    struct Held {
        Cursor cursor;
        core::Instant until;
    };
    CursorNeeds needs_;
    std::optional<TallyCursor> tallies_;
    Watcher watcher_;
    std::map<std::string, Held> leases_;
    std::map<std::string, std::string> suspended_;
    std::map<std::string, std::size_t> sweep_units_;  ///< contacts of the next step of a sweep, by metric
};

/// The timelines of these units as the plugin sees them now, in the same order. Errors: invalid when the
/// plugin's answers make no sense, and the plugin's own.
Task<Result<std::vector<core::Timeline>>> timelines_of(Measures& measures, const MetricInfo& metric,
                                                       const std::vector<std::vector<core::Fact>>& units);

MetricKey key_of(const MetricInfo& metric);

}  // namespace candour::flow
