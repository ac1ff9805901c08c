#include <gtest/gtest.h>

#include "candour/stats/advocacy_change.hpp"
#include "candour/stats/champion.hpp"
#include "candour/stats/engagement.hpp"
#include "candour/stats/segments.hpp"
#include "candour/stats/suppression.hpp"
#include "candour/stats/trust.hpp"

namespace candour::stats {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Day kDayOfPeople{2025y / 6 / 30};

TEST(Wilson, IsExactAtItsEnds) {
    EXPECT_EQ(wilson(0, 7)->interval->low, 0);
    EXPECT_EQ(wilson(7, 7)->interval->high, 1);
    EXPECT_GT(wilson(0, 7)->interval->high, 0.3);
    EXPECT_EQ(wilson(0, 0)->reason, Reason::no_data);
    EXPECT_FALSE(wilson(0, 0)->rate);
}

TEST(Wilson, RefusesMoreThanAll) {
    EXPECT_EQ(wilson(8, 7).error().message, "x: expected at most n = 7, found 8");
    EXPECT_FALSE(wilson(-1, 7));
    EXPECT_FALSE(wilson(1, -7));
    EXPECT_FALSE(wilson(1, 7, 1));
}

TEST(Wilson, IsNeverNarrowerForClusters) {
    EXPECT_EQ(wilson_clustered(30, 100, 0.4)->interval, wilson(30, 100)->interval);
    EXPECT_GT(wilson_clustered(30, 100, 2)->interval->width(), wilson(30, 100)->interval->width());
}

TEST(Newcombe, IsTurnedAroundWithItsRates) {
    const Interval there = *newcombe(7, 34, 1, 34)->interval, back = *newcombe(1, 34, 7, 34)->interval;
    EXPECT_DOUBLE_EQ(there.low, -back.high);
    EXPECT_EQ(newcombe(0, 0, 1, 5)->reason, Reason::no_data);
    EXPECT_EQ(two_proportions(0, 5, 0, 9)->reason, Reason::insufficient_n) << "nothing varies";
}

TEST(Window, IncludesItsLastDayAndNotItsEdge) {
    const Window window{kDayOfPeople, 90};
    EXPECT_TRUE(window.contains(kDayOfPeople));
    EXPECT_TRUE(window.contains(kDayOfPeople - days(89)));
    EXPECT_FALSE(window.contains(kDayOfPeople - days(90)));
    EXPECT_FALSE(window.contains(kDayOfPeople + days(1)));
    EXPECT_FALSE((Window{window.leaves_on(kDayOfPeople), 90}.contains(kDayOfPeople)));
    EXPECT_TRUE((Window{window.leaves_on(kDayOfPeople) - days(1), 90}.contains(kDayOfPeople)));
}

TEST(FiscalQuarter, NamesTheYearInWhichItEnds) {
    EXPECT_EQ(to_text(*fiscal_quarter(2025y / 6 / 30, 7)), "FY2025Q4");
    EXPECT_EQ(to_text(*fiscal_quarter(2025y / 7 / 1, 7)), "FY2026Q1");
    EXPECT_EQ(to_text(*fiscal_quarter(2024y / 2 / 29, 1)), "FY2024Q1");
    EXPECT_EQ(to_text(*fiscal_quarter(2024y / 12 / 31, 12)), "FY2025Q1");
    EXPECT_FALSE(fiscal_quarter(2025y / 2 / 29, 1));
    EXPECT_FALSE(fiscal_quarter(2025y / 2 / 28, 13));
}

TEST(Acts, AreLiveUpToAndIncludingHalfStrength) {
    const std::vector<Act> call{{.kind = ActKind::reference_call, .date = kDayOfPeople - days(90)}};
    EXPECT_TRUE(live(strength(call, kDayOfPeople)));
    EXPECT_FALSE(live(strength(call, kDayOfPeople + days(1))));
    EXPECT_EQ(strength(call, kDayOfPeople - days(91)), 0) << "not done yet";
    EXPECT_EQ(strength({}, kDayOfPeople), 0);
}

TEST(Acts, ThatArePaidUnverifiedOrNoPraiseDoNotCount) {
    const std::vector<Act> acts{{.kind = ActKind::referral, .date = kDayOfPeople, .incentivised = true},
                                {.kind = ActKind::referral, .date = kDayOfPeople, .verified = false},
                                {.kind = ActKind::public_review, .date = kDayOfPeople, .stars = 3.9}};
    EXPECT_EQ(strength(acts, kDayOfPeople), 0);
    EXPECT_TRUE(distinct_acts(acts).empty());
}

TEST(Acts, OfTwoContactsWithoutReferenceAreTwoActs) {
    const std::vector<Act> acts{
        {.kind = ActKind::referral, .date = kDayOfPeople, .contact = "ann"},
        {.kind = ActKind::referral, .date = kDayOfPeople, .contact = "bob"},
        {.kind = ActKind::referral, .date = kDayOfPeople + days(7), .contact = "bob"}};
    EXPECT_EQ(distinct_acts(acts).size(), 2U);
}

AdvocacyRecord known() {
    return {.contact = "ann", .known_since = kDayOfPeople - days(400)};
}

TEST(Advocacy, IsNotConfirmedOnTheDayOfAConflict) {
    AdvocacyRecord record = known();
    record.declared = {{kDayOfPeople - days(10), 5}};
    record.nps = {{kDayOfPeople - days(10), 6}};
    EXPECT_FALSE(advocacy_standing(record, kDayOfPeople)->confirmed());
    record.nps = {{kDayOfPeople - days(11), 6}};
    EXPECT_TRUE(advocacy_standing(record, kDayOfPeople)->confirmed());
}

TEST(Advocacy, TakesTheLastOfTwoAnswersOfADay) {
    AdvocacyRecord record = known();
    record.declared = {{kDayOfPeople, 2}, {kDayOfPeople, 5}};
    EXPECT_TRUE(advocacy_standing(record, kDayOfPeople)->declared);
    record.declared = {{kDayOfPeople, 5}, {kDayOfPeople, 2}};
    EXPECT_FALSE(advocacy_standing(record, kDayOfPeople)->declared);
}

TEST(Advocacy, DoesNotKnowTheFuture) {
    AdvocacyRecord record = known();
    record.declared = {{kDayOfPeople + days(1), 5}};
    record.acts = {{.kind = ActKind::referral, .date = kDayOfPeople + days(1)}};
    EXPECT_FALSE(advocacy_standing(record, kDayOfPeople)->assessed);
    EXPECT_TRUE(advocacy_standing(record, kDayOfPeople + days(1))->confirmed());
}

TEST(Advocacy, AsksOnlyForThoseKnownLongEnoughAndNotOptedOut) {
    AdvocacyRecord record = known();
    record.known_since = kDayOfPeople - days(89);
    EXPECT_FALSE(advocacy_standing(record, kDayOfPeople)->eligible);
    record.known_since = kDayOfPeople - days(90);
    EXPECT_TRUE(advocacy_standing(record, kDayOfPeople)->eligible);
    record.opted_out = kDayOfPeople + days(1);
    EXPECT_TRUE(advocacy_standing(record, kDayOfPeople)->eligible);
    record.opted_out = kDayOfPeople;
    EXPECT_FALSE(advocacy_standing(record, kDayOfPeople)->eligible);
}

TEST(Advocacy, RefusesAnAnswerOffTheScale) {
    AdvocacyRecord record = known();
    record.declared = {{kDayOfPeople, 6}};
    EXPECT_EQ(advocacy_standing(record, kDayOfPeople).error().message,
              "declaration: expected 0 to 5, found 6");
    record.declared = {};
    record.nps = {{kDayOfPeople, 11}};
    EXPECT_FALSE(advocacy_standing(record, kDayOfPeople));
    EXPECT_FALSE(advocacy_rate({.eligible = 1, .confirmed = 2, .assessed = 2}));
}

TEST(AdvocacyChange, IsTheFirstDayOnWhichTheStandingDiffers) {
    AdvocacyRecord record = known();
    record.known_since = kDayOfPeople - days(80);
    record.declared = {{kDayOfPeople - days(300), 5}};
    record.nps = {{kDayOfPeople - days(200), 3}};
    record.acts = {{.kind = ActKind::reference_call, .date = kDayOfPeople - days(30)}};
    for (Day day = kDayOfPeople; day < kDayOfPeople + days(500);) {
        const std::optional<Day> next = advocacy_changes_on(record, day);
        const AdvocacyStanding now = *advocacy_standing(record, day);
        for (Day between = day; between < next.value_or(kDayOfPeople + days(500)); between += days(1))
            ASSERT_EQ(*advocacy_standing(record, between), now) << days_between(kDayOfPeople, between);
        day = next.value_or(kDayOfPeople + days(500));
    }
}

TEST(TrustScore, NamesTheFirstOfTheWeakestItems) {
    EXPECT_EQ(trust_score({{4, 2, 2, 5}, {3, {}}})->weakest, 1);
    EXPECT_EQ(trust_score({{4, {}, {}, 5}, {3, 3}})->reason, Reason::too_few_items);
    EXPECT_FALSE(trust_score({{4, 0, 3, 5}, {3, 3}}));
    EXPECT_FALSE(trust_score({{4, 4, 3, 5}, {3, 6}}));
}

TEST(TrustMean, HasAnIntervalFromFiveContactsOn) {
    const std::vector<double> four{80, 60, 75, 70}, five{80, 60, 75, 70, 99}, wrong{80, 60, 75, 70, 900};
    EXPECT_EQ(trust_mean(moments_of(four))->reason, Reason::insufficient_n);
    EXPECT_FALSE(trust_mean(moments_of(four))->interval);
    EXPECT_TRUE(trust_mean(moments_of(five))->interval);
    EXPECT_LE(trust_mean(moments_of(five))->interval->high, 100);
    EXPECT_EQ(trust_mean({})->reason, Reason::no_data);
    EXPECT_FALSE(trust_mean(moments_of(wrong)));
}

TEST(CronbachAlpha, IsOneForItemsThatMoveTogether) {
    const std::vector<std::vector<double>> same{{1, 1, 1}, {2, 2, 2}, {5, 5, 5}}, flat{{3, 3}, {3, 3}},
        ragged{{1, 2}, {1}};
    EXPECT_NEAR(**cronbach_alpha(same), 1, 1e-12);
    EXPECT_FALSE(*cronbach_alpha(flat));
    EXPECT_FALSE(*cronbach_alpha({}));
    EXPECT_FALSE(cronbach_alpha(ragged));
}

TEST(ExecutiveEngagement, WithoutMappedExecutivesIsAFinding) {
    const ExecutiveEngagement found = *executive_engagement({}, {}, {kDayOfPeople, kTouchDays});
    EXPECT_EQ(found.reason, Reason::no_executive_mapped);
    EXPECT_FALSE(found.rate);
}

TEST(ExecutiveEngagement, RefusesAttendanceOfMoreThanAll) {
    EngagementPortfolio all;
    EXPECT_FALSE(all.add(3, 2));
    EXPECT_TRUE(all.add(0, 0));
    EXPECT_FALSE(all.pooled());
    EXPECT_EQ(attendance(0, 0)->attendance.reason, Reason::no_data);
    EXPECT_FALSE(attendance(-1, 0));
}

TEST(Breadth, OfOneBusyContactIsHardlyMoreThanOne) {
    const Breadth found = breadth({{"ann", 9}, {"bob", 1.4}}, {{"ann", Level::executive}});
    EXPECT_EQ(found.size(), 2);
    EXPECT_LT(found.effective, 1.4);
    EXPECT_TRUE(found.single_threaded);
    EXPECT_EQ(found.levels.list(), std::vector{Level::executive}) << "bob's level is not known";
}

TEST(Breadth, KeepsAMeetingForExactlyAHalfLife) {
    const std::vector<Interaction> meeting{{"ann", Channel::meeting, kDayOfPeople - days(90)}};
    EXPECT_EQ(breadth(contact_weights(meeting, kDayOfPeople), {}).size(), 1);
    EXPECT_EQ(breadth(contact_weights(meeting, kDayOfPeople + days(1)), {}).size(), 0);
    EXPECT_TRUE(contact_weights(meeting, kDayOfPeople - days(91)).empty());
    EXPECT_FALSE(breadth_index({}, 0));
    EXPECT_EQ(*breadth_index({}, 3), 0);
}

AccountMap four_contacts() {
    AccountMap map;
    map.links = {
        {"uma", "ann", 2}, {"uma", "bob", 1.5}, {"vic", "cid", 1.5}, {"vic", "dee", 1}, {"vic", "eve", 0.4}};
    map.levels = {{"ann", Level::executive},
                  {"bob", Level::managerial},
                  {"cid", Level::executive},
                  {"dee", Level::operational}};
    return map;
}

TEST(ChampionDeparture, LeavesContactsThatMeanNothingOffTheMap) {
    const Departure found = **champion_departure(four_contacts());
    EXPECT_EQ(found.leaver, "ann");
    EXPECT_EQ(found.contacts_left, 3) << "eve is a stranger";
    EXPECT_DOUBLE_EQ(*found.retained_share, 4.0 / 6);
    EXPECT_EQ(found.verdict, Verdict::holds);
}

TEST(ChampionDeparture, StrainsWithOneFactForEachWeakness) {
    AccountMap map = four_contacts();
    map.links = {{"uma", "ann", 3}, {"uma", "cid", 1}};
    const Departure found = **champion_departure(map);
    EXPECT_EQ(found.verdict, Verdict::strained);
    EXPECT_EQ(found.reasons,
              (std::vector{Weakness::fewer_than_two_levels, Weakness::strength_below_50pct,
                           Weakness::fewer_than_three_contacts, Weakness::single_path_before}));
}

TEST(ChampionDeparture, IsAskedForEveryContactGravestFirst) {
    const std::vector<Departure> all = *departures(four_contacts());
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all.front().leaver, "ann");
    EXPECT_FALSE(*departure_of(four_contacts(), "eve"));
    EXPECT_EQ(*ways_without_ours(four_contacts(), "uma"), 1);
    EXPECT_FALSE(*champion_departure({}));
    AccountMap wrong = four_contacts();
    wrong.links.push_back({"uma", "ann", -1});
    EXPECT_FALSE(champion_departure(wrong));
}

