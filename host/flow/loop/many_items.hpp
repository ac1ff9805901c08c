/// Several items in one transaction, each with its own step and its own answer.
#pragma once
#include <vector>

#include "flow/loop/item_store.hpp"

namespace candour::flow {

/// An item, and the version somebody had before their eyes; kNotSeen when nobody looked.
struct Aim {
    ItemRef item;
    int seen_version = 0;
};
inline constexpr int kNotSeen = -1;

/// An item that could go on in another one, or take the other one in.
struct Proposal {
    ItemId item;
    std::int64_t number = 0;
    core::State state = core::State::raised;
    int version = 0;
    core::Instant raised_at = core::kNever;
};

struct Advanced {
    Result<core::Item> item;
    bool moved = false;  ///< refused because it is not the version that was seen
};

class ManyItems {
 public:
    virtual ~ManyItems() = default;
    /// One transaction for all that can be done; an item that cannot is left as it is, with its reason. In
    /// their order.
    virtual Task<Result<std::vector<Advanced>>> advance_each(std::vector<Aim> aims, Decide decide) = 0;
    /// `from` is dismissed and goes on in `into`: both or none. Returns `into` afterwards.
    /// Errors: not_found, conflict (a stale version of `from`, another person's item, a step that does not
    /// follow).
    virtual Task<Result<core::Item>> merge(Aim from, ItemRef into, core::Act act, std::string note) = 0;
    /// Other items of the same person about the same topic that are not told yet.
    virtual Task<Result<std::vector<Proposal>>> proposals(ItemId item, std::string sees = {}) = 0;
    /// What this teammate answers for and may have to answer for again, by pages in the order of their
    /// numbers.
    virtual Task<Result<std::vector<Aim>>> owned_by(std::string teammate, std::int64_t after, int limit) = 0;
};

}  // namespace candour::flow
