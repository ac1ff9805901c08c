/// flow::Answers over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/ingest/answers.hpp"

namespace candour::store {

class Answers final : public flow::Answers {
 public:
    explicit Answers(Database& database) : database_(database) {}
    flow::Task<Result<std::vector<flow::ListedAnswer>>> list(flow::AnswerListQuery query) override;

 private:
    Database& database_;
};

}  // namespace candour::store
