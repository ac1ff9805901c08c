/// Where items live: a ledger per item, and what is folded from it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/loop/commands.hpp"
#include "core/loop/item.hpp"
#include "core/policies.hpp"
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
    std::string contact_address;  ///< empty: nobody can write to them
    std::string owner_name;
    std::string verbatim;  ///< the customer's own words that raised it
    std::optional<int> score;
    core::Instant cancel_until = core::kNever;  ///< so long the closing message under way can be taken back
};

struct HistoryEntry {
    int n = 0;
    int round = 0;
    core::LedgerEvent event;
    std::string actor_name;  ///< empty: the host
    bool erased = false;     ///< the content was erased; the chain still holds
    std::string hash;
};

/// What stands first on a list.
enum class ItemOrder : std::uint8_t {
    newest,
    due,     ///< what is owed soonest; what owes nothing is left out
    changed  ///< what something happened to last
};
inline constexpr core::NameTable<ItemOrder, 3> kItemOrders{
    {{ItemOrder::newest, "newest"}, {ItemOrder::due, "due"}, {ItemOrder::changed, "changed"}}};

/// Where a page ended: the next one begins behind it, whatever was raised meanwhile.
struct ItemPlace {
    std::int64_t key = 0;  ///< what the list is ordered by
    std::int64_t number = 0;
};

struct ItemQuery {
    std::optional<core::State> state;
    std::string owner;  ///< teammate id
    std::string account;
    std::string contact;
    std::string segment;
    std::string level;  ///< of the contact, now
    std::string source;
    std::string theme;
    bool quiet = false;         ///< only those that nobody looked at, whatever we tried
    bool owes_nothing = false;  ///< only those whose next step is not ours, or is on its way
    std::string words;          ///< all of them, each perhaps the beginning of one; newest first only
    core::Instant overdue_at = core::kNever;  ///< only what was owed before then
    core::Instant since = core::kNever;       ///< raised from here on
    core::Instant until = core::kNever;       ///< and before
    ItemOrder order = ItemOrder::newest;
    std::optional<ItemPlace> after;
    int limit = 50;
    std::string sees{};  ///< flow::Sight: only what lies within it
};

struct ItemPage {
    std::vector<ItemView> items;
    std::optional<ItemPlace> next;  ///< none on the last page
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
    /// By when its steps would be owed if its round began at `begin`: in the calendar of whoever answers for
    /// it.
    virtual Task<Result<core::Due>> due(ItemRef ref, core::Instant begin,
                                        std::shared_ptr<const core::Policies> policies) = 0;
    virtual Task<Result<std::vector<HistoryEntry>>> history(ItemId id) = 0;
    /// Errors: invalid when words are asked for in another order than newest first.
    virtual Task<Result<ItemPage>> list(ItemQuery query) = 0;
    virtual Task<Result<std::vector<StateCount>>> counts() = 0;
};

}  // namespace candour::flow
