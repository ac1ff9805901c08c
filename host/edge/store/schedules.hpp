/// flow::ScheduleStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/campaign/schedules.hpp"

namespace candour::store {

class Schedules final : public flow::ScheduleStore {
 public:
    explicit Schedules(Database& database) : database_(database) {}

    flow::Task<Result<flow::Schedule>> add(flow::Schedule schedule) override;
    flow::Task<Result<std::vector<flow::Schedule>>> list() override;
    flow::Task<Result<flow::Schedule>> find(ScheduleId id) override;
    flow::Task<Result<std::vector<flow::Schedule>>> due(core::Instant now) override;
    flow::Task<Result<flow::Schedule>> pause(ScheduleId id, core::Instant paused_at,
                                             core::Instant next_at) override;
    flow::Task<Result<flow::Schedule>> end(ScheduleId id, core::Instant now) override;
    flow::Task<Result<bool>> begin_wave(flow::Wave wave) override;

 private:
    Database& database_;
};

}  // namespace candour::store
