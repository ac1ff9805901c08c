/// The only door for facts: what comes through is durable when the call returns.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/observation.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// What became of one observation. A repeated key gets the first result again.
struct Accepted {
    std::int64_t seq = 0;
    bool repeated = false;
    ItemId item;  ///< the item it raised or joined; empty when it stays an observation
};

class Observations {
 public:
    virtual ~Observations() = default;
    /// All of them in one transaction, in order. Errors: unavailable when the store is; nothing was kept
    /// then.
    virtual Task<Result<std::vector<Accepted>>> accept(std::vector<core::Observation> batch) = 0;
};

}  // namespace candour::flow
