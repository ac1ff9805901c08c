/// Accepting observations, many requests in one set of statements: keys, facts, counters, the items that the
/// rule raises with their ledger and acknowledgement, and the jobs' outcomes. All of it or none of it.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "core/policies.hpp"
#include "edge/store/job.hpp"
#include "edge/store/rules.hpp"
#include "flow/ingest/journal.hpp"

namespace candour::store {

class IngestJob final : public TypedJob<std::vector<flow::Accepted>> {
 public:
    IngestJob(BatchStep& step, flow::JobOutcome outcome, core::Instant at)
        : outcome_of_job(std::move(outcome)), now(at), step_(step) {}
    void run(Session&) override {}
    BatchStep* step() const override { return &step_; }

    flow::JobOutcome outcome_of_job;  ///< journal_id 0: observations without a job
    core::Instant now;

 private:
    BatchStep& step_;
};

class IngestStep final : public BatchStep {
 public:
    /// `shard` is this writer's slot in the counters.
    IngestStep(std::shared_ptr<const core::Policies> policies, int shard)
        : policies_(std::move(policies)), shard_(shard) {}
    void run(Session& session, std::span<Job* const> jobs) override;
    /// Where the organisation's civil days are taken.
    const std::string& zone() const { return policies_->zone; }
    core::SoftRule soft_bounces() const { return policies_->soft_bounces; }

 private:
    struct Fact;
    using Facts = std::vector<Fact>;

    static Facts facts_of(std::span<Job* const> jobs);
    static void number_facts(Session& session, Facts& facts);
    static void claim_keys(Session& session, Facts& facts);
    void append_facts(Session& session, const Facts& facts) const;
    void count(Session& session, const Facts& facts) const;
    void raise_items(Session& session, Facts& facts);
    static void mark_answered(Session& session, const Facts& facts);
    static void append_outcomes(Session& session, std::span<Job* const> jobs);

    std::shared_ptr<const core::Policies> policies_;
    int shard_;
    RulesInForce rules_;
};

/// `count` numbers, rising, that nobody else will use.
std::vector<std::int64_t> reserve_numbers(Session& session, const Query& query, std::size_t count);

}  // namespace candour::store
