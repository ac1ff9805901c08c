/// What came of one command for many items.
#pragma once
#include <string>
#include <vector>

#include "flow/loop/many_items.hpp"

namespace candour::flow {

/// An item that was left as it is, and why.
struct LeftOut {
    ItemRef item;
    bool moved = false;  ///< somebody was faster; what they did was not overwritten
    std::string reason;
};

struct ManyReport {
    bool dry_run = false;
    std::vector<ItemRef> done;  ///< or with dry_run: would be
    std::vector<LeftOut> left_out;
};

/// So many at a time: long enough to pay for the commit, short enough that nobody else waits for it.
inline constexpr std::size_t kChunk = 200;

/// Gives the step to each, a chunk at a time.
Task<Result<ManyReport>> advance_many(ManyItems& items, std::vector<Aim> aims, Decide decide);

}  // namespace candour::flow
