/// A clock that stands still until a test moves it.
#pragma once
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "flow/clock.hpp"

namespace candour::support {

/// Waiters run on their own executor; `set`, `advance` and `wake` may be called from any thread and only post
/// to it. In a test with one io_context: `clock.advance(1h); context.poll();`.
class ManualClock final : public flow::Clock {
 public:
    /// A Monday noon in UTC that has no special meaning; tests never depend on the date of today.
    static constexpr core::Instant kStart{std::chrono::sys_days{std::chrono::year{2031} / 3 / 3} +
                                          std::chrono::hours{12}};

    explicit ManualClock(core::Instant start = kStart);
    ~ManualClock() override;

    core::Instant now() const override;
    flow::Task<void> wait_until(core::Instant at) override;

    /// Waiters whose instant has come are woken, the earliest first. Time may be set back; that wakes nobody.
    void set(core::Instant to);
    void advance(std::chrono::microseconds by);
    /// Every waiter returns, whatever time it is.
    void wake();
    /// How many wait now, and the earliest instant one of them waits for (kNever when none does).
    std::size_t waiting() const;
    core::Instant next() const;

 private:
    struct Waiter;
    void wake_until(core::Instant at);

    std::atomic<std::int64_t> now_us_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace candour::support
