/// flow::Journal and flow::Observations over the database.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "edge/store/database.hpp"
#include "edge/store/ingest_step.hpp"
#include "flow/clock.hpp"
#include "flow/ingest/journal.hpp"

namespace candour::store {

/// A job as it is written down.
struct JournalRow {
    std::string plugin, key;
    std::string entry;  ///< json::write_journal_entry
    core::Instant at;
};

/// Their numbers, in order; 0 for one whose key was here before.
std::vector<std::int64_t> append_rows(Session& session, std::span<const JournalRow* const> rows);

class JournalStep final : public BatchStep {
 public:
    void run(Session& session, std::span<Job* const> jobs) override;
};

class Journal final : public flow::Journal, public flow::Observations {
 public:
    Journal(Database& database, const flow::Clock& clock, std::shared_ptr<const core::Policies> policies,
            int shard)
        : database_(database), clock_(clock), ingest_step_(std::move(policies), shard) {}

    flow::Task<Result<flow::Journaled>> append(const flow::CollectRequest& request,
                                               core::Instant now) override;
    flow::Task<Result<std::vector<flow::Accepted>>> settle(flow::JobOutcome outcome,
                                                           core::Instant now) override;
    flow::Task<Result<std::vector<flow::PendingJob>>> take_pending(core::Instant now, int limit) override;
    flow::Task<Done> postpone(const flow::PendingJob& job, core::Instant not_before) override;
    flow::Task<Result<std::vector<flow::Accepted>>> accept(std::vector<core::Observation> batch) override;

 private:
    Database& database_;
    const flow::Clock& clock_;
    JournalStep journal_step_;
    IngestStep ingest_step_;
};

}  // namespace candour::store
