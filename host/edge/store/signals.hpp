/// flow::SignalStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/signals/signal_store.hpp"

namespace candour::store {

class Signals final : public flow::SignalStore {
 public:
    explicit Signals(Database& database) : database_(database) {}
    flow::Task<Done> hear(std::string signal) override;
    flow::Task<Result<std::vector<flow::DueAccount>>> due(std::string signal, core::Day today,
                                                          int limit) override;
    flow::Task<Result<flow::AccountSnapshot>> snapshot(std::string account, std::vector<std::string> views,
                                                       core::Day as_of, core::Instant now) override;
    flow::Task<Done> keep(flow::SignalLook look) override;
    flow::Task<Result<std::vector<flow::FindingRow>>> findings(flow::FindingQuery query) override;

 private:
    Database& database_;
};

/// The rows of one account in these views, with the columns of schemas/json/views.json but for the account
/// itself. Errors: not_found.
Result<flow::AccountSnapshot> read_snapshot(Session& session, const std::string& account,
                                            const std::vector<std::string>& views, core::Day as_of,
                                            core::Instant now);

}  // namespace candour::store
