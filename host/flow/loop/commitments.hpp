/// What we promised, by when, and how it stands.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct CommitmentView {
    ItemId item;
    std::int64_t number = 0;
    int round = 1;
    std::string promise;
    core::Instant due_at;
    std::string standing;     ///< open, kept, late, broken
    core::Instant settled_at;
    std::string account, contact, owner;
};

class Commitments {
 public:
    virtual ~Commitments() = default;
    /// Soonest due first. An open one that is 30 days overdue at `now` stands as broken.
    virtual Task<Result<std::vector<CommitmentView>>> commitments(core::Instant now) = 0;
};

}  // namespace candour::flow
