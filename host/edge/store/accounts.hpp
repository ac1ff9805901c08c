/// flow::Accounts over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/relationship/accounts.hpp"

namespace candour::store {

class Accounts final : public flow::Accounts {
 public:
    explicit Accounts(Database& database) : database_(database) {}
    flow::Task<Result<flow::AccountView>> account(std::string id_or_ref) override;
    flow::Task<Result<std::vector<flow::ThreadView>>> threads(std::string account,
                                                              core::Instant since) override;
    flow::Task<Result<std::vector<flow::TouchpointView>>> touchpoints(flow::TouchpointQuery query) override;

 private:
    Database& database_;
};

}  // namespace candour::store
