#include "flow/campaign/waves.hpp"

#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr const char* kWavesDuty = "campaigns";
constexpr auto kLookForWaves = 5s;
/// A host that died is relieved after this.
constexpr auto kHoldWaves = 1min;
constexpr int kRemindedAtOnce = 500;
/// A look ends here, so that the lease is renewed and one large campaign does not keep reminders waiting.
constexpr int kStepsInALook = 200;

}  // namespace

Task<void> Waves::run() {
    for (;;) {
        const core::Instant began = clock_.now();
        auto looking = look();
        const Result<bool> looked = co_await std::move(looking);
        if (!looked) log::warn("campaigns: {}", looked.error().message);
        auto waiting = clock_.wait_until(began + kLookForWaves);
        co_await std::move(waiting);
    }
}

Task<Result<bool>> Waves::look() {
    const core::Instant now = clock_.now();
    auto holding = duties_.hold(kWavesDuty, host_, now, now + kHoldWaves);
    const Result<std::int64_t> epoch = co_await std::move(holding);
    if (!epoch) co_return epoch.error();
    if (*epoch == 0) co_return false;
    auto beginning = schedules_.begin_waves();
    if (const Done begun = co_await std::move(beginning); !begun) co_return begun.error();
    auto asking = store_.unfinished();
    const Result<CampaignStore::Unfinished> unfinished = co_await std::move(asking);
    if (!unfinished) co_return unfinished.error();
    for (const CampaignId& id : unfinished->settling) {
        auto settling = settle_on(id);
        if (const Done settled = co_await std::move(settling); !settled) co_return settled.error();
    }
    for (const CampaignId& id : unfinished->planning) {
        auto planning = plan_on(id);
        const Done planned = co_await std::move(planning);
        if (!planned)
            log::warn("campaign {}: planning does not go on: {}", id.text(), planned.error().message);
    }
    auto reminding = remind();
    if (const Done reminded = co_await std::move(reminding); !reminded) co_return reminded.error();
    co_return true;
}

Task<Done> Waves::plan_on(CampaignId id) {
    for (int step = 0; step < kStepsInALook; ++step) {
        auto planning = store_.plan_page(id, clock_.now());
        const Result<bool> more = co_await std::move(planning);
        if (!more) co_return more.error();
        if (!*more) break;
    }
    co_return done();
}

Task<Done> Waves::settle_on(CampaignId id) {
    for (int step = 0; step < kStepsInALook; ++step) {
        auto settling = store_.settle(id, clock_.now());
        const Result<bool> more = co_await std::move(settling);
        if (!more) co_return more.error();
        if (!*more) break;
    }
    co_return done();
}

/// Whoever was looked at is looked at again later, so that each batch begins where the one before ended.
Task<Done> Waves::remind() {
    for (int step = 0; step < kStepsInALook; ++step) {
        auto reminding = store_.remind(clock_.now(), kRemindedAtOnce);
        const Result<int> looked = co_await std::move(reminding);
        if (!looked) co_return looked.error();
        if (*looked < kRemindedAtOnce) break;
    }
    co_return done();
}

}  // namespace candour::flow
