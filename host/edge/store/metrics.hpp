/// flow::MetricStore over the database.
#pragma once
#include <map>

#include "edge/store/database.hpp"
#include "flow/metrics/metric_store.hpp"

namespace candour::store {

class Metrics final : public flow::MetricStore {
 public:
    explicit Metrics(Database& database) : database_(database) {}

    flow::Task<Result<flow::Position>> newest() override;
    flow::Task<Result<flow::Position>> horizon() override;
    flow::Task<Result<flow::Position>> project(flow::Lease lease, flow::Position horizon,
                                               core::Instant now) override;
    flow::Task<Result<flow::Cursor>> take(flow::MetricKey key, flow::Lease lease, core::Instant now) override;
    flow::Task<Result<flow::Touched>> touched(flow::Cursor cursor, flow::Position horizon, core::Instant now,
                                              int limit) override;
    flow::Task<Result<std::vector<flow::StoredUnit>>> units(flow::MetricKey key,
                                                            std::vector<std::string> contacts,
                                                            flow::Position through) override;
    flow::Task<Result<flow::Cursor>> commit(flow::Cursor cursor, flow::MetricStep step) override;
    flow::Task<Done> restart(flow::MetricKey key) override;
    flow::Task<Result<flow::Cursor>> position(flow::MetricKey key) override;
    flow::Task<Result<flow::Sums>> sums(flow::MetricKey key, std::string account,
                                        std::vector<core::Day> days) override;
    flow::Task<Result<std::vector<flow::AccountHistory>>> accounts() override;
    flow::Task<Result<std::vector<std::string>>> contacts_after(std::string id, int limit) override;
    flow::Task<Result<std::int64_t>> count_contacts() override;
    flow::Task<Result<core::Deltas>> deltas_of(flow::MetricKey key, std::string account) override;

 private:
    Database& database_;
};

/// All that is known of these contacts, with the accounts that they belong to now.
std::map<std::string, core::Unit> facts_of(Session& session, const std::vector<std::string>& contacts);

/// Where a cursor stands. Errors: not_found before its first step.
Result<flow::Cursor> read_position(Session& session, const flow::MetricKey& key);
/// The cursor's row; the metric must have one.
Result<flow::Cursor> take_cursor(Session& session, const flow::MetricKey& key, const flow::Lease& lease,
                                 core::Instant now);
struct CursorMove {
    flow::Position to;
    flow::Sweep sweep;
    core::Day snapshots_through = 0;
};
/// Errors: conflict when the cursor is elsewhere.
Done move_cursor(Session& session, const flow::Cursor& from, const CursorMove& move);

}  // namespace candour::store
