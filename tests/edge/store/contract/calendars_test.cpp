#include "edge/json/calendar_document.hpp"
#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

using std::chrono::days;

class CalendarsContract : public Contract {
 protected:
    Done set(const std::string& id, const std::string& document) {
        Result<core::Calendar> calendar = json::read_calendar(id, document);
        if (!calendar) return calendar.error();
        return world.run(world.calendars.set_calendar(*calendar, {}, world.clock.now()));
    }
    static std::string office(const std::string& zone, const std::string& from = "09:00",
                              const std::string& to = "17:00") {
        std::string week;
        for (const char* day : {"mon", "tue", "wed", "thu", "fri"})
            week += std::string(week.empty() ? "" : ",") + R"({"day":")" + day + R"(","from":")" + from +
                    R"(","to":")" + to + "\"}";
        return R"({"zone":")" + zone + R"(","weekly":[)" + week + R"(],"holidays":["2027-05-17"]})";
    }
    /// Due instants as the API writes them.
    std::string hear_due(const ItemId& id) {
        const auto at = world.item(id).due.hear.time_since_epoch().count() / 1'000'000;
        return world.ask(sqlite()
                             ? "SELECT strftime('%Y-%m-%d %H:%M', " + std::to_string(at) + ", 'unixepoch')"
                             : "SELECT to_char(to_timestamp(" + std::to_string(at) +
                                   ") AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')");
    }
    void go_to(std::chrono::sys_days day, std::chrono::minutes time) {
        world.clock.advance(core::Instant(day + time) - world.clock.now());
    }
};
INSTANTIATE_TEST_SUITE_P(Store, CalendarsContract, both(), named);

TEST_P(CalendarsContract, CountWorkingDaysFromTheOrganisationsCalendar) {
    using namespace std::chrono_literals;
    ASSERT_TRUE(set("organisation", office("Europe/Oslo")));
    go_to(std::chrono::sys_days(2100y / 6 / 4), 12h);  // a Friday, 14:00 in Oslo
    const ItemId item = world.raise();
    EXPECT_EQ(hear_due(item), "2100-06-08 12:00") << "two working days later, a Tuesday, the same time";
}

TEST_P(CalendarsContract, KeepTheWallClockWhenTheClocksChange) {
    using namespace std::chrono_literals;
    ASSERT_TRUE(set("organisation", office("Europe/Oslo")));
    go_to(std::chrono::sys_days(2032y / 3 / 26), 12h);  // Friday 13:00 in Oslo; summer time begins on Sunday
    EXPECT_EQ(hear_due(world.raise()), "2032-03-30 11:00") << "13:00 on Tuesday is an hour earlier in UTC";
}

TEST_P(CalendarsContract, PreferTheAccountsToTheTeammatesToTheOrganisations) {
    using namespace std::chrono_literals;
    ASSERT_TRUE(set("organisation", office("UTC")));
    ASSERT_TRUE(set("late", office("UTC", "13:00", "21:00")));
    ASSERT_TRUE(set("early", office("UTC", "05:00", "11:00")));
    go_to(std::chrono::sys_days(2032y / 1 / 5), 3h);
    const ItemId first = world.raise("a");
    EXPECT_EQ(hear_due(first), "2032-01-07 09:00");
    flow::NewCare late, early;
    late.calendar = "late";
    early.calendar = "early";
    ASSERT_TRUE(world.run(world.calendars.set_teammate("grace@house.example", late, {}, world.clock.now())));
    EXPECT_EQ(hear_due(world.raise("b")), "2032-01-07 13:00");
    ASSERT_TRUE(world.run(world.calendars.set_account("A-1", early, {}, world.clock.now())));
    EXPECT_EQ(hear_due(world.raise("c")), "2032-01-07 05:00");
    EXPECT_EQ(hear_due(first), "2032-01-07 09:00") << "what is owed already keeps its date";
    early.calendar = "";
    late.calendar = "";
    ASSERT_TRUE(world.run(world.calendars.set_account("A-1", early, {}, world.clock.now())));
    ASSERT_TRUE(world.run(world.calendars.set_teammate("grace@house.example", late, {}, world.clock.now())));
    EXPECT_EQ(hear_due(world.raise("d")), "2032-01-07 09:00");
}

