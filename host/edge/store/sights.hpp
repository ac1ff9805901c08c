/// flow::Sights over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/identity/audit.hpp"
#include "flow/identity/sight.hpp"

namespace candour::store {

class Sights final : public flow::Sights {
 public:
    explicit Sights(Database& database) : database_(database) {}
    flow::Task<Result<std::string>> within(flow::Sight sight, flow::Thing thing, std::string key) override;
    flow::Task<Result<std::set<std::string>>> accounts(flow::Sight sight) override;
    flow::Task<Result<flow::SightView>> sight_of(std::string teammate) override;
    flow::Task<Result<flow::SightView>> limit(std::string teammate, flow::Sees sees, flow::Doer doer,
                                              core::Instant now) override;
    flow::Task<Result<flow::SightView>> name_account(std::string teammate, std::string account, bool named,
                                                     flow::Doer doer, core::Instant now) override;

 private:
    Database& database_;
};

/// A column that says neither `all` nor anything else we know limits.
flow::Sight sight_in(const std::string& sees, const TeammateId& teammate);

// Inside a transaction.

/// Whether one of us sees that item, that account. Whoever sees everything sees each.
bool sees_item(Session& session, const std::string& teammate, const ItemId& item);
bool sees_account(Session& session, const std::string& teammate, const AccountId& account);

}  // namespace candour::store
