/// flow::Directory over the database.
#pragma once
#include "edge/store/database.hpp"
#include "edge/store/history.hpp"
#include "flow/relationship/directory.hpp"

namespace candour::store {

class Directory final : public flow::Directory {
 public:
    /// `zone`: where the organisation's civil days are taken.
    explicit Directory(Database& database, std::string zone = "UTC")
        : database_(database), zone_(std::move(zone)) {}

    flow::Task<Result<flow::NamePage<core::Account>>> accounts_by_name(flow::NameQuery query) override;
    flow::Task<Result<flow::NamePage<flow::PersonView>>> contacts_by_name(flow::NameQuery query) override;
    flow::Task<Result<flow::PersonView>> person(std::string key) override;
    flow::Task<Result<flow::PersonView>> change(std::string key, flow::PersonChange change, flow::Doer doer,
                                                core::Instant now) override;
    flow::Task<Result<flow::PersonView>> merge(std::string from, std::string into, flow::Doer doer,
                                               core::Instant now) override;
    flow::Task<Result<flow::PersonView>> split(std::string from, flow::Doer doer, core::Instant now) override;
    flow::Task<Result<flow::Erasure>> erase(std::string key, flow::Doer doer, core::Instant now,
                                            bool dry_run) override;
    flow::Task<Result<std::vector<flow::TeammateView>>> teammates(std::string sees = {}) override;
    flow::Task<Result<flow::TeammateView>> add_teammate(std::string email, std::string name, flow::Doer doer,
                                                        core::Instant now) override;
    flow::Task<Result<flow::TeammateView>> deactivate_teammate(std::string id_or_address, flow::Doer doer,
                                                               core::Instant now) override;
    flow::Task<Result<flow::ImportReport>> import_touchpoints(std::vector<core::TouchpointRow> rows,
                                                              flow::Doer doer, core::Instant now,
                                                              bool dry_run) override;

 private:
    ChangeTime time_of(core::Instant now) const;

    Database& database_;
    std::string zone_;
};

/// Errors: not_found, conflict when several have the address.
Result<flow::PersonView> load_person(Session& session, const std::string& key);
/// The same, of one who stands for themselves. Errors: conflict when they were merged or erased.
Result<flow::PersonView> load_own_person(Session& session, const std::string& key);
/// Whatever of a person may stand in the audit log for good: nothing by which they are known.
std::string person_in_words(const flow::PersonView& person);
void write_person(Session& session, const flow::PersonView& person, core::Instant now);
/// Makes the metrics look at somebody again although nothing about them differs.
void touch_history(Session& session, const core::Contact& contact, ChangeTime when);

}  // namespace candour::store
