#include <gtest/gtest.h>

#include "core/metrics/calendar.hpp"
#include "core/metrics/timeline.hpp"

namespace candour::core {
namespace {

Fact answer(Day day, std::int64_t seq, std::int64_t score, std::int64_t thread = 0,
            std::int64_t answer_class = 1) {
    return {View::answers, day, day * 86'400'000'000, seq, thread, false, {score, answer_class, 0, 0}};
}

constexpr Instant kLater = from_us(1'000'000LL * 86'400'000'000);

TEST(StandingFacts, KeepTheLaterOfTwoThatTakeEachOthersPlace) {
    const StandingFacts standing =
        standing_facts({answer(10, 1, 3, 7), answer(11, 2, 9, 7), answer(12, 3, 5, 8)}, kLater);
    ASSERT_EQ(standing.facts.size(), 2U);
    EXPECT_EQ(standing.facts[0].value[0], 9);
}

TEST(StandingFacts, DoNotLetAMachineTakeAPersonsPlace) {
    const StandingFacts standing =
        standing_facts({answer(10, 1, 9, 7, kHuman), answer(10, 2, 0, 7, kLikelyBot)}, kLater);
    ASSERT_EQ(standing.facts.size(), 1U);
    EXPECT_EQ(standing.facts[0].value[0], 9);
}

TEST(StandingFacts, LetAPersonTakeAMachinesPlaceWheneverItArrives) {
    const StandingFacts standing =
        standing_facts({answer(10, 2, 9, 7, kHuman), answer(10, 1, 0, 7, kLikelyBot)}, kLater);
    ASSERT_EQ(standing.facts.size(), 1U);
    EXPECT_EQ(standing.facts[0].value[0], 9);
}

TEST(StandingFacts, LeaveNothingOfAnAnswerThatWasWithdrawn) {
    Fact back = answer(10, 2, -1, 7);
    back.withdrawn = true;
    EXPECT_TRUE(standing_facts({answer(10, 1, 9, 7), back}, kLater).facts.empty());
}

TEST(StandingFacts, HoldWhatLiesAheadUntilItIsDue) {
    const Instant now = from_us(10 * 86'400'000'000);
    const StandingFacts standing = standing_facts({answer(10, 1, 9), answer(11, 2, 3)}, now);
    EXPECT_EQ(standing.facts.size(), 1U);
    ASSERT_TRUE(standing.next_due);
    EXPECT_EQ(*standing.next_due, from_us(11 * 86'400'000'000) - kClockSkew);
    EXPECT_EQ(standing_facts({answer(11, 2, 3)}, *standing.next_due).facts.size(), 1U);
}

TEST(Walk, AsksOnEachDayWithARowAndOnEachDayOfAChange) {
    Walk walk({answer(10, 1, 9), answer(10, 2, 9), answer(20, 3, 3)});
    ASSERT_EQ(walk.asks().size(), 2U);
    EXPECT_EQ(walk.asks()[0].rows, 2U);
    const std::int64_t first[] = {1, 15, 2, 30};
    ASSERT_TRUE(walk.answer(first, 1));
    ASSERT_EQ(walk.asks().size(), 2U);
    EXPECT_EQ(walk.asks()[0].day, 15);
    EXPECT_EQ(walk.asks()[1].day, 30);
    const std::int64_t second[] = {0, kNoDay, 0, kNoDay};
    ASSERT_TRUE(walk.answer(second, 1));
    EXPECT_TRUE(walk.asks().empty());
    const std::vector<StateStep> steps = walk.take();
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[1].day, 15);
    EXPECT_EQ(steps[3].day, 30);
}

TEST(Walk, DoesNotLookBeyondTheNextRow) {
    Walk walk({answer(10, 1, 9), answer(12, 3, 3)});
    const std::int64_t first[] = {1, 12, 2, kNoDay};
    ASSERT_TRUE(walk.answer(first, 1));
    EXPECT_TRUE(walk.asks().empty());
}

TEST(Walk, RefusesAChangeThatDoesNotLieAhead) {
    Walk walk({answer(10, 1, 9)});
    const std::int64_t backwards[] = {1, 10};
    const Done walked = walk.answer(backwards, 1);
    ASSERT_FALSE(walked);
    EXPECT_EQ(walked.error().code, ErrorCode::invalid);
}

TEST(Walk, RefusesAStateThatNeverComesToRest) {
    Walk walk({answer(0, 1, 9)});
    Done walked = done();
    for (std::int64_t day = 1; walked && day < 10'000; ++day) {
        const std::int64_t restless[] = {day, day};
        walked = walk.answer(restless, 1);
    }
    ASSERT_FALSE(walked);
    EXPECT_NE(walked.error().message.find("without a new row"), std::string::npos);
}

TEST(Timeline, MovesTheStateToTheNewLevelOnTheDayOfTheChange) {
    const StateStep states[] = {{10, {1, 0}}, {40, {0, 0}}};
    const LevelStep levels[] = {{5, 0}, {20, 2}};
    const Timeline timeline = join(states, levels);
    Deltas deltas;
    add_timeline(deltas, "a", timeline, 1);
    drop_zeros(deltas);
    const Deltas expected{
        {{"a", 0, 10}, {1, 0}}, {{"a", 0, 20}, {-1, 0}}, {{"a", 2, 20}, {1, 0}}, {{"a", 2, 40}, {-1, 0}}};
    EXPECT_EQ(deltas, expected);
}

TEST(Timeline, CountsAtTheFirstLevelBeforeAnyWasRecorded) {
    const StateStep states[] = {{10, {1}}};
    const LevelStep levels[] = {{50, 2}};
    EXPECT_EQ(join(states, levels).front().level, 2);
}

TEST(Timeline, ReadsBackWhatItWrote) {
    const Timeline timeline{{-3, 0, {1, 0, 7}}, {20'000, 2, {0, -4, 0}}, {20'100, 1, {0, 0, 0}}};
    const Result<Timeline> again = read_timeline(to_text(timeline), 3);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, timeline);
}

TEST(Timeline, RefusesTextThatIsNone) {
    for (const char* text : {"x", "1", "1 ", "1 0 1,2,3", "1 0 1;", "1 0 1 2", ";1 0"})
        EXPECT_FALSE(read_timeline(text, 2)) << text;
}

TEST(Timeline, LeavesNothingBehindWhenItIsTakenAway) {
    const Timeline timeline{{10, 0, {1, 2}}, {20, 1, {3, 4}}, {30, 1, {0, 0}}};
    Deltas deltas;
    add_timeline(deltas, "a", timeline, 1);
    add_timeline(deltas, "a", timeline, -1);
    drop_zeros(deltas);
    EXPECT_TRUE(deltas.empty());
}

TEST(Snapshots, HoldEverythingBeforeTheirMonth) {
    const Day march = *read_date("2026-03-01"), april = *read_date("2026-04-01"),
              may = *read_date("2026-05-01");
    const Deltas deltas{
        {{"a", 0, *read_date("2026-02-28")}, {1}}, {{"a", 0, march}, {10}}, {{"a", 0, may}, {100}}};
    const Snapshots snapshots = snapshots_of(deltas, may);
    const Snapshots expected{{{"a", 0, march}, {1}}, {{"a", 0, april}, {11}}, {{"a", 0, may}, {11}}};
    EXPECT_EQ(snapshots, expected);
}

TEST(Calendar, CountsQuartersFromTheFiscalYearsFirstMonth) {
    const Quarter plain = quarter_of(*read_date("2026-03-31"), 1);
    EXPECT_EQ(plain.name(), "2026Q1");
    EXPECT_EQ(date_text(plain.first), "2026-01-01");
    const Quarter fiscal = quarter_of(*read_date("2026-03-31"), 4);
    EXPECT_EQ(fiscal.name(), "2026Q4");
    EXPECT_EQ(quarter_of(*read_date("2026-04-01"), 4).name(), "2027Q1");
    EXPECT_EQ(quarter_before(plain, 1).name(), "2025Q4");
    EXPECT_EQ(date_text(quarter_before(plain, 1).last), "2025-12-31");
}

TEST(Calendar, KnowsNoTwentyNinthOfFebruaryAYearBefore) {
    EXPECT_EQ(date_text(year_before(*read_date("2028-02-29"))), "2027-02-28");
    EXPECT_EQ(date_text(year_before(*read_date("2027-03-01"))), "2026-03-01");
}

TEST(Calendar, RefusesDatesThatDoNotExist) {
    for (const char* text : {"2026-02-29", "2026-13-01", "26-01-01", "2026/01/01", "2026-1-1x", ""})
        EXPECT_FALSE(read_date(text)) << text;
}

}  // namespace
}  // namespace candour::core
