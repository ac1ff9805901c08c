/// flow::AuditLog over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/identity/audit.hpp"
#include "flow/relationship/relationships.hpp"

namespace candour::store {

class AuditLog final : public flow::AuditLog {
 public:
    explicit AuditLog(Database& database) : database_(database) {}
    flow::Task<Done> append(flow::AuditEntry entry, core::Instant now) override;
    flow::Task<Result<std::vector<flow::AuditRow>>> page(flow::AuditQuery query) override;

 private:
    Database& database_;
};

/// Inside the transaction that does it.
void write_down(Session& session, const flow::AuditEntry& entry, core::Instant now);

struct ImportDeed {
    flow::Doer doer;
    std::string what;  ///< accounts, contacts, touchpoints
    core::Instant at;
};
/// How many rows came in; of one that was only tried, nothing. What each of them was before stands in its
/// history.
void write_down_import(Session& session, const ImportDeed& deed, const flow::ImportReport& report);

}  // namespace candour::store
