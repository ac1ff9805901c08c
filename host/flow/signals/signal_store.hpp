/// What signals keep: which accounts are due, what is known of them, what was found.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "flow/signals/signals.hpp"

namespace candour::flow {

/// An account that a signal has to look at; `touched` tells what happened before the look from what happened
/// after.
struct DueAccount {
    std::string account;
    std::int64_t touched = 0;
};

/// One look of one signal at one account: all of it is written, or none.
struct SignalLook {
    std::string signal;
    std::string plugin;
    DueAccount account;
    core::Day as_of = 0;
    core::Instant at;
    std::vector<Finding> findings;
};

struct FindingRow {
    std::int64_t number = 0;
    std::string signal, plugin;
    std::string account, account_name, contact, contact_name;
    Finding finding;
    core::Day as_of = 0;
    core::Instant first_at, last_at;
    core::Instant ended_at;  ///< core::kNever: it stands
};

struct FindingQuery {
    std::string account, signal;  ///< empty: of all
    bool ended = false;           ///< those that ended as well
    std::int64_t before = 0;      ///< 0: from the newest on
    int limit = 100;
    std::string sees{};  ///< flow::Sight: only what lies within it
};

class SignalStore {
 public:
    virtual ~SignalStore() = default;
    /// Marks the accounts of which something was heard since this was asked the last time; the first time,
    /// all.
    virtual Task<Done> hear(std::string signal) = 0;
    /// Accounts with something new, then those last looked at before `today`.
    virtual Task<Result<std::vector<DueAccount>>> due(std::string signal, core::Day today, int limit) = 0;
    /// Errors: not_found.
    virtual Task<Result<AccountSnapshot>> snapshot(std::string account, std::vector<std::string> views,
                                                   core::Day as_of, core::Instant now) = 0;
    virtual Task<Done> keep(SignalLook look) = 0;
    virtual Task<Result<std::vector<FindingRow>>> findings(FindingQuery query) = 0;
};

}  // namespace candour::flow