TEST(Graphs, HoldTogetherWhereNothingIsAnArticulation) {
    Graph ring(4);
    for (std::size_t at = 0; at < 4; ++at) ASSERT_TRUE(ring.connect(at, (at + 1) % 4));
    EXPECT_TRUE(articulation(ring).points.empty());
    EXPECT_EQ(articulation(ring).components, 1U);
    EXPECT_EQ(vertex_connectivity(ring), 2);
    EXPECT_EQ(*separate_ways(ring, 0, 2), 2);
    EXPECT_EQ(*separate_ways(ring, 0, 2, 1), 1);
    EXPECT_EQ(*separate_ways(ring, 0, 1), 2) << "the edge and the way around";
    EXPECT_FALSE(separate_ways(ring, 0, 0));
    EXPECT_FALSE(separate_ways(ring, 0, 2, 2));
    EXPECT_FALSE(ring.connect(0, 4));
}

TEST(Graphs, FallApartAtTheMiddleOfAStarAndInEachPartOfADividedOne) {
    Graph divided(7);
    for (const auto& [one, other] :
         {std::pair<std::size_t, std::size_t>{0, 1}, {0, 2}, {0, 3}, {4, 5}, {5, 6}})
        ASSERT_TRUE(divided.connect(one, other));
    EXPECT_EQ(articulation(divided).points, (std::vector<std::size_t>{0, 5}));
    EXPECT_EQ(articulation(divided).components, 5U);
    EXPECT_EQ(vertex_connectivity(divided), 0);
    EXPECT_EQ(vertex_connectivity(Graph(1)), 0);
}

