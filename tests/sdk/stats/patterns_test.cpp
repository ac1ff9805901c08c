#include <gtest/gtest.h>

#include <limits>

#include "candour/stats/cooling.hpp"
#include "candour/stats/decay.hpp"
#include "candour/stats/loop.hpp"
#include "candour/stats/moments.hpp"
#include "candour/stats/run_length.hpp"
#include "candour/stats/survival.hpp"
#include "candour/stats/words.hpp"

namespace candour::stats {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Day kToday{2025y / 6 / 30};

LifeTable table_of(std::initializer_list<int> events, std::initializer_list<int> censored) {
    LifeTable table;
    for (const int age : events) EXPECT_TRUE(table.event(age));
    for (const int age : censored) EXPECT_TRUE(table.censored(age));
    return table;
}

TEST(Survival, OfNothingIsAbsentEverywhere) {
    const SurvivalCurve curve = *kaplan_meier({});
    EXPECT_FALSE(curve.at(5));
    EXPECT_FALSE(curve.last_follow_up());
    EXPECT_EQ(survival_quantile(curve, 0.5)->reason, Reason::no_data);
}

TEST(Survival, CountsEventsBeforeCensoringsOfTheSameDay) {
    const SurvivalCurve curve = *kaplan_meier(table_of({5}, {5}));
    EXPECT_EQ(curve.steps().front().at_risk, 2);
    EXPECT_DOUBLE_EQ(*curve.at(5), 0.5);
    EXPECT_DOUBLE_EQ(*curve.at(4), 1);
}

TEST(Survival, HasItsMedianWhereItReachesHalfAndNotBeyond) {
    EXPECT_EQ(survival_quantile(*kaplan_meier(table_of({3, 7}, {9, 9})), 0.5)->age, 7) << "flat at one half";
    const SurvivalQuantile late = *survival_quantile(*kaplan_meier(table_of({3}, {9, 9})), 0.5);
    EXPECT_FALSE(late.age);
    EXPECT_EQ(late.reason, Reason::not_reached);
}

TEST(Survival, HasNoBandAtItsEnds) {
    const SurvivalCurve curve = *kaplan_meier(table_of({4, 4}, {2}));
    EXPECT_FALSE(curve.steps().front().loglog);
    EXPECT_EQ(curve.steps().back().survival, 0);
    EXPECT_FALSE(curve.steps().back().loglog);
    EXPECT_EQ(curve.steps().back().margin, 0);
}

TEST(Survival, RefusesNegativeAgesAndCounts) {
    LifeTable table;
    EXPECT_FALSE(table.event(-1));
    EXPECT_FALSE(table.add(1, {-1, 0}));
    EXPECT_EQ(table.n(), 0);
    EXPECT_FALSE(kaplan_meier(table, 1.5));
    EXPECT_FALSE(survival_quantile(*kaplan_meier(table), 1));
}

TEST(Loops, AreSilentFromTheLimitOn) {
    const std::vector<LoopItem> items{{.id = "quiet", .raised = kToday - days(14)},
                                      {.id = "fresh", .raised = kToday - days(13)}};
    EXPECT_EQ(loop_states(items, kToday)->silent, (std::vector<SilentItem>{{"quiet", 14}}));
}

TEST(Loops, DoNotKnowWhatComesLater) {
    const std::vector<LoopItem> items{
        {.id = "later", .raised = kToday + days(1)},
        {.id = "closes", .raised = kToday - days(3), .closed = kToday + days(1), .told = true}};
    const LoopStates found = *loop_states(items, kToday);
    EXPECT_EQ(found.open, 1);
    EXPECT_EQ(found.closed, 0);
    EXPECT_FALSE(found.visible_closure_rate());
    EXPECT_FALSE(found.reopen_rate());
}

TEST(Loops, ThatCloseBeforeTheyBeginAreRefused) {
    const std::vector<LoopItem> early{{.id = "early", .raised = kToday, .closed = kToday - days(1)}};
    const std::vector<LoopItem> reopened{{.id = "odd", .raised = kToday, .reopened = kToday}};
    EXPECT_EQ(loop_states(early, kToday).error().message, "item early: closed before it was raised");
    EXPECT_FALSE(loop_states(reopened, kToday));
    EXPECT_FALSE(loop_states({}, kToday, 0));
}

TEST(Sla, IsMetAtItsLimitAndUndecidedWithinIt) {
    SlaCounts counts;
    EXPECT_FALSE(counts.breach_rate());
    EXPECT_TRUE(counts.add(24, true, 24));
    EXPECT_TRUE(counts.add(24, false, 24));
    EXPECT_TRUE(counts.add(24.01, false, 24));
    EXPECT_DOUBLE_EQ(*counts.breach_rate(), 0.5);
    EXPECT_EQ(counts.pending, 1);
    EXPECT_FALSE(counts.add(-1, true, 24));
}

TEST(BinomialTest, AddsUpBothTailsOfASymmetricCase) {
    EXPECT_NEAR(*binomial_test(2, 10, 0.5), 2 * *binomial_test(2, 10, 0.5, Side::less), 1e-14);
    EXPECT_EQ(*binomial_test(5, 10, 0.5), 1);
    EXPECT_EQ(*binomial_test(0, 0, 0.5), 1);
    EXPECT_EQ(*binomial_test(0, 9, 0.0), 1);
    EXPECT_NEAR(*binomial_test(9, 9, 0.5, Side::greater), std::pow(0.5, 9), 1e-16);
    EXPECT_FALSE(binomial_test(11, 10, 0.5));
    EXPECT_FALSE(binomial_test(1, 10, 1.5));
}

TEST(Fisher, SurvivesEmptyAndLargeTables) {
    EXPECT_EQ(*fisher_greater({}), 1);
    EXPECT_EQ(*fisher_greater({0, 5, 3, 2}), 1);
    EXPECT_NEAR(*fisher_greater({5, 0, 0, 5}), 1.0 / 252, 1e-15);
    const double large = *fisher_greater({500'500, 499'500, 500'000, 500'000});
    EXPECT_NEAR(large, 0.2400, 0.0015);
    EXPECT_FALSE(fisher_greater({-1, 0, 0, 0}));
}

TEST(MannWhitney, IsExactForTiesToo) {
    const std::vector<double> x{2, 2}, y{1, 2};
    const RankTest found = *mann_whitney_greater(x, y);
    EXPECT_DOUBLE_EQ(found.w, 3);
    EXPECT_DOUBLE_EQ(*found.p, 0.5) << "of 6 pairs of places 3 hold no 1";
    EXPECT_EQ(mann_whitney_greater(x, {})->reason, Reason::no_data);
    EXPECT_EQ(*mann_whitney_greater(x, x)->p, 1);
}

TEST(MannWhitney, AgreesWithItsApproximationWhereThatTakesOver) {
    std::vector<double> x, y;
    for (int at = 0; at < 50; ++at) {
        x.push_back(at * 1.9 + 0.4);
        y.push_back(at * 1.7);
    }
    const double exact = *mann_whitney_greater(x, y)->p;
    x.push_back(50 * 1.9 + 0.4);
    EXPECT_NEAR(exact, *mann_whitney_greater(x, y)->p, 0.05);
}

TEST(MannKendall, IsOneForASeriesThatStands) {
    const std::vector<double> short_one(5, 3.0), long_one(12, 3.0), rising{1, 2, 3, 4, 5, 6};
    EXPECT_EQ(*mann_kendall_less(short_one)->p, 1);
    EXPECT_EQ(*mann_kendall_less(long_one)->p, 1);
    EXPECT_DOUBLE_EQ(*mann_kendall_less(rising)->p, 1);
    EXPECT_EQ(mann_kendall_less({})->reason, Reason::no_data);
    EXPECT_EQ(mann_kendall_less(std::vector{1.0})->reason, Reason::insufficient_n);
    EXPECT_FALSE(mann_kendall_less(std::vector{1.0, std::numeric_limits<double>::quiet_NaN()}));
}

TEST(MannKendall, OfAFallIsOneOrderAmongAll) {
    const std::vector<double> falling{5, 4, 3, 2, 1}, tied{3, 2, 2, 1};
    EXPECT_NEAR(*mann_kendall_less(falling)->p, 1.0 / 120, 1e-15);
    EXPECT_NEAR(*mann_kendall_less(tied)->p, 1.0 / 12, 1e-15);
    EXPECT_EQ(mann_kendall_less(tied)->method, TrendMethod::permutation);
}

TEST(RateDrop, CannotFireBelowElevenTouches) {
    EXPECT_FALSE(rate_drop(0, 10)->signal);
    EXPECT_TRUE(rate_drop(0, 11)->signal);
    EXPECT_FALSE(rate_drop(0, 5)->evaluable);
    EXPECT_FALSE(rate_drop(0, 0)->ratio);
    EXPECT_FALSE(rate_drop(-1, 5));
    EXPECT_FALSE(rate_drop(1, 5, {.recent_days = 0}));
}

TEST(RateDrop, RaisesFewerFalseAlarmsThanItsLevel) {
    for (const double expected : {3.0, 12.0, 24.0, 48.0, 500.0})
        EXPECT_LT(*rate_drop_false_alarm(expected), 0.05) << expected;
    EXPECT_FALSE(rate_drop_false_alarm(0));
}

TEST(DurationDrop, NeedsFourRecentAndSixEarlierMeetings) {
    const std::vector<double> three{10, 11, 12}, four{10, 11, 12, 13}, before{60, 61, 62, 63, 64, 65};
    EXPECT_FALSE(duration_drop(three, before)->signal);
    EXPECT_TRUE(duration_drop(four, before)->signal);
    EXPECT_FALSE(duration_drop({}, before)->p);
}

TEST(TopicDrift, IsNotJudgedOnAFewThreads) {
    const TopicDrift few = *topic_drift({7, 0, 1, 20});
    EXPECT_FALSE(few.signal);
    EXPECT_EQ(few.reason, Reason::insufficient_n);
    EXPECT_GT(*few.rise, 0.9);
    EXPECT_TRUE(*topic_drift({8, 0, 1, 20})->signal);
    EXPECT_TRUE(topic_drift({8, 0, 1, 20}, -60)->watch);
    EXPECT_FALSE(topic_drift({8, 0, 1, 20}, 61)->watch);
}

TEST(NarrowingAccess, ListsTheLossOfALevelAndNotItsShrinkingToo) {
    const Levels all{Level::operational, Level::managerial, Level::executive};
    EXPECT_EQ(narrowing_access({all, {Level::operational}, {}, {}, {}, {}, {}})->signals,
              std::vector{AccessSignal::level_loss});
    EXPECT_EQ(narrowing_access({all, {}, {}, {}, {}, {}, {}})->signals,
              std::vector{AccessSignal::level_loss});
    EXPECT_EQ(narrowing_access({all, {Level::operational, Level::executive}, {}, {}, {}, {}, {}})->signals,
              std::vector{AccessSignal::level_shrunk});
}

TEST(NarrowingAccess, IncludesTheBoundsOfConcentration) {
    const auto concentrated = [](double before, double now) {
        return narrowing_access({{}, {}, {}, {}, {}, before, now})->active();
    };
    EXPECT_TRUE(concentrated(0.45, 0.6));
    EXPECT_FALSE(concentrated(0.46, 0.6));
    EXPECT_FALSE(concentrated(0.3, 0.59));
}

TEST(RiskState, IsNeverGreenForWhatIsNotKnown) {
    using Signals = std::vector<std::optional<bool>>;
    EXPECT_EQ(risk_state(Signals{false, {}, false}, false), RiskState::green_partial);
    EXPECT_EQ(risk_state(Signals{{}, {}, {}}, false), RiskState::grey);
    EXPECT_EQ(risk_state(Signals{}, false), RiskState::grey);
    EXPECT_EQ(risk_state(Signals{true, {}, {}}, false), RiskState::amber);
    EXPECT_EQ(risk_state(Signals{{}, {}, {}}, true), RiskState::red);
}

TEST(CoolingEngagement, IsJudgedOverAllItsTestsTogether) {
    EXPECT_FALSE(cooling({})->active);
    const RateDrop drop = *rate_drop(0, 12);
    EXPECT_TRUE(*cooling({.touches = drop})->active);
    const DelegationRise calm = *delegation_rise({0, 4, 0, 12});
    const Cooling both = *cooling({.touches = drop, .delegation = calm});
    EXPECT_GT(*both.smallest_p, *drop.p) << "two looks, one of them by chance";
    CusumPath alarm;
    alarm.first_signal = 3;
    EXPECT_TRUE(*cooling({.chart = alarm})->active);
    EXPECT_FALSE(*cooling({.chart = CusumPath{}})->active);
}

TEST(Cadence, IsBreachedAfterOneAndAHalfOfIt) {
    EXPECT_FALSE(cadence_breached(90, 60));
    EXPECT_TRUE(cadence_breached(91, 60));
}

TEST(Multiplicity, KeepsTheOrderGivenAndNeverExceedsOne) {
    const std::vector<double> p{0.9, 0.01, 0.6};
    EXPECT_EQ(*holm(p), (std::vector<double>{1, 0.03, 1}));
    EXPECT_EQ(benjamini_hochberg(p, 0.1)->flagged, std::vector<std::size_t>{1});
    EXPECT_TRUE(holm({})->empty());
    EXPECT_FALSE(holm(std::vector{1.1}));
    EXPECT_FALSE(benjamini_hochberg(p, 2));
    EXPECT_NEAR(composite_false_alarm(0.05, 3)->any, 0.142625, 1e-12);
    EXPECT_NEAR(*expected_false_alarms(500, 1, 236), 2.1186, 1e-4);
}

TEST(Cusum, StartsAnewAfterAnAlarm) {
    const std::vector<double> silence(5, 0.0), wrong{-1};
    const CusumPath path = *poisson_cusum(silence, {1.5, 6, Direction::lower});
    EXPECT_EQ(path.first_signal, 3U);
    EXPECT_DOUBLE_EQ(path.c[4], 1.5);
    EXPECT_FALSE(poisson_cusum(wrong, {1.5, 6, Direction::lower}));
    EXPECT_FALSE(poisson_cusum(silence, {1.5, 0, Direction::lower}));
}

TEST(Cusum, HasTheRunLengthsThatItsDesignsPromise) {
    for (const auto& [mean, months] : {std::pair{1.0, 357.0}, {2.0, 236.0}, {4.0, 536.0}})
        EXPECT_NEAR(poisson_cusum_run_length(*touch_chart(mean), mean)->from_zero, months, 0.6) << mean;
    EXPECT_FALSE(touch_chart(0.7));
    EXPECT_FALSE(poisson_cusum_run_length({0.123456, 3, Direction::lower}, 1)) << "no lattice";
    EXPECT_FALSE(poisson_cusum_run_length({1, 3, Direction::lower}, 0));
}

TEST(Ewma, HasTheRunLengthsThatItsDesignPromises) {
    EXPECT_NEAR(*ewma_run_length(0.3, 2.7, 0), 193, 1);
    EXPECT_NEAR(*ewma_run_length(0.3, 2.7, 1), 8.9, 0.1);
    EXPECT_FALSE(ewma_run_length(0, 2.7, 0));
    EXPECT_FALSE(ewma(std::vector{1.0}, {.sigma = 0}));
}

TEST(Lexicon, MatchesWholeWordsInAnyWriting) {
    const std::vector<std::string> terms{"rate card", "Änderung", "price"};
    EXPECT_EQ(lexicon_hits("The RATE-CARD, the rate\n card; not the corporate cards", terms), 2);
    EXPECT_EQ(lexicon_hits("keine ÄNDERUNG, Vertragsänderung, “änderung”", terms), 2);
    EXPECT_EQ(lexicon_hits("price price price price prices _price", terms), kTermCap);
    EXPECT_EQ(lexicon_hits("", terms), 0);
    EXPECT_EQ(lexicon_hits("anything", std::vector<std::string>{"", " - "}), 0);
}

TEST(Lexicon, ReadsBytesThatAreNoText) {
    EXPECT_EQ(lexicon_hits("\xC3", std::vector<std::string>{"price"}), 0);
    EXPECT_EQ(lexicon_hits("\xE2\x80 price \xFF\xE2", std::vector<std::string>{"price"}), 1);
}

TEST(LogOdds, LeavesOutWhatNobodyExpectedAndOnePileNeverSaid) {
    const WordCounts z =
        *log_odds({{"price", 3}, {"odd", 1}}, {{"price", 1}, {"vision", 4}}, {{"price", 2}, {"vision", 2}});
    EXPECT_GT(z.at("price"), 0);
    EXPECT_LT(z.at("vision"), 0);
    EXPECT_FALSE(z.contains("odd"));
    EXPECT_FALSE(log_odds({{"price", -3}}, {}, 0.1));
}

TEST(ForwardDecay, OverflowsLoudlyAndCanBeRebased) {
    ForwardDecay decay(kToday, 1);
    EXPECT_FALSE(decay.add(kToday + days(2000), 1));
    EXPECT_TRUE(decay.add(kToday + days(900), 1));
    decay.rebase(kToday + days(900));
    EXPECT_TRUE(decay.add(kToday + days(1800), 1));
    EXPECT_NEAR(decay.value(kToday + days(1800)), 1, 1e-12);
    EXPECT_FALSE(decay.merge(ForwardDecay(kToday, 1)));
    EXPECT_FALSE(ForwardDecay(kToday, 0).add(kToday, 1));
}

TEST(Moments, GiveBackWhatWasAdded) {
    Moments all = moments_of(std::vector{3.0, 5.0, 8.0, 13.0});
    all -= moments_of(std::vector{5.0, 13.0});
    EXPECT_EQ(all.n, 2);
    EXPECT_NEAR(all.mean, 5.5, 1e-12);
    EXPECT_NEAR(all.m2, 12.5, 1e-12);
    all -= all;
    EXPECT_EQ(all.n, 0);
    EXPECT_FALSE(all.sd());
}

}  // namespace
}  // namespace candour::stats
