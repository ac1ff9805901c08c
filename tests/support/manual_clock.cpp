#include "support/manual_clock.hpp"

#include <algorithm>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

namespace candour::support {
namespace {

using Timer =
    flow::asio::basic_waitable_timer<std::chrono::steady_clock,
                                     flow::asio::wait_traits<std::chrono::steady_clock>, flow::Executor>;

}  // namespace

struct ManualClock::Waiter {
    Waiter(flow::Executor executor, core::Instant instant)
        : at(instant), timer(executor, std::chrono::steady_clock::time_point::max()) {}
    core::Instant at;
    Timer timer;
};

ManualClock::ManualClock(core::Instant start) : now_us_(core::to_us(start)) {}
ManualClock::~ManualClock() = default;

core::Instant ManualClock::now() const {
    return core::from_us(now_us_.load());
}

flow::Task<void> ManualClock::wait_until(core::Instant at) {
    const flow::Executor executor = co_await flow::asio::this_coro::executor;
    auto waiter = std::make_shared<Waiter>(executor, at);
    {
        const std::lock_guard lock(mutex_);
        if (now() >= at) co_return;
        waiters_.push_back(waiter);
    }
    // Whoever wakes us posts the cancellation to this executor, so it cannot come before the wait has begun.
    boost::system::error_code woken;
    auto token = flow::asio::redirect_error(flow::use_task, woken);
    co_await waiter->timer.async_wait(token);
    {
        const std::lock_guard lock(mutex_);
        std::erase(waiters_, waiter);
    }
    const auto state = co_await flow::asio::this_coro::cancellation_state;
    if (state.cancelled() != flow::asio::cancellation_type::none)
        throw boost::system::system_error(flow::asio::error::operation_aborted);
}

void ManualClock::set(core::Instant to) {
    {
        const std::lock_guard lock(mutex_);
        now_us_ = core::to_us(to);
    }
    wake_until(to);
}

void ManualClock::advance(std::chrono::microseconds by) {
    std::int64_t now_us = 0;
    {
        const std::lock_guard lock(mutex_);
        now_us = now_us_ += by.count();
    }
    wake_until(core::from_us(now_us));
}

void ManualClock::wake() {
    wake_until(core::Instant::max());
}

void ManualClock::wake_until(core::Instant at) {
    std::vector<std::shared_ptr<Waiter>> due;
    {
        const std::lock_guard lock(mutex_);
        const auto later = [at](const std::shared_ptr<Waiter>& waiter) { return waiter->at > at; };
        const auto end = std::stable_partition(waiters_.begin(), waiters_.end(), later);
        due.assign(end, waiters_.end());
        waiters_.erase(end, waiters_.end());
    }
    const auto earlier = [](const auto& left, const auto& right) { return left->at < right->at; };
    std::stable_sort(due.begin(), due.end(), earlier);
    for (const std::shared_ptr<Waiter>& waiter : due)
        flow::asio::post(waiter->timer.get_executor(), [waiter] { waiter->timer.cancel(); });
}

std::size_t ManualClock::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiters_.size();
}

core::Instant ManualClock::next() const {
    const std::lock_guard lock(mutex_);
    core::Instant first = core::kNever;
    for (const std::shared_ptr<Waiter>& waiter : waiters_)
        if (!core::happened(first) || waiter->at < first) first = waiter->at;
    return first;
}

}  // namespace candour::support
