/// flow::KnownFacts over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/ingest/past_answers.hpp"

namespace candour::store {

class KnownFacts final : public flow::KnownFacts {
 public:
    explicit KnownFacts(Database& database) : database_(database) {}
    flow::Task<Result<std::set<std::string>>> known(std::string source,
                                                    std::vector<std::string> keys) override;

 private:
    Database& database_;
};

}  // namespace candour::store
