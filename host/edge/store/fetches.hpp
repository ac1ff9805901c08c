/// flow::LinkFetches over the database. Fetches ride along in the writer's next group, many in one statement.
#pragma once
#include "edge/store/database.hpp"
#include "flow/ingest/link_fetches.hpp"

namespace candour::store {

class FetchStep final : public BatchStep {
 public:
    void run(Session& session, std::span<Job* const> jobs) override;
};

class Fetches final : public flow::LinkFetches {
 public:
    explicit Fetches(Database& database) : database_(database) {}

    flow::Task<Done> append(flow::LinkFetch fetch) override;
    flow::Task<Result<std::vector<flow::LinkFetch>>> between(MessageId message, core::Instant from,
                                                             core::Instant to) override;
    flow::Task<Done> forget_before(core::Instant instant) override;

 private:
    Database& database_;
    FetchStep step_;
};

}  // namespace candour::store
