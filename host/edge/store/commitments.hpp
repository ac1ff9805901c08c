/// flow::Commitments over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/commitments.hpp"

namespace candour::store {

class Commitments final : public flow::Commitments {
 public:
    explicit Commitments(Database& database) : database_(database) {}

    flow::Task<Result<std::vector<flow::CommitmentView>>> commitments(flow::CommitmentQuery query,
                                                                      core::Instant now) override;
    flow::Task<Result<flow::CommitmentView>> commitment(flow::CommitmentRef ref, core::Instant now) override;
    flow::Task<Result<core::Commitment>> promise(core::Commitment wanted,
                                                 core::CommitmentEntry entry) override;
    flow::Task<Result<core::Commitment>> settle(flow::CommitmentRef ref, flow::Settle settle) override;
    flow::Task<Result<int>> hand_over(std::string from, std::string to, core::Act act, std::string note,
                                      bool dry_run) override;

 private:
    Database& database_;
};

/// Binds every column of `add_lone` and `update_lone`.
void write_commitment(Call& call, const core::Commitment& commitment);
/// What a call with the columns of commitment.sql `commitments` brings.
std::vector<flow::CommitmentView> read_commitments(Call& call);
/// Inside a transaction: the promise, locked where that means something; without an id when there is none.
core::Commitment load_commitment(Session& session, const core::CommitmentId& id, std::int64_t number = 0);

}  // namespace candour::store
