/// flow::ChangeLog over the ledger.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/changes.hpp"

namespace candour::store {

class Changes final : public flow::ChangeLog {
 public:
    explicit Changes(Database& database) : database_(database) {}
    flow::Task<Result<std::vector<flow::Change>>> changes(std::int64_t after, std::int64_t through,
                                                          int limit) override;
    flow::Task<Result<std::int64_t>> last_change() override;

 private:
    Database& database_;
};

/// Oldest first: after < seq <= through.
std::vector<flow::Change> select_changes(Session& session, std::int64_t after, std::int64_t through,
                                         int limit);

}  // namespace candour::store
