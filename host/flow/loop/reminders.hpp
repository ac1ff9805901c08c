/// Time passes: who of us has to hear of it. One host does this for all of them.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/loop/reminders.hpp"
#include "core/policies.hpp"
#include "flow/clock.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::flow {

/// An item that time has something to say about, with the people behind it.
struct Watchful {
    ItemId item;
    core::Rungs rungs;
};

class ReminderStore {
 public:
    virtual ~ReminderStore() = default;
    /// The epoch under which `host` may do what `duty` names until then; 0 when another host does it.
    virtual Task<Result<std::int64_t>> hold(std::string duty, std::string host, core::Instant now,
                                            core::Instant until) = 0;
    /// What has been watched for this reason since `before` or longer, longest first.
    virtual Task<Result<std::vector<Watchful>>> watched(core::Watch why, core::Instant before, int limit) = 0;
    /// Asks `decide` and writes its step, if the duty is still ours under this epoch. Errors: conflict when
    /// it is not.
    virtual Task<Result<core::Item>> remind(ItemId item, std::string host, std::int64_t epoch,
                                            Decide decide) = 0;
};

class Reminders {
 public:
    /// `host` names this process.
    Reminders(ReminderStore& store, Clock& clock, std::shared_ptr<const core::Policies> policies,
              std::string host)
        : store_(store), clock_(clock), policies_(std::move(policies)), host_(std::move(host)) {}

    /// Until cancelled.
    Task<void> run();
    /// One look at everything. Returns how many reminders were written; none when another host looks.
    Task<Result<int>> look();

 private:
    Task<Result<int>> look_for(core::Watch why, core::Instant before, std::int64_t epoch);

    ReminderStore& store_;
    Clock& clock_;
    std::shared_ptr<const core::Policies> policies_;
    std::string host_;
};

}  // namespace candour::flow
