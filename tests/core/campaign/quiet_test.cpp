#include "core/campaign/quiet.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;

const local_days kFriday{std::chrono::year{2026} / 11 / 20};

Calendar office_hours() {
    Calendar calendar;
    for (unsigned day = 1; day <= 5; ++day) calendar.week.push_back({std::chrono::weekday{day}, 8h, 18h});
    calendar.holidays = {std::chrono::year{2026} / 11 / 23};
    return calendar;
}

TEST(QuietHours, LetAMailGoAtOnceWhenSomebodyWorks) {
    const Welcome now = first_welcome(office_hours(), kFriday + 9h);
    EXPECT_EQ(now.at, kFriday + 9h);
    EXPECT_EQ(now.waits, Waits::no);
}

TEST(QuietHours, KeepAMailUntilTheMorning) {
    const Welcome morning = first_welcome(office_hours(), kFriday + 3h);
    EXPECT_EQ(morning.at, kFriday + 8h);
    EXPECT_EQ(morning.waits, Waits::quiet_hours);
}

TEST(QuietHours, PassOverTheWeekendAndTheHolidayBehindIt) {
    const Welcome evening = first_welcome(office_hours(), kFriday + 18h);
    EXPECT_EQ(evening.at, kFriday + std::chrono::days{4} + 8h) << "Monday is a holiday";
    EXPECT_EQ(evening.waits, Waits::quiet_hours);
    EXPECT_EQ(first_welcome(office_hours(), kFriday + 36h).waits, Waits::day_off);
    EXPECT_EQ(first_welcome(office_hours(), kFriday + 82h).waits, Waits::holiday);
}

TEST(QuietHours, OfACalendarWithoutHoursAreItsHolidaysAlone) {
    Calendar calendar;
    calendar.holidays = {std::chrono::year{2026} / 11 / 20};
    EXPECT_EQ(first_welcome(calendar, kFriday - 1h).waits, Waits::no);
    const Welcome next = first_welcome(calendar, kFriday + 5h);
    EXPECT_EQ(next.at, kFriday + 24h);
    EXPECT_EQ(next.waits, Waits::holiday);
}

}  // namespace
}  // namespace candour::core
