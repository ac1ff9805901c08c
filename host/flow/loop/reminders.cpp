#include "flow/loop/reminders.hpp"

#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr const char* kReminding = "reminders";
/// Due instants have the grain of an hour at most; a minute late is on time.
constexpr auto kReminderLook = 1min;
/// A host that died is relieved after this.
constexpr auto kReminderHold = 5min;
constexpr int kReminderPage = 200;

}  // namespace

Task<void> Reminders::run() {
    for (;;) {
        const core::Instant began = clock_.now();
        auto looking = look();
        Result<int> reminded = co_await std::move(looking);
        if (!reminded) log::warn("reminders: nobody could be reminded: {}", reminded.error().message);
        if (reminded && *reminded > 0) log::info("reminders: {} written", *reminded);
        auto waiting = clock_.wait_until(began + kReminderLook);
        co_await std::move(waiting);
    }
}

Task<Result<int>> Reminders::look() {
    const core::Instant now = clock_.now();
    auto holding = store_.hold(kReminding, host_, now, now + kReminderHold);
    Result<std::int64_t> epoch = co_await std::move(holding);
    if (!epoch) co_return epoch.error();
    if (*epoch == 0) co_return 0;
    const core::Patience& patience = policies_->patience;
    const std::pair<core::Watch, core::Instant> searches[] = {
        {core::Watch::overdue, now - 1us},
        {core::Watch::escalation, now - patience.escalate},
        {core::Watch::silence, now - patience.visibility}};
    int written = 0;
    for (const auto& [why, before] : searches) {
        auto looking = look_for(why, before, *epoch);
        Result<int> reminded = co_await std::move(looking);
        if (!reminded) co_return reminded.error();
        written += *reminded;
    }
    co_return written;
}

/// Whatever is reminded of is no longer found by the same search, so that each page begins where the one
/// before ended.
Task<Result<int>> Reminders::look_for(core::Watch why, core::Instant before, std::int64_t epoch) {
    int written = 0;
    for (;;) {
        auto searching = store_.watched(why, before, kReminderPage);
        Result<std::vector<Watchful>> found = co_await std::move(searching);
        if (!found) co_return found.error();
        int here = 0;
        for (const Watchful& one : *found) {
            const core::Act act{"host", clock_.now()};
            Decide decide = [act, rungs = one.rungs, patience = policies_->patience](const core::Item& item) {
                return core::remind(item, act, patience, rungs);
            };
            auto writing = store_.remind(one.item, host_, epoch, std::move(decide));
            Result<core::Item> reminded = co_await std::move(writing);
            if (!reminded) log::warn("reminders: item {}: {}", one.item.text(), reminded.error().message);
            here += reminded && reminded->last_event_at == act.at ? 1 : 0;
        }
        written += here;
        if (here == 0 || found->size() < static_cast<std::size_t>(kReminderPage)) co_return written;
    }
}

}  // namespace candour::flow
