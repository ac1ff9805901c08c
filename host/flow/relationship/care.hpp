/// Who stands behind whom: to whom a teammate answers, who sponsors an account, and in whose time both work.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/relationship/people.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct TeammateCare {
    core::Teammate teammate;
    std::string manager, manager_name;  ///< id or empty
    std::string calendar;               ///< id or empty: the organisation's
};

struct AccountCare {
    AccountId account;
    std::string ref, name;
    std::string owner, owner_name;
    std::string sponsor, sponsor_name;
    std::string calendar;
};

/// What is left out stays as it is; "" takes it away. People are named by id or address.
struct NewCare {
    std::optional<std::string> person;  ///< manager, or sponsor
    std::optional<std::string> calendar;
};

/// What is done to them is written into the audit log in the same transaction.
class Care {
 public:
    virtual ~Care() = default;
    virtual Task<Result<std::vector<TeammateCare>>> care_of_teammates() = 0;
    virtual Task<Result<std::vector<AccountCare>>> care_of_accounts(std::string sees = {}) = 0;
    /// By id or address. Errors: not_found.
    virtual Task<Result<core::Teammate>> teammate(std::string id_or_address) = 0;
    /// By id or by our own number for it. Errors: not_found.
    virtual Task<Result<AccountId>> account(std::string id_or_ref) = 0;
    /// Errors: not_found (whom it names), invalid (nobody is their own manager).
    virtual Task<Done> set_teammate(std::string id_or_address, NewCare care, Doer doer,
                                    core::Instant now) = 0;
    virtual Task<Done> set_account(std::string id_or_ref, NewCare care, Doer doer, core::Instant now) = 0;
    /// The accounts that one teammate (id) owns go to another one; returns how many.
    virtual Task<Result<int>> hand_over_accounts(std::string from, std::string to, Doer doer,
                                                 core::Instant now, bool dry_run) = 0;
};

}  // namespace candour::flow
