/// flow::Tokens and flow::Repeats over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/identity/audit.hpp"
#include "flow/identity/repeats.hpp"
#include "flow/identity/tokens.hpp"

namespace candour::store {

class Tokens final : public flow::Tokens {
 public:
    explicit Tokens(Database& database) : database_(database) {}
    flow::Task<Done> create(flow::NewToken token, flow::Doer doer, core::Instant now) override;
    flow::Task<Result<flow::Caller>> find(std::string digest) override;
    flow::Task<Result<std::vector<flow::TokenView>>> list() override;
    flow::Task<Done> revoke(TokenId id, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> used(TokenId id, core::Instant now) override;

 private:
    Database& database_;
};

class Repeats final : public flow::Repeats {
 public:
    explicit Repeats(Database& database) : database_(database) {}
    flow::Task<Result<std::optional<flow::KeptAnswer>>> begin(flow::RepeatKey key,
                                                              core::Instant now) override;
    flow::Task<Done> keep(flow::RepeatKey key, flow::KeptAnswer answer, core::Instant now) override;
    flow::Task<Done> forget(flow::RepeatKey key) override;

 private:
    Database& database_;
};

}  // namespace candour::store
