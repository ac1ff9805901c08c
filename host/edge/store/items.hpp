/// flow::ItemStore and flow::Commitments over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/commitments.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::store {

class Items final : public flow::ItemStore, public flow::Commitments {
 public:
    explicit Items(Database& database) : database_(database) {}

    flow::Task<Result<core::Item>> advance(flow::ItemRef ref, flow::Decide decide) override;
    flow::Task<Result<flow::ItemView>> find(flow::ItemRef ref) override;
    flow::Task<Result<std::vector<flow::HistoryEntry>>> history(ItemId id) override;
    flow::Task<Result<std::vector<flow::ItemView>>> list(flow::ItemQuery query) override;
    flow::Task<Result<std::vector<flow::StateCount>>> counts() override;
    flow::Task<Result<std::vector<flow::CommitmentView>>> commitments(core::Instant now) override;

 private:
    Database& database_;
};

/// Inside a transaction: the item, locked where that means something. Errors: not_found.
Result<core::Item> load_item(Session& session, const ItemId& id, std::int64_t number = 0);
/// Inside a transaction: load, decide, write.
Result<core::Item> advance_item(Session& session, const flow::ItemRef& ref, const flow::Decide& decide);

}  // namespace candour::store
