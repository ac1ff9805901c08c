/// flow::OpenDrafts over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/open_drafts.hpp"

namespace candour::store {

class OpenDrafts final : public flow::OpenDrafts {
 public:
    explicit OpenDrafts(Database& database) : database_(database) {}
    flow::Task<Done> hold(flow::OpenDraft draft, core::Instant now) override;
    flow::Task<Done> let_go(flow::OpenDraft draft) override;
    flow::Task<Result<std::vector<flow::OpenDraft>>> open(ItemId item, core::Instant now) override;

 private:
    Database& database_;
};

}  // namespace candour::store