TEST(Graphs, MayBeLongChains) {
    constexpr std::size_t kLong = 100'000;
    Graph chain(kLong);
    for (std::size_t at = 1; at < kLong; ++at) ASSERT_TRUE(chain.connect(at - 1, at));
    EXPECT_EQ(articulation(chain).points.size(), kLong - 2);
}

TEST(Segments, DoNotFlicker) {
    const PreviouslyHigh high{true, true, true}, low{true, true, false};
    EXPECT_EQ(segment({70, 70, 55}, high)->segment, Segment::co_creator);
    EXPECT_EQ(segment({70, 70, 54.9}, high)->segment, Segment::opportunity);
    EXPECT_EQ(segment({70, 70, 64.9}, low)->segment, Segment::opportunity);
    EXPECT_EQ(segment({70, 70, 65}, low)->segment, Segment::co_creator);
    EXPECT_EQ(segment({70, 70, 60})->segment, Segment::co_creator);
}

TEST(Segments, OfUnknownAccountsAreNotEdge) {
    EXPECT_EQ(segment({20, 20, {}})->segment, Segment::unclassified);
    EXPECT_FALSE(segment({20, 101, 20}));
    EXPECT_EQ(cadence_of(Segment::unclassified).executive_touch_days, 180);
    EXPECT_FALSE(cadence_of(Segment::edge).executive_touch_days);
}

