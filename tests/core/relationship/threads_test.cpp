#include "core/relationship/threads.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;

constexpr Instant kThreadsToday{std::chrono::days{20'000}};

Touch touch_of(TouchpointKind kind, std::chrono::days ago, std::vector<std::string> contacts,
               std::vector<std::string> teammates) {
    return {kind, kThreadsToday - ago, 30, std::move(contacts), std::move(teammates)};
}

TEST(Threads, AreOneForEachPairThatMet) {
    const std::vector<Touch> touches{
        touch_of(TouchpointKind::meeting, std::chrono::days(3), {"ada", "bob"}, {"grace", "ines"}),
        touch_of(TouchpointKind::call, std::chrono::days(2), {"ada"}, {"grace"}),
        touch_of(TouchpointKind::mail, std::chrono::days(1), {"ada"}, {"grace"})};
    const std::vector<Thread> threads = threads_of(touches, kThreadsToday - std::chrono::days(90));
    ASSERT_EQ(threads.size(), 4U);
    EXPECT_EQ(threads[0].teammate, "grace");
    EXPECT_EQ(threads[0].contact, "ada");
    EXPECT_EQ(threads[0].touches(), 3) << "the strongest first";
    EXPECT_EQ(threads[0].meetings, 1);
    EXPECT_EQ(threads[0].calls, 1);
    EXPECT_EQ(threads[0].mails, 1);
    EXPECT_EQ(threads[0].minutes, 90);
    EXPECT_EQ(threads[0].last_at, kThreadsToday - std::chrono::days(1));
    EXPECT_EQ(threads[1].touches(), 1);
}

TEST(Threads, CountNothingOfWhatWasBeforeButTheLastTime) {
    const std::vector<Touch> touches{
        touch_of(TouchpointKind::meeting, std::chrono::days(200), {"ada"}, {"grace"}),
        touch_of(TouchpointKind::meeting, std::chrono::days(120), {"ada"}, {"grace"})};
    const std::vector<Thread> threads = threads_of(touches, kThreadsToday - std::chrono::days(90));
    ASSERT_EQ(threads.size(), 1U);
    EXPECT_EQ(threads[0].touches(), 0);
    EXPECT_EQ(threads[0].minutes, 0);
    EXPECT_EQ(threads[0].last_at, kThreadsToday - std::chrono::days(120));
}

TEST(Threads, CountSomebodyWhoWasNamedTwiceOnce) {
    const std::vector<Touch> touches{
        touch_of(TouchpointKind::call, std::chrono::days(1), {"ada", "ada"}, {"grace", "grace"})};
    const std::vector<Thread> threads = threads_of(touches, kThreadsToday - std::chrono::days(90));
    ASSERT_EQ(threads.size(), 1U);
    EXPECT_EQ(threads[0].calls, 1);
}

TEST(Threads, NeedSomebodyOnBothEnds) {
    const std::vector<Touch> touches{touch_of(TouchpointKind::call, std::chrono::days(1), {"ada"}, {}),
                                     touch_of(TouchpointKind::call, std::chrono::days(1), {}, {"grace"})};
    EXPECT_TRUE(threads_of(touches, kThreadsToday - std::chrono::days(90)).empty());
    EXPECT_TRUE(threads_of({}, kThreadsToday).empty());
}

}  // namespace
}  // namespace candour::core
