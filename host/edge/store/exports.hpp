/// flow::Exports over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/exports/exports.hpp"

namespace candour::store {

class Exports final : public flow::Exports {
 public:
    explicit Exports(Database& database) : database_(database) {}

    flow::Task<Result<flow::ItemFiles>> item_files(flow::ItemQuery query, core::Instant now) override;
    flow::Task<Result<std::vector<flow::AnswerRow>>> answers(flow::AnswerQuery query) override;
    flow::Task<Result<std::vector<flow::CommitmentView>>> promises(flow::CommitmentQuery query,
                                                                   flow::PromisePlace place,
                                                                   core::Instant now) override;

 private:
    Database& database_;
};

}  // namespace candour::store
