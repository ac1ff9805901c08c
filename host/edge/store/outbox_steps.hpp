/// What a wave asks of the outbox by the thousand, many at a time: leave to cross the final dot, and receipts
/// of invitations that were handed over, from which nothing more follows.
#pragma once
#include "edge/store/job.hpp"
#include "flow/delivery/outbox.hpp"

namespace candour::store {

class MarkStep final : public BatchStep {
 public:
    std::unique_ptr<TypedJob<Nothing>> job(MessageId id, std::string host, core::Instant until);
    void run(Session& session, std::span<Job* const> jobs) override;
};

class HandedOverStep final : public BatchStep {
 public:
    /// Nobody's item moves and no plugin hears of it.
    static bool takes(const flow::Receipt& receipt);
    std::unique_ptr<TypedJob<Nothing>> job(flow::Receipt receipt);
    void run(Session& session, std::span<Job* const> jobs) override;
};

}  // namespace candour::store
