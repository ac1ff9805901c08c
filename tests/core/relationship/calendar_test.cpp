#include "core/relationship/calendar.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::Friday;
using std::chrono::local_days;
using std::chrono::Monday;
using std::chrono::Saturday;
using std::chrono::Thursday;
using std::chrono::Tuesday;
using std::chrono::Wednesday;

/// Monday, 4 January 2027.
const local_days kMonday{2027y / 1 / 4};

Calendar office() {
    Calendar calendar{"office", "Europe/Oslo", {}, {}};
    for (const auto day : {Monday, Tuesday, Wednesday, Thursday, Friday})
        calendar.week.push_back({day, 9h, 17h});
    return calendar;
}

WallTime at(days day, std::chrono::minutes time) {
    return kMonday + day + time;
}

TEST(WorkingTime, BeginsAtOnceWhileSomebodyWorksAndElseWhenSomebodyDoes) {
    EXPECT_EQ(next_open(office(), at(days{0}, 9h)), at(days{0}, 9h)) << "the first minute counts";
    EXPECT_EQ(next_open(office(), at(days{0}, 16h + 59min)), at(days{0}, 16h + 59min));
    EXPECT_EQ(next_open(office(), at(days{0}, 17h)), at(days{1}, 9h)) << "the last one does not";
    EXPECT_EQ(next_open(office(), at(days{4}, 20h)), at(days{7}, 9h)) << "Friday evening";
    EXPECT_EQ(next_open(office(), at(days{5}, 12h)), at(days{7}, 9h)) << "Saturday";
    EXPECT_EQ(next_open(office(), at(days{0}, 3h)), at(days{0}, 9h)) << "before work";
}

TEST(WorkingTime, CountsWorkingDaysAndKeepsTheTimeOfDay) {
    EXPECT_EQ(working_days_later(office(), at(days{0}, 10h), days{1}), at(days{1}, 10h));
    EXPECT_EQ(working_days_later(office(), at(days{4}, 16h), days{1}), at(days{7}, 16h))
        << "Friday to Monday";
    EXPECT_EQ(working_days_later(office(), at(days{4}, 18h), days{1}), at(days{8}, 9h))
        << "too late on Friday is Monday morning";
    EXPECT_EQ(working_days_later(office(), at(days{0}, 10h), days{5}), at(days{7}, 10h));
    EXPECT_EQ(working_days_later(office(), at(days{0}, 10h), days{0}), at(days{0}, 10h));
    EXPECT_EQ(working_days_later(office(), at(days{0}, 10h), days{30}), at(days{42}, 10h)) << "six weeks";
}

TEST(WorkingTime, LeavesHolidaysOut) {
    Calendar calendar = office();
    calendar.holidays = {2027y / 1 / 5, 2027y / 1 / 6};
    EXPECT_EQ(working_days_later(calendar, at(days{0}, 10h), days{1}), at(days{3}, 10h));
    EXPECT_EQ(next_open(calendar, at(days{1}, 10h)), at(days{3}, 9h));
    calendar.holidays = {2027y / 1 / 9};
    EXPECT_EQ(working_days_later(calendar, at(days{4}, 10h), days{1}), at(days{7}, 10h))
        << "a Saturday nobody worked on anyway";
}

TEST(WorkingTime, LetsAShiftRunOverMidnightAndBelongToTheDayItBeganOn) {
    Calendar night{"night", "UTC", {{Friday, 22h, 30h}, {Monday, 22h, 30h}}, {}};
    EXPECT_EQ(next_open(night, at(days{5}, 2h)), at(days{5}, 2h)) << "Saturday night is still Friday's shift";
    EXPECT_EQ(next_open(night, at(days{5}, 6h)), at(days{7}, 22h));
    EXPECT_EQ(working_days_later(night, at(days{5}, 2h), days{1}), at(days{8}, 2h))
        << "the next shift, at the same hour of it";
    night.holidays = {2027y / 1 / 8};
    EXPECT_EQ(next_open(night, at(days{5}, 2h)), at(days{7}, 22h)) << "Friday's shift is off, to its end";
    Calendar sunday{"sunday", "UTC", {{std::chrono::Sunday, 22h, 30h}}, {}};
    EXPECT_EQ(next_open(sunday, at(days{7}, 1h)), at(days{7}, 1h)) << "over the end of the week as well";
}

