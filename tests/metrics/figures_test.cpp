/// What a figure says, from the first answer to the last, on both databases.
#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

class Measured : public testing::TestWithParam<store::Dialect> {
 protected:
    World world{GetParam()};
};
std::string named(const testing::TestParamInfo<store::Dialect>& info) {
    return info.param == store::Dialect::sqlite ? "Sqlite" : "Postgresql";
}
INSTANTIATE_TEST_SUITE_P(Metrics, Measured,
                         testing::Values(store::Dialect::sqlite, store::Dialect::postgresql), named);

TEST_P(Measured, SaysNoDataAndNeverZeroBeforeTheFirstAnswer) {
    world.contact("ada@a.example");
    world.catch_up();
    const bj::value figure = world.figure("relationship_nps");
    EXPECT_TRUE(part(figure, {"value"}).is_null());
    EXPECT_EQ(part(figure, {"reason"}).as_string(), "no_data");
    EXPECT_EQ(part(figure, {"n_eligible"}).to_number<int>(), 1);
}

TEST_P(Measured, SaysNotComputedBeforeTheFirstStep) {
    const bj::value figure = world.figure("relationship_nps");
    EXPECT_EQ(part(figure, {"reason"}).as_string(), "not_computed");
}

TEST_P(Measured, CountsTheLatestAnswerOfEachContactForAYear) {
    const core::Contact ada = world.contact("ada@a.example");
    const core::Day today = world.today();
    world.accept({world.answer(ada, 3, world.noon(today - 400), "k1"),
                  world.answer(ada, 10, world.noon(today - 100), "k2")});
    world.catch_up();
    EXPECT_EQ(part(world.figure("relationship_nps"), {"parts", "pooled", "value"}).to_number<double>(), 100);
    EXPECT_EQ(part(world.figure("relationship_nps", today - 101), {"value"}).to_number<double>(), -100);
    EXPECT_EQ(part(world.figure("relationship_nps", today - 401), {"reason"}).as_string(), "no_data");
    EXPECT_EQ(part(world.figure("relationship_nps", today - 400), {"value"}).to_number<double>(), -100);
}

TEST_P(Measured, ForgetsAnAnswerOnTheDayItIsAYearOldWithoutAnythingWakingUp) {
    const core::Contact ada = world.contact("ada@a.example");
    world.accept({world.answer(ada, 10, world.store.clock.now(), "k1")});
    world.catch_up();
    world.store.clock.advance(364 * 24h);
    EXPECT_EQ(part(world.figure("relationship_nps"), {"n"}).to_number<int>(), 1);
    world.store.clock.advance(24h);
    EXPECT_EQ(part(world.figure("relationship_nps"), {"reason"}).as_string(), "no_data");
}

TEST_P(Measured, GivesOneAccountOneVoiceInThePortfolio) {
    const core::Contact ada = world.contact("ada@a.example", "A-1");
    const core::Contact eve = world.contact("eve@a.example", "A-1");
    const core::Contact bob = world.contact("bob@b.example", "B-2");
    const core::Instant now = world.store.clock.now();
    world.accept({world.answer(ada, 10, now, "k1"), world.answer(eve, 10, now, "k2"),
                  world.answer(bob, 0, now, "k3")});
    world.catch_up();
    const bj::value figure = world.figure("relationship_nps");
    EXPECT_EQ(part(figure, {"headline"}).as_string(), "account_mean");
    EXPECT_EQ(part(figure, {"value"}).to_number<double>(), 0);
    EXPECT_NEAR(part(figure, {"parts", "pooled", "value"}).to_number<double>(), 100.0 / 3, 1e-9);
    EXPECT_EQ(part(figure, {"badges"}).as_array().front().as_string(), "small n");
}

