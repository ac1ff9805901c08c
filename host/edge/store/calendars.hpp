/// flow::Calendars and flow::Care over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/calendars.hpp"
#include "flow/relationship/care.hpp"

namespace candour::store {

class Calendars final : public flow::Calendars, public flow::Care {
 public:
    /// `zone`: where the organisation's civil days are taken.
    explicit Calendars(Database& database, std::string zone = "UTC")
        : database_(database), zone_(std::move(zone)) {}

    flow::Task<Result<std::vector<core::Calendar>>> calendars(std::string id) override;
    flow::Task<Done> set_calendar(core::Calendar calendar, flow::Doer doer, core::Instant now) override;
    flow::Task<Result<core::Instant>> due_for(std::string account, std::string owner, flow::CivilDue due,
                                              core::Instant now, std::string house_zone) override;

    flow::Task<Result<std::vector<flow::TeammateCare>>> care_of_teammates() override;
    flow::Task<Result<std::vector<flow::AccountCare>>> care_of_accounts(std::string sees = {}) override;
    flow::Task<Result<core::Teammate>> teammate(std::string id_or_address) override;
    flow::Task<Result<AccountId>> account(std::string id_or_ref) override;
    flow::Task<Done> set_teammate(std::string id_or_address, flow::NewCare care, flow::Doer doer,
                                  core::Instant now) override;
    flow::Task<Done> set_account(std::string id_or_ref, flow::NewCare care, flow::Doer doer,
                                 core::Instant now) override;
    flow::Task<Result<int>> hand_over_accounts(std::string from, std::string to, flow::Doer doer,
                                               core::Instant now, bool dry_run) override;

 private:
    Database& database_;
    std::string zone_;
};

}  // namespace candour::store