TEST(WorkingTime, MovesToTheNextShiftWhenThatDayIsShorter) {
    Calendar calendar = office();
    calendar.week.back() = {Friday, 9h, 14h};
    EXPECT_EQ(working_days_later(calendar, at(days{3}, 16h), days{1}), at(days{7}, 9h));
}

TEST(WorkingTime, GoesAroundTheClockWithoutShifts) {
    Calendar always{"always", "UTC", {}, {2027y / 1 / 5}};
    EXPECT_EQ(next_open(always, at(days{0}, 3h)), at(days{0}, 3h));
    EXPECT_EQ(working_days_later(always, at(days{0}, 3h), days{1}), at(days{2}, 3h))
        << "holidays are left out all the same";
}

TEST(WorkingTime, EndsEvenInACalendarInWhichNobodyEverWorks) {
    Calendar never = office();
    for (local_days day = kMonday - days{20}; day < kMonday + days{4'200}; day += days{1})
        never.holidays.emplace_back(day);
    EXPECT_EQ(next_open(never, at(days{0}, 10h)), at(days{0}, 10h));
    EXPECT_EQ(working_days_later(never, at(days{0}, 10h), days{3}), at(days{3}, 10h)) << "days as they pass";
}

TEST(WorkingTime, EndsADayWithItsLastShift) {
    Calendar calendar = office();
    calendar.week.push_back({Monday, 18h, 20h});
    EXPECT_EQ(end_of_working_day(calendar, 2027y / 1 / 4), at(days{0}, 20h));
    EXPECT_EQ(end_of_working_day(calendar, 2027y / 1 / 5), at(days{1}, 17h));
    EXPECT_EQ(end_of_working_day(calendar, 2027y / 1 / 9), at(days{6}, 0min) - 1s)
        << "nobody works: the day's own end";
}

TEST(Calendars, RefuseTimesThatAreNoneAndShiftsThatOverlap) {
    EXPECT_TRUE(check_calendar(office()));
    const auto refused = [](std::vector<Shift> week) {
        return !check_calendar({"x", "UTC", std::move(week), {}});
    };
    EXPECT_TRUE(refused({{Monday, 9h, 9h}})) << "nothing";
    EXPECT_TRUE(refused({{Monday, 9h, 8h}}));
    EXPECT_TRUE(refused({{Monday, 9h, 34h}})) << "longer than a day";
    EXPECT_TRUE(refused({{Monday, 24h, 25h}}));
    EXPECT_TRUE(refused({{Monday, 9h, 17h}, {Monday, 16h, 18h}}));
    EXPECT_TRUE(refused({{Monday, 9h, 17h}, {Monday, 9h, 17h}})) << "the same one twice";
    EXPECT_TRUE(refused({{Monday, 22h, 30h}, {Tuesday, 5h, 9h}})) << "over midnight";
    EXPECT_TRUE(refused({{std::chrono::Sunday, 22h, 30h}, {Monday, 5h, 9h}})) << "over the end of the week";
    EXPECT_FALSE(refused({{Monday, 9h, 12h}, {Monday, 12h, 17h}})) << "side by side";
    EXPECT_FALSE(refused({{Monday, 0h, 24h}}));
    const Done date = check_calendar({"x", "UTC", {}, {2027y / 2 / 30}});
    ASSERT_FALSE(date);
    EXPECT_NE(date.error().message.find("holidays"), std::string::npos);
}

}  // namespace
}  // namespace candour::core
