/// flow::LinkStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/clock.hpp"
#include "flow/evidence/links.hpp"

namespace candour::store {

class Links final : public flow::LinkStore {
 public:
    Links(Database& database, const flow::Clock& clock) : database_(database), clock_(clock) {}

    flow::Task<Result<flow::Link>> find(MessageId id) override;
    flow::Task<Done> create(flow::NewLink link) override;
    flow::Task<Result<std::string>> send_test(flow::TestLink link) override;
    flow::Task<Done> revoke(MessageId id, core::Instant now) override;
    flow::Task<Result<MessageId>> page_of(ItemId item) override;
    flow::Task<Result<core::Instant>> hear_due(ItemId item) override;

 private:
    Database& database_;
    const flow::Clock& clock_;
};

}  // namespace candour::store
