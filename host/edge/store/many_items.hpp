/// flow::ManyItems over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/many_items.hpp"

namespace candour::store {

class ManyItems final : public flow::ManyItems {
 public:
    explicit ManyItems(Database& database) : database_(database) {}

    flow::Task<Result<std::vector<flow::Advanced>>> advance_each(std::vector<flow::Aim> aims,
                                                                 flow::Decide decide) override;
    flow::Task<Result<core::Item>> merge(flow::Aim from, flow::ItemRef into, core::Act act,
                                         std::string note) override;
    flow::Task<Result<std::vector<flow::Proposal>>> proposals(ItemId item, std::string sees = {}) override;
    flow::Task<Result<std::vector<flow::Aim>>> owned_by(std::string teammate, std::int64_t after,
                                                        int limit) override;

 private:
    Database& database_;
};

}  // namespace candour::store
