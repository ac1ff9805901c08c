/// flow::DeadLetterStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/ingest/dead_letters.hpp"

namespace candour::store {

class DeadLetters final : public flow::DeadLetterStore {
 public:
    explicit DeadLetters(Database& database) : database_(database) {}
    flow::Task<Result<std::vector<flow::DeadLetter>>> list(flow::DeadLetterQuery query) override;
    flow::Task<Result<flow::DeadLetter>> find(std::int64_t id) override;
    flow::Task<Done> end(flow::DeadLetterEnd end, core::Instant now) override;

 private:
    Database& database_;
};

}  // namespace candour::store
