/// What comes round again: once each time, late within its time, never after it.
#include "flow/campaign/schedules.hpp"

#include <gtest/gtest.h>

#include "edge/store/campaigns.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/schedules.hpp"
#include "flow/campaign/waves.hpp"
#include "zone/civil.hpp"
#include "zone/recurrence.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using store::contract::World;

class AnyVoice final : public Voices {
 public:
    Task<Result<std::string>> compose(WordsRequest) override {
        Result<std::string> words = std::string("{}");
        co_return words;
    }
    Result<std::string> asks_about(const std::string&) const override {
        return std::string("relationship-1");
    }
};

Result<std::vector<core::Instant>> berlin_comings(const ScheduleRule& rule, core::Instant after, int limit) {
    const auto today = std::chrono::sys_days{days{zone::civil_day(after, rule.zone)}};
    const auto dates =
        zone::days_of(rule.rule, std::chrono::sys_days{days{rule.starts_on}}, today, limit + 1);
    if (!dates) return dates.error();
    std::vector<core::Instant> comings;
    for (const auto& date : *dates) {
        const Result<core::Instant> at = zone::instant_of(date, rule.at, rule.zone);
        if (at && *at > after && comings.size() < static_cast<std::size_t>(limit)) comings.push_back(*at);
    }
    return comings;
}

class ComingRound : public testing::Test {
 protected:
    void SetUp() override { world.customer("ada@example.org"); }
    static ScheduleRequest every_tuesday() {
        ScheduleRequest request;
        request.asking.plugin = "relationship_nps";
        request.asking.audience.all = true;
        request.asking.actor = "tok_1";
        request.rule = {"FREQ=WEEKLY;BYDAY=TU", 0, 9h, "Europe/Berlin"};
        request.late = days{3};
        return request;
    }
    Schedule add(ScheduleRequest request) {
        const auto added = world.run(schedules.add(std::move(request)));
        EXPECT_TRUE(added) << added.error().message;
        return added.value_or({});
    }
    Schedule found(const Schedule& schedule) { return world.run(store.find(schedule.id)).value_or({}); }
    void look() { EXPECT_TRUE(world.run(waves.look()).value_or(false)); }
    long long campaigns_made() { return world.count("SELECT COUNT(1) FROM campaigns"); }
    void pass_until(core::Instant at) { world.clock.advance(at - world.clock.now()); }
    std::string refusal(ScheduleRequest request) {
        const auto added = world.run(schedules.add(std::move(request)));
        EXPECT_FALSE(added);
        return added ? "" : added.error().message;
    }

    World world{store::Dialect::sqlite};
    store::Campaigns campaign_store{world.database, world.clock, "UTC"};
    store::Schedules store{world.database};
    AnyVoice voice;
    Schedules schedules{{store, voice, world.clock, berlin_comings,
                         [](core::Instant at, const std::string& zone) -> Result<std::int64_t> {
                             const auto date = zone::civil_date(at, zone);
                             if (!date) return date.error();
                             return zone::civil_day(at, zone);
                         },
                         core::kRest}};
    Waves waves{campaign_store, schedules, world.reminder_store, world.clock, "host-a"};
};

