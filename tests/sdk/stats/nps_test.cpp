#include <gtest/gtest.h>

#include <limits>

#include "candour/stats/multinomial.hpp"
#include "candour/stats/nps.hpp"
#include "candour/stats/nps_accounts.hpp"
#include "candour/stats/nps_population.hpp"
#include "candour/stats/nps_waves.hpp"

namespace candour::stats {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Nps, OfNobodyHasNoValueAndSaysWhy) {
    const NpsFigure figure = *nps({});
    EXPECT_EQ(figure.reason, Reason::no_data);
    EXPECT_FALSE(figure.value);
    EXPECT_FALSE(figure.se);
    EXPECT_FALSE(figure.headline());
}

TEST(Nps, OfEqualAnswersStillHasAnInterval) {
    const NpsFigure figure = *nps({0, 0, 3});
    EXPECT_EQ(figure.value, 100);
    EXPECT_EQ(figure.wald->width(), 0) << "which is why it is not shown";
    EXPECT_GT(figure.adjusted->width(), 50);
    EXPECT_GT(figure.score->width(), 50);
}

TEST(Nps, ShowsTheScoreIntervalWhileFewAnswered) {
    EXPECT_EQ(nps({0, 4, 5})->headline(), nps({0, 4, 5})->score);
    EXPECT_EQ(nps({0, 4, 6})->headline(), nps({0, 4, 6})->adjusted);
}

TEST(Nps, IsTheSameWithDetractorsAndPromotersExchangedButForItsSign) {
    const NpsFigure up = *nps({2, 3, 11}), down = *nps({11, 3, 2});
    EXPECT_DOUBLE_EQ(*up.value, -*down.value);
    EXPECT_NEAR(up.score->low, -down.score->high, 1e-10);
    EXPECT_NEAR(up.adjusted->low, -down.adjusted->high, 1e-10);
}

TEST(Nps, OfAHundredMillionAnswersIsExact) {
    const NpsFigure figure = *nps({20'000'001, 30'000'000, 49'999'999});
    EXPECT_DOUBLE_EQ(*figure.value, 29.999998);
    EXPECT_NEAR(figure.score->width(), figure.wald->width(), 1e-6);
    EXPECT_NEAR(figure.adjusted->low, figure.wald->low, 1e-5);
    EXPECT_LT(figure.score->low, *figure.value);
    EXPECT_GT(figure.score->high, *figure.value);
}

TEST(Nps, RefusesWhatCannotBeCounted) {
    for (const NpsCounts& counts : {NpsCounts{-1, 0, 0}, NpsCounts{0, -1, 0}, NpsCounts{0, 0, -1},
                                    NpsCounts{0, 0, std::numeric_limits<std::int64_t>::max()}}) {
        ASSERT_FALSE(nps(counts));
        EXPECT_EQ(nps(counts).error().code, ErrorCode::invalid);
    }
    EXPECT_EQ(nps({-1, 0, 0}).error().message, "detractors: expected a count from 0 to 1e15, found -1");
}

TEST(Nps, RefusesAConfidenceThatIsNone) {
    for (const double confidence : {0.0, 1.0, 95.0, -0.5, kNan})
        EXPECT_FALSE(nps({1, 1, 1}, confidence)) << confidence;
    EXPECT_EQ(nps({1, 1, 1}, 95).error().message,
              "confidence: expected more than 0 and less than 1, found 95");
}

TEST(Tally, CountsWhatIsNoAnswerAsRejectedAndBendsNothing) {
    const std::vector<std::optional<double>> scores{10,           9,    8,         7,    6, 0, 7.5, 11, -1,
                                                    std::nullopt, kNan, kInfinite, 1e300};
    const NpsTally found = *tally(scores);
    EXPECT_EQ(found.counts, (NpsCounts{2, 2, 2}));
    EXPECT_EQ(found.rejected, 7);
}

TEST(Tally, FollowsAnotherScale) {
    const std::vector<std::optional<double>> scores{1, 2, 3, 4, 5, 0, 6};
    const NpsTally found = *tally(scores, {1, 3, 4, 5});
    EXPECT_EQ(found.counts, (NpsCounts{3, 1, 1}));
    EXPECT_EQ(found.rejected, 2);
    EXPECT_FALSE(tally(scores, {1, 4, 4, 5})) << "without passives it is another figure";
}

