/// flow::AuditLog over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/identity/audit.hpp"

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

}  // namespace candour::store