TEST(RelationshipScore, BringsItsComponentsToOneScale) {
    EXPECT_EQ(*relationship_score({100, 100, 1, 100})->value, 100);
    EXPECT_EQ(*relationship_score({.nps = -100, .engagement = 0})->value, 0);
    EXPECT_EQ(relationship_score({.nps = 50})->reason, Reason::too_few_components);
    EXPECT_FALSE(relationship_score({.nps = 150, .engagement = 0}));
    EXPECT_FALSE(relationship_score({.trust = 50, .engagement = 1.5}));
}

TEST(Suppression, HidesWhatCouldBeSubtracted) {
    EXPECT_EQ(suppress({{"a", 4}, {"b", 30}})->hidden, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(suppress({{"a", 0}, {"b", 30}})->hidden.empty()) << "an empty group hides nobody";
    EXPECT_EQ(suppress({{"a", 2}, {"b", 3}, {"c", 9}})->hidden, (std::vector<std::string>{"a", "b"}));
    EXPECT_FALSE(suppress({{"a", 4}})->parent_visible);
    EXPECT_FALSE(suppress({{"a", -1}}));
    EXPECT_FALSE(may_filter(26, 30));
    EXPECT_TRUE(may_filter(25, 30));
    EXPECT_TRUE(may_filter(30, 30));
}

}  // namespace
}  // namespace candour::stats
