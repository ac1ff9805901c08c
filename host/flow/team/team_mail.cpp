#include "flow/team/team_mail.hpp"

#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// A group closes so much too late at most.
constexpr auto kTeamLook = 15s;
/// Days' notice is given by the quarter of an hour.
constexpr auto kWarn = 15min;
/// Longer than anybody asks what a mail was about; a warning is never needed as long.
constexpr std::chrono::days kKept{90};

}  // namespace

Task<void> TeamMail::run() {
    for (;;) {
        const core::Instant began = clock_.now();
        auto looking = look();
        Result<int> written = co_await std::move(looking);
        if (!written) log::warn("team: nobody of us could be written to: {}", written.error().message);
        if (written && *written > 0) log::info("team: {} mails to us", *written);
        auto waiting = clock_.wait_until(began + kTeamLook);
        co_await std::move(waiting);
    }
}

Task<Result<int>> TeamMail::look() {
    const core::Instant now = clock_.now();
    if (now - warned_at_ >= kWarn) {
        auto warning = store_.warn(now);
        Result<int> warned = co_await std::move(warning);
        if (!warned) co_return warned.error();
        warned_at_ = now;
    }
    auto gathering = store_.gather(now, group_);
    Result<int> gathered = co_await std::move(gathering);
    if (!gathered) co_return gathered.error();
    auto digesting = store_.digests(now);
    Result<int> digests = co_await std::move(digesting);
    if (!digests) co_return digests.error();
    auto forgetting = store_.forget(now - kKept);
    Done forgotten = co_await std::move(forgetting);
    if (!forgotten) co_return forgotten.error();
    co_return *gathered + *digests;
}

}  // namespace candour::flow
