/// Days that a rule names.
#include "zone/recurrence.hpp"

#include <gtest/gtest.h>

namespace candour::zone {
namespace {

using namespace std::chrono;
using Days = std::vector<year_month_day>;

constexpr year_month_day kStart = 2026y / November / 22;

Result<Days> days_by(std::string_view rule, int limit = 3, year_month_day from = kStart) {
    return days_of(rule, kStart, from, limit);
}
std::string refusal(std::string_view rule) {
    const auto days = days_by(rule);
    EXPECT_FALSE(days) << rule;
    return days ? "" : days.error().message;
}

TEST(Recurrence, NamesTheFirstTuesdayOfEveryThirdMonth) {
    EXPECT_EQ(*days_by("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU"),
              (Days{2027y / February / 2, 2027y / May / 4, 2027y / August / 3}));
}

TEST(Recurrence, SkipsMonthsWithoutThatDay) {
    EXPECT_EQ(*days_by("FREQ=MONTHLY;BYMONTHDAY=31"),
              (Days{2026y / December / 31, 2027y / January / 31, 2027y / March / 31}));
    EXPECT_EQ(*days_by("FREQ=MONTHLY;BYMONTHDAY=-1", 2),
              (Days{2026y / November / 30, 2026y / December / 31}));
    EXPECT_EQ(*days_by("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 2),
              (Days{2028y / February / 29, 2032y / February / 29}));
}

TEST(Recurrence, CountsFromItsStartWhereverSomebodyLooksFrom) {
    EXPECT_EQ(*days_by("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 1, 2027y / January / 1),
              Days{2027y / January / 11});
    EXPECT_EQ(*days_by("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 1, 2027y / January / 12),
              Days{2027y / January / 25});
}

TEST(Recurrence, EndsWithItsCountOrItsLastDay) {
    EXPECT_EQ(days_by("FREQ=DAILY;COUNT=2")->size(), 2U);
    EXPECT_EQ(days_by("FREQ=DAILY;UNTIL=20261123")->size(), 2U);
    EXPECT_TRUE(days_by("FREQ=DAILY;COUNT=2", 3, 2026y / December / 1)->empty());
}

TEST(Recurrence, RefusesRulesThatNeverNameADay) {
    for (const char* never : {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=13"})
        EXPECT_NE(refusal(never).find("never"), std::string::npos);
}

TEST(Recurrence, RefusesRulesThatFireAllTheTime) {
    for (const char* always :
         {"FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY;INTERVAL=2", "FREQ=DAILY;BYHOUR=9,10"})
        EXPECT_NE(refusal(always).find("time of the day"), std::string::npos);
}

TEST(Recurrence, RefusesWhatIsNoRule) {
    for (const char* broken : {"", "nonsense", "FREQ=MONTHLY;BYDAY=1XX", "FREQ=MONTHLY;INTERVAL=0",
                               "FREQ=DAILY;FOO=1", "FREQ=YEARLY;COUNT=2;UNTIL=20280101"})
        EXPECT_NE(refusal(broken).find("rule"), std::string::npos);
    EXPECT_NE(refusal("FREQ=DAILY;" + std::string(600, 'X')).find("500"), std::string::npos);
}

}  // namespace
}  // namespace candour::zone
