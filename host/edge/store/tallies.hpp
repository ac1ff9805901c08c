/// flow::TallyStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/metrics/tally_store.hpp"

namespace candour::store {

class Tallies final : public flow::TallyStore {
 public:
    explicit Tallies(Database& database) : database_(database) {}

    flow::Task<Result<std::int64_t>> newest() override;
    flow::Task<Result<std::int64_t>> horizon() override;
    flow::Task<Result<flow::TouchedItems>> touched(flow::Cursor cursor, std::int64_t horizon,
                                                   int limit) override;
    flow::Task<Result<std::vector<flow::TalliedItem>>> items(flow::MetricKey key,
                                                             std::vector<std::string> ids) override;
    flow::Task<Result<flow::Cursor>> commit(flow::Cursor cursor, flow::TallyStep step) override;
    flow::Task<Result<flow::TallySums>> sums(flow::MetricKey key, flow::FigureScope scope,
                                             flow::TallyGroup by, std::vector<core::Day> days) override;
    flow::Task<Result<std::vector<flow::Owner>>> owners(flow::MetricKey key) override;
    flow::Task<Result<std::vector<std::pair<std::string, std::int64_t>>>> ledgers_after(std::string id,
                                                                                        int limit) override;
    flow::Task<Result<core::TallyDeltas>> counters(flow::MetricKey key) override;

 private:
    Database& database_;
};

/// What happened to these items, where they count, and what is counted of them now.
Result<std::vector<flow::TalliedItem>> read_tallied(Session& session, const flow::MetricKey& key,
                                                    const std::vector<std::string>& ids);

/// The scope's counters as of each day.
Result<flow::TallySums> read_tally_sums(Session& session, const flow::MetricKey& key,
                                        const flow::FigureScope& scope, flow::TallyGroup by,
                                        const std::vector<core::Day>& days);

}  // namespace candour::store
