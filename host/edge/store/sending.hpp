/// flow::SendingStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/delivery/sending.hpp"

namespace candour::store {

class Sending final : public flow::SendingStore {
 public:
    explicit Sending(Database& database) : database_(database) {}

    flow::Task<Result<flow::SendingState>> state(flow::SentMark seen) override;
    flow::Task<Done> stop(core::Instant now) override;
    flow::Task<Result<std::int64_t>> reconcile(flow::SentMark seen, bool send_again, flow::Doer doer,
                                               core::Instant now) override;

 private:
    Database& database_;
};

}  // namespace candour::store
