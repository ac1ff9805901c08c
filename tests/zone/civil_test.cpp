#include "zone/civil.hpp"

#include <gtest/gtest.h>

namespace candour::zone {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;

core::Instant utc(year_month_day on, std::chrono::microseconds after_midnight) {
    return sys_days{on} + after_midnight;
}

TEST(CivilDate, IsTheDayOnTheWallOfTheZone) {
    const core::Instant at = utc(2026y / 11 / 2, 23h + 30min);
    EXPECT_EQ(*civil_date(at, "Europe/Berlin"), 2026y / 11 / 3);
    EXPECT_EQ(*civil_date(at, "America/New_York"), 2026y / 11 / 2);
    EXPECT_EQ(*civil_date(at, "Pacific/Kiritimati"), 2026y / 11 / 3);
    EXPECT_EQ(*civil_date(at, "UTC"), 2026y / 11 / 2);
}

TEST(CivilDate, HoldsForInstantsBefore1970) {
    EXPECT_EQ(*civil_date(utc(1969y / 12 / 31, 23h), "UTC"), 1969y / 12 / 31);
    EXPECT_EQ(*time_of_day(utc(1969y / 12 / 31, 23h), "UTC"), 23h);
}

TEST(CivilDate, OfAnUnknownZoneSaysWhichNameWasUnknown) {
    for (const char* name : {"Mars/Olympus", "", "../../etc/passwd", "europe/berlin\n"}) {
        EXPECT_FALSE(known_zone(name)) << name;
        const auto date = civil_date(core::kNever, name);
        ASSERT_FALSE(date) << name;
        EXPECT_EQ(date.error().code, ErrorCode::not_found);
        EXPECT_NE(date.error().message.find(name), std::string::npos);
    }
    EXPECT_TRUE(known_zone("Asia/Kolkata"));
}

TEST(TimeOfDayOf, FollowsSummerTime) {
    EXPECT_EQ(*time_of_day(utc(2026y / 1 / 15, 12h), "Europe/Berlin"), 13h);
    EXPECT_EQ(*time_of_day(utc(2026y / 7 / 15, 12h), "Europe/Berlin"), 14h);
    EXPECT_EQ(*time_of_day(utc(2026y / 7 / 15, 12h), "Asia/Kolkata"), 17h + 30min);
}

TEST(InstantOf, IsTheInverseOfDateAndTime) {
    const core::Instant nine = *instant_of(2026y / 11 / 18, 9h, "Europe/Madrid");
    EXPECT_EQ(nine, utc(2026y / 11 / 18, 8h));
    EXPECT_EQ(*civil_date(nine, "Europe/Madrid"), 2026y / 11 / 18);
    EXPECT_EQ(*time_of_day(nine, "Europe/Madrid"), 9h);
}

TEST(InstantOf, TakesTheFirstOfATimeThatComesTwice) {
    EXPECT_EQ(*instant_of(2026y / 10 / 25, 2h + 30min, "Europe/Berlin"), utc(2026y / 10 / 25, 30min));
}

TEST(InstantOf, TakesTheJumpForATimeThatIsSkipped) {
    EXPECT_EQ(*instant_of(2026y / 3 / 29, 2h + 30min, "Europe/Berlin"), utc(2026y / 3 / 29, 1h));
}

TEST(InstantOf, RefusesWhatIsOnNoCalendarAndNoClock) {
    EXPECT_EQ(instant_of(2026y / 2 / 30, 0s, "UTC").error().code, ErrorCode::invalid);
    EXPECT_EQ(instant_of(2026y / 2 / 28, 24h, "UTC").error().code, ErrorCode::invalid);
    EXPECT_EQ(instant_of(2026y / 2 / 28, -1s, "UTC").error().code, ErrorCode::invalid);
    EXPECT_EQ(instant_of(2026y / 2 / 28, 0s, "Nowhere").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace candour::zone
