/// flow::ItemStore and flow::Board over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/board.hpp"

namespace candour::store {

class Items final : public flow::ItemStore, public flow::Board {
 public:
    explicit Items(Database& database) : database_(database) {}

    flow::Task<Result<core::Item>> advance(flow::ItemRef ref, flow::Decide decide) override;
    flow::Task<Result<flow::ItemView>> find(flow::ItemRef ref) override;
    flow::Task<Result<core::Due>> due(flow::ItemRef ref, core::Instant begin,
                                      std::shared_ptr<const core::Policies> policies) override;
    flow::Task<Result<std::vector<flow::HistoryEntry>>> history(ItemId id) override;
    flow::Task<Result<flow::ItemPage>> list(flow::ItemQuery query) override;
    flow::Task<Result<std::vector<flow::StateCount>>> counts() override;
    flow::Task<Result<flow::BoardCounts>> counts(flow::ItemQuery query) override;

 private:
    Database& database_;
};

/// The items of these numbers, in this order.
std::vector<flow::ItemView> select_views(Session& session, const std::vector<std::int64_t>& numbers);
/// Inside a transaction: the item, locked where that means something. Errors: not_found.
Result<core::Item> load_item(Session& session, const ItemId& id, std::int64_t number = 0);
/// One page of a list, whichever filters it has. Errors: invalid, when its order does not go with them.
Result<flow::ItemPage> select_page(Session& session, const flow::ItemQuery& query);
Error no_such_item(const flow::ItemRef& ref);

}  // namespace candour::store
