/// flow::Tokens over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/identity/tokens.hpp"

namespace candour::store {

class Tokens final : public flow::Tokens {
 public:
    explicit Tokens(Database& database) : database_(database) {}
    flow::Task<Done> create(TokenId id, std::string name, TeammateId teammate, std::string digest, core::Instant now) override;
    flow::Task<Result<flow::Caller>> find(std::string digest) override;

 private:
    Database& database_;
};

}  // namespace candour::store
