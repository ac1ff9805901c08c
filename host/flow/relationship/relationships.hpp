/// Accounts, contacts and teammates as the host keeps them.
#pragma once
#include <string>
#include <vector>

#include "core/instant.hpp"
#include "core/relationship/import.hpp"
#include "core/relationship/people.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct ImportReport {
    int added = 0;
    int changed = 0;
    int unchanged = 0;
    bool dry_run = false;
    std::vector<core::RowProblem> problems;
};

/// For the audit log: counts, and nobody's name.
inline std::string in_words(const ImportReport& report) {
    return "added: " + std::to_string(report.added) + ", changed: " + std::to_string(report.changed) +
           ", unchanged: " + std::to_string(report.unchanged) +
           ", refused: " + std::to_string(report.problems.size());
}

class Relationships {
 public:
    virtual ~Relationships() = default;
    /// All good rows or none, with a row of the audit log: one transaction. Running the same file again
    /// changes nothing.
    virtual Task<Result<ImportReport>> import_accounts(std::vector<core::AccountRow> rows, Doer doer,
                                                       core::Instant now, bool dry_run) = 0;
    /// Rows whose account is unknown come back as problems.
    virtual Task<Result<ImportReport>> import_contacts(std::vector<core::ContactRow> rows, Doer doer,
                                                       core::Instant now, bool dry_run) = 0;
    virtual Task<Result<std::vector<core::Account>>> accounts() = 0;
    virtual Task<Result<std::vector<core::Contact>>> contacts() = 0;
    /// By id, or by address when only one contact has it. Errors: not_found, conflict when several have it.
    virtual Task<Result<core::Contact>> contact(std::string id_or_address) = 0;
    /// By address; made when it is not there yet.
    virtual Task<Result<core::Teammate>> teammate(std::string email, std::string name, core::Instant now) = 0;
};

}  // namespace candour::flow