TEST_P(Measured, BalancesTheLevelsOfOneAccountAndNamesTheMissingOnes) {
    const core::Contact ada = world.contact("ada@a.example", "A-1", core::Level::operational);
    const core::Contact eve = world.contact("eve@a.example", "A-1", core::Level::operational);
    const core::Contact zoe = world.contact("zoe@a.example", "A-1", core::Level::executive);
    const core::Instant now = world.store.clock.now();
    world.accept({world.answer(ada, 10, now, "k1"), world.answer(eve, 10, now, "k2"),
                  world.answer(zoe, 0, now, "k3")});
    world.catch_up();
    const bj::value figure = world.figure("relationship_nps", std::nullopt, {"A-1", "", "", ""});
    EXPECT_EQ(part(figure, {"headline"}).as_string(), "level_balanced");
    EXPECT_EQ(part(figure, {"value"}).to_number<double>(), 0);
    EXPECT_EQ(part(figure, {"parts", "level_balanced", "missing_levels"}).as_array().front().as_string(),
              "managerial");
}

TEST_P(Measured, TakesAnAnswerAlongToItsContactsNewLevel) {
    const core::Contact ada = world.contact("ada@a.example", "A-1", core::Level::operational);
    world.accept({world.answer(ada, 10, world.store.clock.now(), "k1")});
    world.catch_up();
    const core::Day before = world.today();
    world.store.clock.advance(10 * 24h);
    world.change(ada, "A-1", core::Level::executive);
    world.catch_up();
    EXPECT_EQ(
        part(world.figure("relationship_nps", before, {"", "", "operational", ""}), {"n"}).to_number<int>(),
        1);
    EXPECT_EQ(part(world.figure("relationship_nps", std::nullopt, {"", "", "operational", ""}), {"n"})
                  .to_number<int>(),
              0);
    EXPECT_EQ(part(world.figure("relationship_nps", std::nullopt, {"", "", "executive", ""}), {"n"})
                  .to_number<int>(),
              1);
}

TEST_P(Measured, LeavesOutWhoIsGoneFromTheDayTheyLeft) {
    const core::Contact ada = world.contact("ada@a.example");
    world.accept({world.answer(ada, 10, world.store.clock.now(), "k1")});
    world.catch_up();
    const core::Day before = world.today();
    world.store.clock.advance(24h);
    world.change(ada, "A-1", core::Level::operational, false);
    world.catch_up();
    EXPECT_EQ(part(world.figure("relationship_nps"), {"n_eligible"}).to_number<int>(), 0);
    EXPECT_EQ(part(world.figure("relationship_nps", before), {"n"}).to_number<int>(), 1);
}

TEST_P(Measured, TellsTheSameOfThePastAfterManyMonths) {
    const core::Contact ada = world.contact("ada@a.example");
    world.accept({world.answer(ada, 10, world.noon(world.today() - 200), "k1")});
    world.catch_up();
    const core::Day then = world.today() - 60;
    const bj::value before = world.figure("relationship_nps", then);
    for (int month = 0; month < 5; ++month) {
        world.store.clock.advance(31 * 24h);
        world.accept({world.answer(ada, month % 2 == 0 ? 0 : 9, world.store.clock.now(),
                                   "m" + std::to_string(month))});
        world.catch_up();
    }
    EXPECT_EQ(world.figure("relationship_nps", then), before);
}

TEST_P(Measured, HoldsAnAnswerThatIsDatedAheadUntilItIsDue) {
    const core::Contact ada = world.contact("ada@a.example");
    world.accept({world.answer(ada, 10, world.store.clock.now() + 6h, "k1"),
                  world.answer(ada, 0, world.store.clock.now() - 1h, "k2")});
    world.catch_up();
    EXPECT_EQ(part(world.figure("relationship_nps"), {"value"}).to_number<double>(), -100);
    world.store.clock.advance(6h);
    world.catch_up();
    EXPECT_EQ(part(world.figure("relationship_nps"), {"value"}).to_number<double>(), 100);
}

