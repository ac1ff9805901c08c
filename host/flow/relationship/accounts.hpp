/// One customer as their people see them: facts, and the threads between our people and theirs.
#pragma once
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/relationship/people.hpp"
#include "core/relationship/threads.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct AccountView {
    core::Account account;
    std::string owner_name;
    std::string sponsor, sponsor_name;
    std::string calendar;
    std::array<std::int64_t, core::kLevels.size()> contacts{};  ///< who are there, by level
    std::int64_t open_items = 0;
    core::Instant last_touch_at;  ///< never: nobody has written one down
};

struct ThreadView {
    core::Thread thread;
    std::string teammate_name;
    std::string contact_name;
    core::Level level = core::Level::operational;
    bool active = true;
};

/// Somebody by id and name; the name is empty when nobody knows the id any more.
struct Person {
    std::string id, name;
};

struct TouchpointView {
    std::int64_t id = 0;
    std::string ref;
    core::TouchpointKind kind = core::TouchpointKind::meeting;
    core::Instant at;
    int minutes = 0;
    std::vector<Person> contacts, teammates;
    std::string topics;
};

/// Newest first.
struct TouchpointQuery {
    std::string account;  ///< id
    std::string contact;  ///< id; empty: anybody's
    core::Instant since = core::kNever;
    core::Instant before = core::Instant::max();  ///< where the page before ended, together with
    std::int64_t before_id = std::numeric_limits<std::int64_t>::max();
    int limit = 100;
};

class Accounts {
 public:
    virtual ~Accounts() = default;
    /// By id or by our own number for it. Errors: not_found.
    virtual Task<Result<AccountView>> account(std::string id_or_ref) = 0;
    /// Counted from `since` on. Whoever was merged is the one who stands for them; whoever was erased is
    /// nobody.
    virtual Task<Result<std::vector<ThreadView>>> threads(std::string account, core::Instant since) = 0;
    virtual Task<Result<std::vector<TouchpointView>>> touchpoints(TouchpointQuery query) = 0;
};

}  // namespace candour::flow
