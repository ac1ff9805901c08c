#include "support/manual_clock.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <thread>

#include "support/run_task.hpp"

namespace candour::support {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

flow::Task<void> note_when(ManualClock& clock, core::Instant at, std::vector<int>& order, int name) {
    co_await clock.wait_until(at);
    order.push_back(name);
}

class ManualClockTest : public testing::Test {
 protected:
    void start(core::Instant at, int name) {
        const auto failed = [this](std::exception_ptr failure) { failures += failure ? 1 : 0; };
        asio::co_spawn(context, note_when(clock, at, order, name), failed);
        poll();
    }
    void poll() {
        context.restart();
        context.poll();
    }
    asio::io_context context;
    ManualClock clock;
    std::vector<int> order;
    int failures = 0;
};

TEST_F(ManualClockTest, StandsStillUntilItIsMoved) {
    EXPECT_EQ(clock.now(), ManualClock::kStart);
    clock.advance(90min);
    EXPECT_EQ(clock.now(), ManualClock::kStart + 90min);
    clock.set(ManualClock::kStart + 1s);
    EXPECT_EQ(clock.now(), ManualClock::kStart + 1s);
}

TEST_F(ManualClockTest, DoesNotWaitForWhatHasPassed) {
    start(ManualClock::kStart, 1);
    EXPECT_EQ(order, std::vector{1});
    EXPECT_EQ(clock.waiting(), 0U);
}

TEST_F(ManualClockTest, WakesAWaiterAtItsInstantAndNotBefore) {
    start(ManualClock::kStart + 1h, 1);
    EXPECT_EQ(clock.next(), ManualClock::kStart + 1h);
    clock.advance(1h - 1us);
    poll();
    EXPECT_TRUE(order.empty());
    EXPECT_EQ(clock.waiting(), 1U);
    clock.advance(1us);
    poll();
    EXPECT_EQ(order, std::vector{1});
    EXPECT_EQ(clock.waiting(), 0U);
}

TEST_F(ManualClockTest, WakesTheEarliestFirst) {
    start(ManualClock::kStart + 3h, 3);
    start(ManualClock::kStart + 1h, 1);
    start(ManualClock::kStart + 2h, 2);
    start(ManualClock::kStart + 9h, 9);
    clock.advance(5h);
    poll();
    EXPECT_EQ(order, (std::vector{1, 2, 3}));
}

TEST_F(ManualClockTest, WakesEverybodyWhenAsked) {
    start(ManualClock::kStart + 1h, 1);
    start(ManualClock::kStart + 2h, 2);
    clock.wake();
    poll();
    EXPECT_EQ(order, (std::vector{1, 2}));
    EXPECT_EQ(clock.now(), ManualClock::kStart);
}

TEST_F(ManualClockTest, MayBeMovedFromAnotherThread) {
    start(ManualClock::kStart + 1h, 1);
    std::thread([this] { clock.advance(1h); }).join();
    EXPECT_TRUE(order.empty()) << "a waiter runs on its own executor only";
    poll();
    EXPECT_EQ(order, std::vector{1});
}

TEST_F(ManualClockTest, AWaiterThatIsCancelledThrowsAndIsForgotten) {
    asio::cancellation_signal signal;
    const auto failed = [this](std::exception_ptr failure) { failures += failure ? 1 : 0; };
    asio::co_spawn(context, note_when(clock, ManualClock::kStart + 1h, order, 1),
                   asio::bind_cancellation_slot(signal.slot(), failed));
    poll();
    signal.emit(asio::cancellation_type::terminal);
    poll();
    EXPECT_TRUE(order.empty());
    EXPECT_EQ(failures, 1);
    EXPECT_EQ(clock.waiting(), 0U);
}

flow::Task<int> twice(int number) {
    co_return number * 2;
}
flow::Task<int> fails() {
    throw std::runtime_error("no answer");
    co_return 0;
}

TEST(RunTask, GivesBackWhatTheTaskReturnsOrThrows) {
    asio::io_context context;
    EXPECT_EQ(run_task(context, twice(21)), 42);
    EXPECT_THROW(run_task(context, fails()), std::runtime_error);
}

TEST(RunTask, DoesNotWaitForEver) {
    asio::io_context context;
    ManualClock clock;
    EXPECT_THROW(run_task(context, clock.wait_until(ManualClock::kStart + 1h), 20ms), std::runtime_error);
}

TEST(Eventually, IsFalseWhenTheConditionStaysFalse) {
    int looks = 0;
    EXPECT_FALSE(eventually([&] { return ++looks < 0; }, 10ms));
    EXPECT_GT(looks, 1);
    EXPECT_TRUE(eventually([&] { return ++looks > 5; }));
}

}  // namespace
}  // namespace candour::support
