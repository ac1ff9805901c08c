/// Proving the ledger, taking it out of the house, and folding state from it again. Called by the command
/// line with a session of its own; the host may be running beside it.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// Called now and then with how many rows were worked on.
using Progress = std::function<void(std::int64_t)>;

struct Finding {
    std::string item;
    int n = 0;
    std::string what;
};

struct Verification {
    std::int64_t rows = 0;
    std::int64_t items = 0;
    std::int64_t checkpoints = 0;
    std::int64_t erased = 0;  ///< contents that were erased; the chain holds without them
    std::vector<Finding> findings;
};

/// Every chain from its first row, every content against its digest, every checkpoint against the rows it
/// covers. It proves that what is there was not changed since it was written, and that nothing a checkpoint
/// covers is missing.
Verification verify_ledger(Session& session, const Progress& progress);

/// The same for some items and their contents alone: the newest, and as many that chance picks. Checkpoints
/// are not looked at.
Verification sample_ledger(Session& session, std::int64_t items);

/// Chains a digest over all rows since the last checkpoint. Does nothing when there are none.
void append_checkpoint(Session& session, core::Instant now);

/// One item's ledger as a JSON document that can be checked without Candour. Errors: not_found.
Result<std::string> export_ledger(Session& session, const std::string& item_id);

struct Rebuilt {
    std::int64_t items = 0;
    std::vector<Finding> differences;  ///< between what was stored and what the ledger says
};

/// Folds items and commitments from the ledger. With `repair` the tables become what the ledger says.
Rebuilt rebuild(Session& session, bool repair, const Progress& progress);

}  // namespace candour::store
