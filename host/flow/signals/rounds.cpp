#include "flow/signals/rounds.hpp"

#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr const char* kRounds = "signals";
constexpr auto kRoundLook = 1min;
/// A host that died is relieved after this.
constexpr auto kRoundHold = 5min;
constexpr int kRoundPage = 100;
/// A round ends here, so that one signal with many accounts does not keep the others waiting.
constexpr int kMostInARound = 5'000;

}  // namespace

Task<void> SignalRounds::run() {
    for (;;) {
        const core::Instant began = needs_.clock.now();
        auto looking = look();
        const Result<int> looked = co_await std::move(looking);
        if (!looked) log::warn("signals: no round: {}", looked.error().message);
        auto waiting = needs_.clock.wait_until(began + kRoundLook);
        co_await std::move(waiting);
    }
}

Task<Result<int>> SignalRounds::look() {
    int looked = 0;
    const std::vector<SignalInfo> all = needs_.signals.signals();
    for (const SignalInfo& signal : all) {
        if (!signal.trouble.empty()) continue;
        const core::Instant now = needs_.clock.now();
        auto holding = needs_.duties.hold(kRounds, needs_.host, now, now + kRoundHold);
        const Result<std::int64_t> epoch = co_await std::move(holding);
        if (!epoch) co_return epoch.error();
        if (*epoch == 0) co_return looked;
        auto going = go_round(signal);
        const Result<int> here = co_await std::move(going);
        if (here)
            looked += *here;
        else
            log::warn("signal {}: {}", signal.id, here.error().message);
    }
    co_return looked;
}

/// Whoever was looked at is no longer due, so that each page begins where the one before ended.
Task<Result<int>> SignalRounds::go_round(SignalInfo signal) {
    auto hearing = needs_.store.hear(signal.id);
    const Done heard = co_await std::move(hearing);
    if (!heard) co_return heard.error();
    const core::Day today = needs_.civil_day(needs_.clock.now());
    int looked = 0;
    while (looked < kMostInARound) {
        auto asking = needs_.store.due(signal.id, today, kRoundPage);
        Result<std::vector<DueAccount>> due = co_await std::move(asking);
        if (!due) co_return due.error();
        for (DueAccount& account : *due) {
            const std::string id = account.account;
            auto looking = look_with(signal, std::move(account));
            const Done seen = co_await std::move(looking);
            // The next round begins here again: a plugin that is back then misses nobody.
            if (!seen) co_return Error{seen.error().code, "at account " + id + ": " + seen.error().message};
            ++looked;
        }
        if (due->size() < static_cast<std::size_t>(kRoundPage)) break;
    }
    co_return looked;
}

Task<Done> SignalRounds::look_with(SignalInfo signal, DueAccount account) {
    SignalLook look{signal.id, signal.plugin, account, 0, needs_.clock.now(), {}};
    look.as_of = needs_.civil_day(look.at);
    auto reading = needs_.store.snapshot(account.account, signal.inputs, look.as_of, look.at);
    Result<AccountSnapshot> snapshot = co_await std::move(reading);
    if (!snapshot) co_return snapshot.error();
    auto evaluating = needs_.signals.evaluate(signal.id, *std::move(snapshot));
    Result<std::vector<Finding>> findings = co_await std::move(evaluating);
    if (!findings) co_return findings.error();
    look.findings = *std::move(findings);
    auto keeping = needs_.store.keep(std::move(look));
    Done kept = co_await std::move(keeping);
    co_return kept;
}

Task<Result<int>> SignalRounds::look_at(std::string account) {
    int looked = 0;
    const std::vector<SignalInfo> all = needs_.signals.signals();
    for (const SignalInfo& signal : all) {
        if (!signal.trouble.empty()) continue;
        auto looking = look_with(signal, {account, 0});
        const Done seen = co_await std::move(looking);
        if (!seen) co_return seen.error();
        ++looked;
    }
    co_return looked;
}

}  // namespace candour::flow
