/// What we promised, by when, and how it stands: in deciding about items, and elsewhere.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/loop/commitment.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct CommitmentView {
    std::string subject;      ///< itm_… whose decision made it, or the promise's own cmt_…
    std::int64_t number = 0;  ///< of the item (LP-12) or of the promise (PR-3)
    int round = 0;            ///< of the item; 0 for one that stands alone
    std::string promise;
    std::string source;  ///< loop, sales, review, mail, meeting, other
    core::Instant due_at;
    std::string standing;  ///< open, kept, late, broken
    core::Instant settled_at;
    int version = 0;
    std::string account_id, account, contact_id, contact, owner_id, owner;
};

struct CommitmentQuery {
    std::string standing, owner, account, source;  ///< empty: any
    core::Instant due_before = core::kNever;
    core::Instant after_due = core::kNever;  ///< where the page before ended
    std::string after_subject;
    int after_round = 0;
    int limit = 100;
    std::string sees{};  ///< flow::Sight: only what lies within it
};

/// A promise that stands alone is called by its id or by what people say: cmt_… or PR-3.
struct CommitmentRef {
    core::CommitmentId id;
    std::int64_t number = 0;
    /// Errors: invalid, showing both forms.
    static Result<CommitmentRef> parse(std::string_view text);
};

/// Decides on the promise as it is inside the transaction; it must be pure.
using Settle = std::function<Result<core::CommitmentEntry>(const core::Commitment&)>;

class Commitments {
 public:
    virtual ~Commitments() = default;
    /// Soonest due first. An open one that is 30 days overdue at `now` stands as broken.
    virtual Task<Result<std::vector<CommitmentView>>> commitments(CommitmentQuery query,
                                                                  core::Instant now) = 0;
    virtual Task<Result<CommitmentView>> commitment(CommitmentRef ref, core::Instant now) = 0;
    /// A new one. Errors: not_found (account or contact), invalid (a contact of another account).
    virtual Task<Result<core::Commitment>> promise(core::Commitment wanted, core::CommitmentEntry entry) = 0;
    virtual Task<Result<core::Commitment>> settle(CommitmentRef ref, Settle settle) = 0;
    /// The open ones of a teammate go to another one; returns how many.
    virtual Task<Result<int>> hand_over(std::string from, std::string to, core::Act act, std::string note,
                                        bool dry_run) = 0;
};

}  // namespace candour::flow