TEST(Displayed, RoundsHalfAwayFromZero) {
    EXPECT_EQ(displayed(12.5), 13);
    EXPECT_EQ(displayed(-12.5), -13);
    EXPECT_EQ(displayed(-0.4), 0);
}

TEST(TwoWaves, OfTooFewAnswersShowTheirDirectionOnly) {
    const TwoWaves small = *nps_two_waves({0, 0, 9}, {3, 3, 30});
    EXPECT_FALSE(small.testable);
    EXPECT_LT(small.adjusted->delta, 0);
    EXPECT_TRUE(nps_two_waves({0, 0, 10}, {3, 3, 30})->testable);
}

TEST(TwoWaves, WithoutAnyVariationHaveNoTestOfTheRawScores) {
    const TwoWaves same = *nps_two_waves({0, 0, 12}, {0, 0, 15});
    EXPECT_FALSE(same.wald->p);
    EXPECT_GT(*same.adjusted->p, 0.05);
}

TEST(TwoWaves, OfWhichOneIsEmptyAreNotCompared) {
    EXPECT_EQ(nps_two_waves({0, 0, 0}, {1, 1, 1})->reason, Reason::no_data);
    EXPECT_EQ(nps_overlapping({}, {{"ann", 1}})->reason, Reason::no_data);
    EXPECT_FALSE(*nps_paired({}));
    EXPECT_EQ(nps_against_zero({0, 9, 0})->reason, Reason::no_data);
}

TEST(TwoWaves, OfTheSameContactsAreJudgedLikePairs) {
    const Wave first{{"ann", 0}, {"bob", -1}, {"cid", 1}, {"dee", 0}},
        second{{"ann", 1}, {"bob", 0}, {"cid", 1}, {"dee", -1}};
    std::vector<PairedAnswer> pairs;
    for (const auto& [contact, answer] : first) pairs.push_back({answer, second.at(contact)});
    const OverlapTest overlapping = *nps_overlapping(first, second);
    EXPECT_EQ(overlapping.n_overlap, 4);
    EXPECT_NEAR(overlapping.test->se, (*nps_paired(pairs))->se, 1e-10);
    EXPECT_NEAR(overlapping.test->delta, (*nps_paired(pairs))->delta, 1e-10);
}

TEST(TwoWaves, RefuseAnAnswerThatIsNoSign) {
    const std::vector<PairedAnswer> pairs{{2, 0}};
    EXPECT_FALSE(nps_paired(pairs));
    EXPECT_FALSE(nps_overlapping({{"ann", 7}}, {{"ann", 1}}));
}

TEST(AnswersNeeded, ForAMarginIsEnoughForIt) {
    for (const double margin : {5.0, 10.0, 23.0}) {
        const std::int64_t n = *nps_min_n(margin, 0.7);
        EXPECT_LE(*nps_margin(n, 0.7), margin);
        EXPECT_GT(*nps_margin(n - 1, 0.7), margin);
    }
    EXPECT_FALSE(nps_min_n(0));
    EXPECT_FALSE(nps_min_n(10, 1.5));
}

TEST(Clustered, NeedsTwoAccountsForAnError) {
    ClusterSums sums;
    sums.add({1, 2, 3});
    sums.add({});
    const ClusteredNps one = *nps_clustered(sums);
    EXPECT_TRUE(one.value);
    EXPECT_FALSE(one.se);
    EXPECT_FALSE(one.design_effect);
    EXPECT_EQ(nps_clustered({})->reason, Reason::no_data);
    EXPECT_FALSE(nps_clustered({.accounts = 5, .n = 3}));
}

TEST(Clustered, HasNoDesignEffectWhereNothingVaries) {
    ClusterSums sums;
    sums.add({0, 0, 2});
    sums.add({0, 0, 3});
    EXPECT_EQ(nps_clustered(sums)->se, 0);
    EXPECT_FALSE(nps_clustered(sums)->design_effect);
}

