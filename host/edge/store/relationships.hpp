/// flow::Relationships over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/relationship/relationships.hpp"

namespace candour::store {

class Relationships final : public flow::Relationships {
 public:
    /// `zone`: where the organisation's civil days are taken.
    explicit Relationships(Database& database, std::string zone = "UTC")
        : database_(database), zone_(std::move(zone)) {}

    flow::Task<Result<flow::ImportReport>> import_accounts(std::vector<core::AccountRow> rows,
                                                           flow::Doer doer, core::Instant now,
                                                           bool dry_run) override;
    flow::Task<Result<flow::ImportReport>> import_contacts(std::vector<core::ContactRow> rows,
                                                           flow::Doer doer, core::Instant now,
                                                           bool dry_run) override;
    flow::Task<Result<std::vector<core::Account>>> accounts() override;
    flow::Task<Result<std::vector<core::Contact>>> contacts() override;
    flow::Task<Result<core::Contact>> contact(std::string id_or_address) override;
    flow::Task<Result<core::Teammate>> teammate(std::string email, std::string name,
                                                core::Instant now) override;

 private:
    Database& database_;
    std::string zone_;
};

}  // namespace candour::store