TEST_P(Measured, CountsFreshAnswersOfTwoQuartersApart) {
    const core::Contact ada = world.contact("ada@a.example");
    const core::Quarter quarter = core::quarter_of(world.today(), 1);
    world.accept({world.answer(ada, 0, world.noon(quarter.first - 40), "k1"),
                  world.answer(ada, 10, world.noon(quarter.first), "k2")});
    world.catch_up();
    const bj::value figure = world.figure("relationship_nps");
    EXPECT_EQ(part(figure, {"parts", "change", "this_quarter", "promoters"}).to_number<int>(), 1);
    EXPECT_EQ(part(figure, {"parts", "change", "this_quarter", "n"}).to_number<int>(), 1);
    EXPECT_EQ(part(figure, {"parts", "change", "quarter_before", "detractors"}).to_number<int>(), 1);
    EXPECT_FALSE(part(figure, {"parts", "change", "testable"}).as_bool());
}

TEST_P(Measured, SaysAsOfWhichObservationAndHowFarBehind) {
    const core::Contact ada = world.contact("ada@a.example");
    world.accept({world.answer(ada, 10, world.store.clock.now(), "k1")});
    world.catch_up();
    world.accept({world.answer(ada, 9, world.store.clock.now(), "k2"),
                  world.answer(ada, 8, world.store.clock.now(), "k3")});
    flow::FigureQuery query;
    query.metric = "relationship_nps";
    EXPECT_EQ(world.ask(query).lag, 2);
    world.catch_up();
    EXPECT_EQ(world.ask(query).lag, 0);
}

TEST_P(Measured, RefusesWhatItCannotAnswer) {
    world.contact("ada@a.example");
    world.catch_up();
    const auto refused = [&](flow::FigureQuery query) {
        query.metric = query.metric.empty() ? "relationship_nps" : query.metric;
        const Result<flow::FigureAnswer> answer = world.store.run(world.figures.answer(query));
        return answer ? std::string("answered") : answer.error().message;
    };
    flow::FigureQuery query;
    query.metric = "happiness";
    EXPECT_NE(refused(query).find("there are relationship_nps, advocacy_rate"), std::string::npos)
        << refused(query);
    query = {};
    query.as_of = world.today() + 1;
    EXPECT_NE(refused(query).find("expected a day up to"), std::string::npos);
    query = {};
    query.scope.segment = "vip";
    EXPECT_NE(refused(query).find("expected one of co_creator"), std::string::npos);
    query = {};
    query.scope.account = "nobody";
    EXPECT_NE(refused(query).find("there is no account"), std::string::npos);
}

TEST_P(Measured, ListsQuartersSegmentsLevelsAndAccounts) {
    const core::Contact ada = world.contact("ada@a.example", "A-1");
    world.contact("bob@b.example", "B-2");
    world.accept({world.answer(ada, 10, world.noon(world.today() - 100), "k1")});
    world.catch_up();
    flow::FigureQuery query;
    query.metric = "relationship_nps";
    query.by = flow::By::quarter;
    const flow::FigureAnswer quarters = world.ask(query);
    ASSERT_EQ(quarters.rows.size(), 8U);
    EXPECT_FALSE(quarters.rows.front().figure.value);
    EXPECT_TRUE(quarters.rows.back().figure.value);
    query.by = flow::By::segment;
    EXPECT_EQ(world.ask(query).rows.size(), 5U);
    query.by = flow::By::level;
    EXPECT_EQ(world.ask(query).rows.size(), 3U);
    query.by = flow::By::account;
    const flow::FigureAnswer accounts = world.ask(query);
    ASSERT_EQ(accounts.rows.size(), 2U);
    EXPECT_NE(accounts.rows[0].figure.value.has_value(), accounts.rows[1].figure.value.has_value());
}

