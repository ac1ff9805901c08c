/// flow::ReminderStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/reminders.hpp"

namespace candour::store {

class Reminders final : public flow::ReminderStore {
 public:
    /// The organisation's default owner is reminded of what nobody owns.
    Reminders(Database& database, std::shared_ptr<const core::Policies> policies)
        : database_(database), policies_(std::move(policies)) {}

    flow::Task<Result<std::int64_t>> hold(std::string duty, std::string host, core::Instant now,
                                          core::Instant until) override;
    flow::Task<Result<std::vector<flow::Watchful>>> watched(core::Watch why, core::Instant before,
                                                            int limit) override;
    flow::Task<Result<core::Item>> remind(ItemId item, std::string host, std::int64_t epoch,
                                          flow::Decide decide) override;

 private:
    Database& database_;
    std::shared_ptr<const core::Policies> policies_;
};

}  // namespace candour::store
