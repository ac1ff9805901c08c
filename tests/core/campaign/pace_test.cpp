/// When mails are due, when somebody is reminded, and when it all ends.
#include "core/campaign/pace.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Instant kStart{days{20'000}};

TEST(Spreading, IsTheSameForTheSameContactAndEvenOverTheDays) {
    int early = 0;
    for (int i = 0; i < 2'000; ++i) {
        const std::string contact = "con_" + std::to_string(i);
        const Instant due = due_at(kStart, days{5}, "cmp_1", contact);
        EXPECT_EQ(due, due_at(kStart, days{5}, "cmp_1", contact));
        EXPECT_GE(due, kStart);
        EXPECT_LT(due, kStart + days{5});
        early += due < kStart + days{1} ? 1 : 0;
    }
    EXPECT_NEAR(early, 400, 60) << "a fifth of them on each day";
    EXPECT_NE(due_at(kStart, days{5}, "cmp_1", "con_1"), due_at(kStart, days{5}, "cmp_2", "con_1"))
        << "nobody is always the last";
    EXPECT_EQ(due_at(kStart, 0us, "cmp_1", "con_1"), kStart);
}

TEST(RemindersOfACampaign, AreAtMostFiveAndNeitherNagNorComeTooLate) {
    EXPECT_TRUE(check(Reminders{}));
    EXPECT_TRUE(check(Reminders{days{1}, days{7}, days{7}, days{60}, days{1}}));
    EXPECT_FALSE(check(Reminders(6, days{7})));
    EXPECT_FALSE(check(Reminders{days{0}}));
    EXPECT_FALSE(check(Reminders{days{61}}));
    const Reminders some{days{7}, days{14}};
    EXPECT_EQ(write_reminders(some), "7,14");
    EXPECT_EQ(read_reminders("7,14"), some);
    EXPECT_EQ(read_reminders(""), Reminders{});
}

TEST(RemindersOfACampaign, FollowTheMailBeforeAndEndWhenEverythingWasSaid) {
    const Reminders two{days{7}, days{14}};
    Invited invited{0, kStart, false, false};
    EXPECT_FALSE(next_reminder(two, invited, kStart + days{6}).now);
    EXPECT_EQ(next_reminder(two, invited, kStart + days{6}).look_at, kStart + days{7});
    EXPECT_TRUE(next_reminder(two, invited, kStart + days{7}).now);
    invited.reminded = 1;
    invited.handed_over_at = kStart + days{7};
    EXPECT_FALSE(next_reminder(two, invited, kStart + days{20}).now);
    const NextReminder last = next_reminder(two, invited, kStart + days{21});
    EXPECT_TRUE(last.now);
    EXPECT_FALSE(happened(last.look_at));
    invited.reminded = 2;
    EXPECT_FALSE(next_reminder(two, invited, kStart + days{90}).now);
}

TEST(RemindersOfACampaign, StopWhenSomebodySpokeAndWaitForTheMailBefore) {
    const Reminders one{days{7}};
    const NextReminder spoke = next_reminder(one, {0, kStart, false, true}, kStart + days{8});
    EXPECT_FALSE(spoke.now);
    EXPECT_FALSE(happened(spoke.look_at));
    const NextReminder waits = next_reminder(one, {0, kNever, true, false}, kStart + days{8});
    EXPECT_FALSE(waits.now);
    EXPECT_GT(waits.look_at, kStart + days{8});
}

TEST(TheOutlook, SaysHowFastItGoesAndWhenItEnds) {
    const Outlook moving = outlook({1'000, 500, kStart}, kStart + 1h);
    EXPECT_EQ(moving.per_minute, 100);
    EXPECT_EQ(moving.ends_at, kStart + 1h + 10min);
    const Outlook spread = outlook({10, 500, kStart + days{3}}, kStart);
    EXPECT_EQ(spread.ends_at, kStart + days{3}) << "not before the last of them is due";
    EXPECT_FALSE(outlook({10, 0, kStart}, kStart + 1h).ends_at) << "nothing moves: nobody knows";
    EXPECT_FALSE(outlook({0, 500, kNever}, kStart).ends_at);
}

TEST(TheCadence, IsTwiceAYearForThoseWithWhomTheRelationshipIsDeepest) {
    EXPECT_EQ(cadence_of(Segment::co_creator), days{182});
    EXPECT_EQ(cadence_of(Segment::opportunity), days{182});
    EXPECT_EQ(cadence_of(Segment::reliable), days{364});
    EXPECT_EQ(cadence_of(Segment::unclassified), days{364});
}

}  // namespace
}  // namespace candour::core