TEST_P(Measured, KeepsThePortfolioInMemoryAsTheDatabaseHasIt) {
    const core::Contact ada = world.contact("ada@a.example", "A-1");
    const core::Contact bob = world.contact("bob@b.example", "B-2", core::Level::executive);
    const core::Day then = world.today() - 30;
    for (int i = 0; i < 6; ++i) {
        const core::Contact& who = i % 2 == 0 ? ada : bob;
        world.accept(
            {world.answer(who, i * 2, world.noon(world.today() - 60 + 10 * i), "k" + std::to_string(i))});
        world.catch_up();
        flow::Figures fresh(
            {world.metrics, world.registry, world.cursor, world.store.clock, world.day_of, 1});
        for (const core::Day day : {then, world.today()}) {
            flow::FigureQuery query;
            query.metric = "relationship_nps";
            query.as_of = day;
            const flow::FigureAnswer read = must(world.store.run(fresh.answer(query)));
            EXPECT_EQ(bj::parse(read.rows.front().figure.document), world.figure("relationship_nps", day))
                << i;
        }
        // The fresh one took the cursor's ear.
        world.cursor.watch([this](const auto& key, auto from, auto to, const auto& deltas) {
            world.figures.follow(key, from, to, deltas);
        });
    }
}

TEST_P(Measured, IsOneHostsWorkAtATime) {
    const core::Contact ada = world.contact("ada@a.example");
    world.catch_up();
    world.accept({world.answer(ada, 10, world.store.clock.now(), "k1")});
    flow::MetricCursor other({world.metrics, world.registry, world.store.clock, world.day_of, "host-b"});
    world.store.clock.advance(1min);
    must(world.store.run(other.catch_up()));
    world.accept({world.answer(ada, 0, world.store.clock.now(), "k2")});
    (void)world.store.run(world.cursor.catch_up());
    (void)world.store.run(other.catch_up());
    world.store.clock.advance(1min);
    (void)world.store.run(world.cursor.catch_up());
    const bj::value figure = world.figure("relationship_nps");
    EXPECT_EQ(part(figure, {"n"}).to_number<int>(), 1);
    EXPECT_EQ(part(figure, {"value"}).to_number<double>(), -100);
}

TEST_P(Measured, FollowsAdvocacyFromADeclarationToItsEnd) {
    const core::Contact ada = world.contact("ada@a.example");
    world.contact("bob@a.example");
    const core::Day today = world.today();
    world.accept({world.answer(ada, 5, world.noon(today - 10), "d1", "advocacy.declared")});
    world.catch_up();
    const bj::value figure = world.figure("advocacy_rate");
    EXPECT_EQ(part(figure, {"value"}).to_number<double>(), 0.5);
    EXPECT_EQ(part(figure, {"parts", "ceiling"}).to_number<double>(), 1);
    EXPECT_EQ(part(figure, {"coverage"}).to_number<double>(), 0.5);
    EXPECT_EQ(part(figure, {"headline"}).as_string(), "rate");
    EXPECT_EQ(part(world.figure("advocacy_rate", today - 11), {"headline"}).as_string(), "floor_to_ceiling");
    world.store.clock.advance(356 * 24h);
    EXPECT_EQ(part(world.figure("advocacy_rate"), {"value"}).to_number<double>(), 0);
}

TEST_P(Measured, CountsAnActUntilItHasFaded) {
    const core::Contact ada = world.contact("ada@a.example");
    core::Observation act = world.answer(ada, 0, world.store.clock.now(), "a1", "advocacy.act");
    act.score.reset();
    act.answers = R"({"type":"reference_call","verified":true,"incentivised":false})";
    world.accept({act});
    world.catch_up();
    EXPECT_EQ(part(world.figure("advocacy_rate"), {"parts", "observed", "count"}).to_number<int>(), 1);
    world.store.clock.advance(90 * 24h);
    EXPECT_EQ(part(world.figure("advocacy_rate"), {"parts", "observed", "count"}).to_number<int>(), 1);
    world.store.clock.advance(24h);
    EXPECT_EQ(part(world.figure("advocacy_rate"), {"parts", "observed", "count"}).to_number<int>(), 0);
}

}  // namespace
}  // namespace candour::metrics
