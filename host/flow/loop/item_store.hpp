/// Where items live: a ledger per item, and what is folded from it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/loop/commands.hpp"
#include "core/loop/item.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// An item is called by its id or by the short alias people say: itm_… or LP-187.
struct ItemRef {
    ItemId id;
    std::int64_t number = 0;
    /// Errors: invalid, showing both forms.
    static Result<ItemRef> parse(std::string_view text);
};

/// An item with the names a person wants to read beside it.
struct ItemView {
    core::Item item;
    std::int64_t number = 0;
    std::string account_name;
    std::string contact_name;
    std::string contact_language;
    std::string contact_zone;
    std::string owner_name;
    std::string verbatim;            ///< the customer's own words that raised it
    std::optional<int> score;
};

struct HistoryEntry {
    int n = 0;
    int round = 0;
    core::LedgerEvent event;
    std::string actor_name;          ///< empty: the host
    bool erased = false;             ///< the content was erased; the chain still holds
    std::string hash;
};

struct ItemQuery {
    std::optional<core::State> state;
    std::string owner;               ///< teammate id
    std::string account;
    std::int64_t before = 0;         ///< cursor: items numbered below it; 0 for the newest
    int limit = 50;
};

struct StateCount {
    core::State state;
    std::int64_t items = 0;
};

/// Decides on the item as it is inside the transaction; called on a database thread, so it must be pure.
using Decide = std::function<Result<core::Step>(const core::Item&)>;

class ItemStore {
 public:
    virtual ~ItemStore() = default;
    /// Reads the item, asks `decide`, appends its events, writes the messages it promises: one transaction.
    /// An empty step changes nothing. Returns the item afterwards.
    /// Errors: not_found, whatever `decide` says, invalid when a promised message has nowhere to go.
    virtual Task<Result<core::Item>> advance(ItemRef ref, Decide decide) = 0;
    virtual Task<Result<ItemView>> find(ItemRef ref) = 0;
    virtual Task<Result<std::vector<HistoryEntry>>> history(ItemId id) = 0;
    /// Newest first.
    virtual Task<Result<std::vector<ItemView>>> list(ItemQuery query) = 0;
    virtual Task<Result<std::vector<StateCount>>> counts() = 0;
};

}  // namespace candour::flow
