/// What was done to the house itself: who let whom in, who changed which rule, who took what along. Rows are
/// added and never changed; no secret stands in them.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/identity/tokens.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// Whoever did it, and from where.
struct Doer {
    std::string id;       ///< a teammate's or a token's; `shell` at the command line; empty: not known yet
    std::string name;     ///< as it was then
    std::string address;  ///< of the browser or the program; empty: this machine

    static Doer of(const Caller& caller) { return {caller.actor(), caller.name, caller.address}; }
};

struct AuditEntry {
    Doer doer;
    std::string act;      ///< role_changed, token_created, …; else the method and the path
    std::string subject;  ///< whom or what it was done to
    std::string before{};
    std::string after{};
};

struct AuditRow {
    std::int64_t seq = 0;
    core::Instant at;
    AuditEntry entry;
};

struct AuditQuery {
    std::string actor, act;   ///< empty: all
    std::int64_t before = 0;  ///< rows older than this one; 0: the newest first
    int limit = 100;
};

class AuditLog {
 public:
    virtual ~AuditLog() = default;
    virtual Task<Done> append(AuditEntry entry, core::Instant now) = 0;
    /// Newest first.
    virtual Task<Result<std::vector<AuditRow>>> page(AuditQuery query) = 0;
};

}  // namespace candour::flow
