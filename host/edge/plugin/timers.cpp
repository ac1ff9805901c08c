/// The timers of plugins: claimed from the store under a lease, handed in as events, crossed off when
/// handled.
#include <boost/json.hpp>

#include "edge/plugin/registry.hpp"

namespace candour::plugin {

namespace {

constexpr int kAtOnce = 64;
/// Plugins are promised a second; the store is asked that often.
constexpr std::chrono::seconds kBeat{1};

std::string payload_of(const flow::PluginTimer& timer) {
    return boost::json::serialize(boost::json::object{
        {"id", timer.id}, {"due_unix_us", core::to_us(timer.due)}, {"payload", timer.payload}});
}

bool comes_again(ErrorCode code) {
    return code == ErrorCode::unavailable || code == ErrorCode::exhausted || code == ErrorCode::deadline ||
           code == ErrorCode::cancelled;
}

}  // namespace

flow::Task<void> Registry::fire(flow::PluginTimer timer) {
    Instance* instance = find(timer.plugin);
    // Not here, or not now: the lease runs out and it comes again, here or on another host.
    if (!instance || instance->standing() != Standing::running) co_return;
    std::string payload = payload_of(timer);
    const Result<std::string> heard =
        co_await instance->event("timer", std::move(payload), Binding::immediate);
    if (!heard) {
        services_.log(
            {timer.plugin, LogLine::Level::warning, "timer " + timer.id + ": " + heard.error().message, {}});
        if (comes_again(heard.error().code)) co_return;
    }
    flow::PluginState& state = services_.state;
    const std::string name = timer.plugin + " timer " + timer.id;
    const Done fired = co_await state.timer_fired(std::move(timer));
    if (!fired) services_.log({name, LogLine::Level::warning, fired.error().message, {}});
}

flow::Task<void> Registry::run_timers() {
    flow::PluginState& state = services_.state;
    flow::Clock& clock = services_.clock;
    while (true) {
        const core::Instant now = clock.now();
        Result<std::vector<flow::PluginTimer>> due = co_await state.claim_due_timers(now, kAtOnce);
        if (due)
            for (flow::PluginTimer& timer : *due) co_await fire(std::move(timer));
        if (due && due->size() == static_cast<std::size_t>(kAtOnce)) continue;
        const core::Instant next = now + kBeat;
        co_await clock.wait_until(next);
    }
}

}  // namespace candour::plugin