TEST_P(CalendarsContract, HoldForTheNextRoundsAsWell) {
    using namespace std::chrono_literals;
    const ItemId item = world.raise();
    ASSERT_TRUE(set("organisation", office("UTC")));
    (void)world.run(world.loop.abandon(world.on(item), "no"));
    go_to(std::chrono::sys_days(2100y / 6 / 4), 12h);
    ASSERT_TRUE(world.run(world.loop.reopen(world.on(item), "again")));
    EXPECT_EQ(hear_due(item), "2100-06-08 12:00");
}

TEST_P(CalendarsContract, GiveAPromiseItsDayOrItsWorkingDays) {
    using namespace std::chrono_literals;
    ASSERT_TRUE(set("organisation", office("UTC")));
    const core::Instant friday{std::chrono::sys_days(2100y / 6 / 4) + 12h};
    const auto due = [&](flow::CivilDue wanted) {
        return *world.run(world.calendars.due_for("", "", wanted, friday, "UTC"));
    };
    EXPECT_EQ(due({std::nullopt, days{1}}), core::Instant(std::chrono::sys_days(2100y / 6 / 7) + 12h));
    EXPECT_EQ(due({2100y / 6 / 8, days{0}}), core::Instant(std::chrono::sys_days(2100y / 6 / 8) + 17h));
    EXPECT_EQ(due({2100y / 6 / 6, days{0}}), core::Instant(std::chrono::sys_days(2100y / 6 / 6) + 24h - 1s))
        << "a Sunday";
}

TEST_P(CalendarsContract, AreRefusedWithWhatIsWrong) {
    const auto refusal = [&](const std::string& document) {
        const Done refused = set("organisation", document);
        return refused ? std::string("accepted") : refused.error().message;
    };
    const std::string monday = R"({"day":"mon","from":"09:00","to":"17:00"})";
    EXPECT_NE(refusal("{").find("is not JSON"), std::string::npos);
    EXPECT_NE(refusal(R"({"weekly":[]})").find("zone: expected"), std::string::npos);
    EXPECT_NE(refusal(R"({"zone":"UTC","weekly":[]})").find("weekly: expected at least one interval"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"zone":"Mars/Base","weekly":[)" + monday + "]}").find("Mars/Base"),
              std::string::npos);
    EXPECT_NE(
        refusal(R"({"zone":"UTC","weekly":[{"day":"monday","from":"09:00","to":"17:00"}]})").find("monday"),
        std::string::npos);
    EXPECT_NE(refusal(R"({"zone":"UTC","weekly":[{"day":"mon","from":"9","to":"17:00"}]})").find("09:00"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"zone":"UTC","weekly":[)" + monday + R"(],"holidays":["2027-02-30"]})")
                  .find("2027-02-30"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"zone":"UTC","weekly":[)" + monday + R"(],"holiday":[]})").find("holiday"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"zone":"UTC","weekly":[)" + monday + "," + monday + "]}").find("overlap"),
              std::string::npos);
    EXPECT_TRUE(world.run(world.calendars.calendars(""))->empty());
    flow::NewCare unknown;
    unknown.calendar = "nowhere";
    world.customer();
    EXPECT_EQ(world.run(world.calendars.set_teammate("grace@house.example", unknown, {}, world.clock.now()))
                  .error()
                  .code,
              ErrorCode::not_found);
    flow::NewCare herself;
    herself.person = "grace@house.example";
    EXPECT_EQ(world.run(world.calendars.set_teammate("grace@house.example", herself, {}, world.clock.now()))
                  .error()
                  .code,
              ErrorCode::invalid);
}

TEST_P(CalendarsContract, ComeBackAsTheyWereWritten) {
    const std::string document =
        R"({"zone":"Europe/Oslo","weekly":[{"day":"fri","from":"22:00","to":"06:00"},{"day":"sun","from":"00:00","to":"24:00"}],"holidays":["2027-05-17"]})";
    ASSERT_TRUE(set("night", document));
    const auto all = *world.run(world.calendars.calendars("night"));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front(), *json::read_calendar("night", document));
}

}  // namespace
}  // namespace candour::store::contract