TEST(RevenueWeighted, GivesUnknownRevenueNoWeightAndReportsIt) {
    const std::vector<RevenueAccount> accounts{
        {{0, 0, 4}, 100}, {{4, 0, 0}, -50}, {{4, 0, 0}, kNan}, {{}, 300}};
    const MeanNps found = *nps_revenue_weighted(accounts);
    EXPECT_EQ(found.value, 100);
    EXPECT_EQ(found.accounts, 1);
    EXPECT_FALSE(found.se);
    EXPECT_DOUBLE_EQ(*found.coverage, 0.25);
}

TEST(LevelBalanced, ListsWhoIsMissingAndInventsNobody) {
    ByLevel<NpsCounts> levels;
    levels[Level::operational] = {0, 1, 9};
    levels[Level::executive] = {1, 0, 0};
    const LevelBalanced found = *nps_level_balanced(levels);
    EXPECT_DOUBLE_EQ(*found.value, (90.0 - 100.0) / 2);
    EXPECT_EQ(found.covered.missing(), std::vector{Level::managerial});
    EXPECT_EQ(nps_level_balanced({})->reason, Reason::no_data);
}

TEST(Poststratified, LetsALoneAnswerJoinTheNextLevel) {
    ByLevel<Stratum> alone, joined;
    alone[Level::operational] = {20, {1, 2, 5}};
    alone[Level::managerial] = {6, {1, 1, 1}};
    alone[Level::executive] = {3, {0, 0, 1}};
    joined = alone;
    joined[Level::managerial] = {9, {1, 1, 2}};
    joined[Level::executive] = {};
    EXPECT_DOUBLE_EQ(*nps_poststratified(alone)->value, *nps_poststratified(joined)->value);
    EXPECT_DOUBLE_EQ(*nps_poststratified(alone)->se_people, *nps_poststratified(joined)->se_people);
}

TEST(Poststratified, ShowsTheSilentLevelInItsCoverage) {
    ByLevel<Stratum> strata;
    strata[Level::operational] = {30, {1, 2, 5}};
    strata[Level::executive] = {10, {}};
    const PopulationNps found = *nps_poststratified(strata);
    EXPECT_DOUBLE_EQ(*found.value, 50);
    EXPECT_DOUBLE_EQ(*found.coverage, 0.75);
}

TEST(Poststratified, OfEverybodyIsCertainAboutTheseVeryPeople) {
    const PopulationNps found = *nps_of_population({1, 2, 5}, 8);
    EXPECT_EQ(found.se_people, 0);
    EXPECT_GT(*found.se_process, 0);
    EXPECT_FALSE(nps_of_population({1, 2, 5}, 7)) << "more answered than there are";
    EXPECT_FALSE(nps_of_population({0, 0, 1}, 5)->se_people) << "one answer has no variance";
}

TEST(NonResponse, BoundsWhatTheSilentCouldChange) {
    const NonResponse found = *nps_nonresponse({2, 3, 9}, 40);
    EXPECT_DOUBLE_EQ(*found.value, 50);
    EXPECT_DOUBLE_EQ(found.bounds->low, -47.5);
    EXPECT_DOUBLE_EQ(found.bounds->high, 82.5);
    EXPECT_EQ(nps_nonresponse({}, 0)->reason, Reason::no_data);
    EXPECT_FALSE(nps_nonresponse({2, 3, 9}, 13));
}

TEST(ExactBootstrap, HasNoWidthForEqualAnswersAndALimitForMany) {
    EXPECT_EQ(**nps_exact_bootstrap({0, 0, 3}), (Interval{100, 100}));
    EXPECT_FALSE(*nps_exact_bootstrap({}));
    EXPECT_EQ(nps_exact_bootstrap({0, 0, 20'001}).error().code, ErrorCode::exhausted);
}

TEST(Goodman, CoversItsSharesTogether) {
    const std::vector<std::int64_t> counts{0, 0, 10}, one{4}, negative{1, -1};
    const std::vector<Interval> found = *goodman(counts);
    EXPECT_EQ(found[0].low, 0);
    EXPECT_EQ(found[2].high, 1);
    EXPECT_GT(found[0].high, 0.3);
    EXPECT_FALSE(goodman(one));
    EXPECT_FALSE(goodman(negative));
}

}  // namespace
}  // namespace candour::stats
