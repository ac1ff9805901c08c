/// Signals go round the accounts: when something happened at one, and once a day. One host does this for all.
#pragma once
#include <functional>
#include <string>

#include "flow/clock.hpp"
#include "flow/loop/reminders.hpp"
#include "flow/signals/signal_store.hpp"

namespace candour::flow {

struct RoundNeeds {
    SignalStore& store;
    Signals& signals;
    ReminderStore& duties;  ///< says which host goes round
    Clock& clock;
    std::function<core::Day(core::Instant)> civil_day;
    std::string host;  ///< names this process
};

class SignalRounds {
 public:
    explicit SignalRounds(RoundNeeds needs) : needs_(std::move(needs)) {}

    /// Until cancelled.
    Task<void> run();
    /// One round of every signal that runs. Returns how many accounts were looked at.
    Task<Result<int>> look();
    /// All signals at one account, now. Errors: not_found; what a signal says.
    Task<Result<int>> look_at(std::string account);

 private:
    Task<Result<int>> go_round(SignalInfo signal);
    Task<Done> look_with(SignalInfo signal, DueAccount account);

    RoundNeeds needs_;
};

}  // namespace candour::flow
