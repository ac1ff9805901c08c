#include "edge/mail/submission/watchdog.hpp"

namespace candour::mail {

namespace {
constexpr auto kNever = std::chrono::steady_clock::time_point::max();
}

struct Watchdog::State {
    State(flow::Executor executor, std::function<void()> on_expiry)
        : timer(executor), bark(std::move(on_expiry)) {}
    Timer timer;
    std::function<void()> bark;
    std::chrono::steady_clock::time_point due = kNever;
    bool waiting = false;
    bool barked = false;
};

Watchdog::Watchdog(flow::Executor executor, std::function<void()> bark)
    : state_(std::make_shared<State>(executor, std::move(bark))) {}

Watchdog::~Watchdog() {
    rest();
    state_->timer.cancel();
}

void Watchdog::arm(std::chrono::milliseconds patience) {
    state_->due = std::chrono::steady_clock::now() + patience;
    if (!state_->waiting) {
        wait(state_);
    } else if (state_->due < state_->timer.expiry()) {
        state_->timer.cancel();  // the handler sees the nearer time and waits for that
    }
}

void Watchdog::rest() {
    state_->due = kNever;
}

bool Watchdog::barked() const {
    return state_->barked;
}

void Watchdog::wait(std::shared_ptr<State> state) {
    state->waiting = true;
    state->timer.expires_at(state->due);
    Timer& timer = state->timer;
    timer.async_wait([held = std::move(state)](boost::system::error_code) mutable {
        held->waiting = false;
        if (held->due == kNever) return;
        if (std::chrono::steady_clock::now() < held->due) return wait(std::move(held));
        held->due = kNever;
        held->barked = true;
        held->bark();
    });
}

}  // namespace candour::mail