TEST_F(ComingRound, BeginsAWaveEachTimeAndOnce) {
    const Schedule schedule = add(every_tuesday());
    look();
    EXPECT_EQ(campaigns_made(), 0) << "its time has not come";
    pass_until(schedule.next_at);
    look();
    look();
    EXPECT_EQ(campaigns_made(), 1);
    const Schedule after = found(schedule);
    EXPECT_EQ(after.waves, 1);
    EXPECT_GT(after.next_at, schedule.next_at);
    const Campaign wave =
        world.run(campaign_store.find(CampaignId::trusted(after.last_campaign))).value_or({});
    EXPECT_EQ(wave.due_at, schedule.next_at);
    EXPECT_EQ(wave.not_after, schedule.next_at + days{3});
    EXPECT_EQ(wave.schedule, schedule.id.text());
    EXPECT_EQ(wave.progress.asked, 1);
    pass_until(after.next_at);
    look();
    EXPECT_EQ(campaigns_made(), 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind = 'invitation'"), 1)
        << "a week later she rests";
}

TEST_F(ComingRound, BeginsLateWithinItsTimeAndNeverAfterIt) {
    const Schedule schedule = add(every_tuesday());
    pass_until(schedule.next_at + days{2});
    look();
    EXPECT_EQ(found(schedule).waves, 1) << "two days late, of three";
    const Schedule after = found(schedule);
    pass_until(after.next_at + days{4});
    look();
    EXPECT_EQ(found(schedule).waves, 1);
    EXPECT_EQ(found(schedule).missed, 1) << "written down, not made up for";
    EXPECT_EQ(campaigns_made(), 1);
}

TEST_F(ComingRound, IsPlannedByOneOfTwoHosts) {
    const Schedule schedule = add(every_tuesday());
    pass_until(schedule.next_at);
    const auto stale = world.run(store.due(world.clock.now()));
    ASSERT_TRUE(stale && stale->size() == 1);
    look();
    // The other host saw the same time come, before the first one had written it down.
    PlannedCampaign campaign{CampaignId(IdBytes{8}), stale->front().request.asking, world.clock.now(),
                             core::kRest};
    Wave wave{schedule.id, schedule.next_at, campaign, found(schedule).next_at, world.clock.now()};
    EXPECT_FALSE(world.run(store.begin_wave(wave)).value_or(true));
    EXPECT_EQ(campaigns_made(), 1);
}

TEST_F(ComingRound, MakesUpForNothingThatCameWhileItRested) {
    const Schedule schedule = add(every_tuesday());
    ASSERT_TRUE(world.run(schedules.pause(schedule.id)));
    pass_until(schedule.next_at + days{1});
    look();
    const auto resumed = world.run(schedules.resume(schedule.id));
    ASSERT_TRUE(resumed);
    EXPECT_GT(resumed->next_at, world.clock.now());
    look();
    EXPECT_EQ(campaigns_made(), 0);
    ASSERT_TRUE(world.run(schedules.end(schedule.id)));
    pass_until(resumed->next_at + 1h);
    look();
    EXPECT_EQ(campaigns_made(), 0);
    EXPECT_EQ(world.run(schedules.resume(schedule.id)).error().code, ErrorCode::conflict);
}

TEST_F(ComingRound, StaysAtNineWhenClocksChange) {
    ScheduleRequest request = every_tuesday();
    request.rule.rule = "FREQ=DAILY";
    const Schedule schedule = add(request);
    const auto year = schedules.comings(schedule, 400);
    ASSERT_TRUE(year && year->size() == 400);
    for (const core::Instant at : *year) EXPECT_EQ(*zone::time_of_day(at, "Europe/Berlin"), 9h);
}

TEST_F(ComingRound, FallsOnTheJumpInANightThatSkipsItsTimeAndOnTheFirstOfTwo) {
    ScheduleRequest request = every_tuesday();
    request.rule = {"FREQ=DAILY", 0, 2h + 30min, "Europe/Berlin"};
    const auto year = schedules.comings(add(request), 400);
    ASSERT_TRUE(year);
    int jumps = 0;
    for (std::size_t i = 1; i < year->size(); ++i) {
        EXPECT_GT((*year)[i] - (*year)[i - 1], 22h) << "no day comes twice";
        jumps += *zone::time_of_day((*year)[i], "Europe/Berlin") == 3h ? 1 : 0;
    }
    EXPECT_GE(jumps, 1);
}

TEST_F(ComingRound, IsRefusedWithRulesAndTimesThatMakeNoSense) {
    ScheduleRequest never = every_tuesday();
    never.rule.rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
    EXPECT_NE(refusal(never).find("never"), std::string::npos);
    ScheduleRequest over = every_tuesday();
    over.rule.rule = "FREQ=DAILY;UNTIL=20000101";
    EXPECT_NE(refusal(over), "");
    ScheduleRequest on_mars = every_tuesday();
    on_mars.rule.zone = "Mars/Base";
    EXPECT_NE(refusal(on_mars).find("Mars/Base"), std::string::npos);
    ScheduleRequest nowhere = every_tuesday();
    nowhere.asking.audience = {.accounts = {"A-77"}};
    EXPECT_NE(refusal(nowhere).find("A-77"), std::string::npos);
    ScheduleRequest long_spread = every_tuesday();
    long_spread.asking.over = days{4};
    EXPECT_NE(refusal(long_spread).find("over"), std::string::npos);
    ScheduleRequest endless = every_tuesday();
    endless.late = days{31};
    EXPECT_NE(refusal(endless).find("not_after"), std::string::npos);
}

TEST_F(ComingRound, AsksEachAsOftenAsTheirSegmentsCadenceSays) {
    ScheduleRequest weekly = every_tuesday();
    weekly.asking.by_cadence = true;
    const Schedule schedule = add(weekly);
    world.execute("UPDATE accounts SET segment = 'opportunity'");
    for (int week = 0; week < 60; ++week) {
        pass_until(found(schedule).next_at);
        look();
    }
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind = 'invitation'"), 3)
        << "at once, after half a year and after a year";
}

}  // namespace
}  // namespace candour::flow
