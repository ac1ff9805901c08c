/// Figures of the loop, from the ledger to what is told, on both databases.
#include "flow/metrics/tally_audit.hpp"

#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

class Tallied : public testing::TestWithParam<store::Dialect> {
 public:
    void pass(int days) { world.store.clock.advance(days * 24h); }
    bj::value figure(const std::string& metric, flow::FigureScope scope = {}) {
        return world.figure(metric, std::nullopt, std::move(scope));
    }
    bj::value as_of(const std::string& metric, core::Day day) { return world.figure(metric, day); }
    std::vector<flow::FigureRow> by(const std::string& metric, flow::By parts) {
        flow::FigureQuery query;
        query.metric = metric;
        query.by = parts;
        return world.ask(std::move(query)).rows;
    }
    const flow::MetricInfo info() const { return world.registry.metrics().front(); }
    std::vector<std::string> findings() {
        flow::TallyAuditor auditor(world.metrics, world.tallies, world.registry, world.day_of);
        std::vector<std::string> all;
        for (const flow::MetricFinding& one : must(world.store.run(auditor.audit(info()))).findings)
            all.push_back(one.what);
        return all;
    }
    /// An item of somebody at an account of their own, of a level.
    ItemId raise_for(const std::string& email, const std::string& account, core::Level level, int score = 9) {
        const core::Contact who = world.contact(email, account, level);
        return world.store.accept({store::contract::World::answer(who, "item of " + email, score)})
            .front()
            .item;
    }

    World world{GetParam(), {"loop_health"}};
};
INSTANTIATE_TEST_SUITE_P(Metrics, Tallied,
                         testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const testing::TestParamInfo<store::Dialect>& of) {
                             return of.param == store::Dialect::sqlite ? std::string("Sqlite")
                                                                       : std::string("Postgresql");
                         });

double number(const bj::value& figure, std::initializer_list<std::string_view> path) {
    return part(figure, path).to_number<double>();
}

TEST_P(Tallied, SayNotComputedBeforeTheFirstStepAndNoDataAfterIt) {
    EXPECT_EQ(part(figure("time_to_heard"), {"reason"}).as_string(), "not_computed");
    world.catch_up();
    EXPECT_EQ(part(figure("time_to_heard"), {"reason"}).as_string(), "no_data");
}

TEST_P(Tallied, FollowAnItemFromItsFirstWordToTheProofThatItWasSeen) {
    const ItemId id = world.store.raise();
    const core::Day raised = world.today();
    pass(2);
    world.store.hear(id);
    pass(3);
    world.store.decide(id);
    pass(4);
    world.store.change(id);
    world.store.tell(id);
    pass(1);
    core::Conversation call{"ada@example.org", world.store.clock.now(), "phone", "Thank you"};
    must(world.store.run(world.store.loop.record_conversation(world.store.on(id), call)));
    world.catch_up();
    EXPECT_EQ(number(figure("time_to_heard"), {"value"}), 2);
    EXPECT_EQ(number(figure("time_to_decided"), {"value"}), 5);
    EXPECT_EQ(number(figure("time_to_changed"), {"value"}), 9);
    EXPECT_EQ(number(figure("time_to_told"), {"value"}), 9);
    EXPECT_EQ(number(figure("time_to_closed"), {"value"}), 10);
    EXPECT_EQ(number(figure("visible_closure_rate"), {"parts", "seen_by", "recorded"}), 1);
    EXPECT_EQ(number(figure("promises_kept"), {"parts", "kept"}), 1);
    EXPECT_EQ(number(figure("sla_breach_rate"), {"n"}), 4);
    EXPECT_EQ(part(as_of("time_to_heard", raised + 1), {"reason"}).as_string(), "not_reached");
    EXPECT_EQ(number(as_of("silence_rate", raised + 1), {"n"}), 1) << "it was open then";
    EXPECT_EQ(part(as_of("time_to_heard", raised - 1), {"reason"}).as_string(), "no_data");
}

TEST_P(Tallied, GrowSilentAndLateWithoutAnythingWakingUp) {
    world.store.raise();
    world.catch_up();
    EXPECT_EQ(number(figure("silence_rate"), {"value"}), 0);
    EXPECT_EQ(part(figure("sla_breach_rate"), {"reason"}).as_string(), "no_data");
    pass(7);
    EXPECT_EQ(number(figure("silence_rate"), {"value"}), 1) << "a score of 3 has no fourteen days";
    EXPECT_EQ(number(figure("sla_breach_rate"), {"parts", "hear", "count"}), 1);
    EXPECT_EQ(number(as_of("silence_rate", world.today() - 1), {"value"}), 0);
}

TEST_P(Tallied, BelongToTheirAccountLevelSegmentAndOwner) {
    raise_for("ada@a.example", "A-1", core::Level::executive);
    raise_for("bob@b.example", "B-2", core::Level::operational);
    const ItemId owned = world.store.raise();  // Grace's
    pass(1);
    world.store.hear(owned);
    world.catch_up();
    const auto n = [&](flow::FigureScope scope) { return number(figure("time_to_heard", scope), {"n"}); };
    EXPECT_EQ(n({}), 3);
    EXPECT_EQ(n({.account = "B-2", .segment = "", .level = "", .owner = ""}), 1);
    EXPECT_EQ(n({.account = "", .segment = "reliable", .level = "", .owner = ""}), 3);
    EXPECT_EQ(n({.account = "", .segment = "reliable", .level = "executive", .owner = ""}), 1);
    EXPECT_EQ(n({.account = "", .segment = "", .level = "operational", .owner = ""}), 2);
    EXPECT_EQ(part(figure("time_to_heard", {.account = "", .segment = "edge", .level = "", .owner = ""}),
                   {"reason"})
                  .as_string(),
              "no_data");
    const std::vector<flow::FigureRow> owners = by("time_to_heard", flow::By::owner);
    ASSERT_EQ(owners.size(), 2U);
    EXPECT_EQ(owners[0].name, "nobody");
    EXPECT_EQ(owners[0].figure.n, 2);
    EXPECT_EQ(owners[1].name, "Grace");
    EXPECT_EQ(owners[1].figure.value, 1);
    EXPECT_EQ(n({.account = "", .segment = "", .level = "", .owner = owners[1].scope.owner}), 1);
    EXPECT_EQ(n({.account = "A-1", .segment = "", .level = "executive", .owner = ""}), 1);
    EXPECT_EQ(by("time_to_heard", flow::By::account).size(), 2U);
    EXPECT_EQ(by("time_to_heard", flow::By::level)[2].figure.n, 1);
    EXPECT_EQ(by("time_to_heard", flow::By::quarter).back().figure.n, 3);
}

TEST_P(Tallied, GoWithTheItemToItsNextOwner) {
    const ItemId id = world.store.raise();
    world.catch_up();
    const std::string grace = by("time_to_heard", flow::By::owner).front().scope.owner;
    world.store.execute(
        "INSERT INTO teammates (id, email, name, created_at) VALUES ('tea_ines', 'ines@h', 'Ines', 1)");
    must(world.store.run(world.store.loop.hand_on(world.store.on(id), "tea_ines", "")));
    world.catch_up();
    const std::vector<flow::FigureRow> owners = by("time_to_heard", flow::By::owner);
    ASSERT_EQ(owners.size(), 1U);
    EXPECT_EQ(owners.front().name, "Ines");
    EXPECT_NE(owners.front().scope.owner, grace);
    EXPECT_TRUE(findings().empty());
}

TEST_P(Tallied, KeepTheLevelThatTheContactHadWhenItWasRaised) {
    const core::Contact ada = world.contact("ada@a.example", "A-1", core::Level::executive);
    world.store.accept({store::contract::World::answer(ada, "k1", 9)});
    world.catch_up();
    pass(1);
    world.change(ada, "A-1", core::Level::operational);
    world.catch_up();
    EXPECT_EQ(by("time_to_heard", flow::By::level)[2].figure.n, 1);
    EXPECT_TRUE(findings().empty());
}

TEST_P(Tallied, CountPromisesThatStandAlone) {
    const core::Contact ada = world.store.customer();
    core::Commitment promise;
    promise.account = ada.account;
    promise.promise = "A visit";
    promise.source = core::PromisedIn::review;
    promise.due_at = world.store.clock.now() + 24h;
    const core::Act act{"tea_grace", world.store.clock.now()};
    must(world.store.run(world.store.promises.promise(promise, *core::make(promise, act, ""))));
    world.catch_up();
    EXPECT_EQ(number(figure("promises_kept"), {"parts", "open"}), 1);
    pass(40);
    EXPECT_EQ(number(figure("promises_kept"), {"parts", "broken"}), 1);
    EXPECT_TRUE(findings().empty());
}

TEST_P(Tallied, SayHowFarTheyKnow) {
    world.store.raise("k1");
    world.catch_up();
    world.store.raise("k2");
    flow::FigureQuery query;
    query.metric = "time_to_heard";
    const flow::FigureAnswer answer = world.ask(query);
    EXPECT_EQ(answer.lag, 1) << "a row of the ledger";
    EXPECT_EQ(answer.rows.front().figure.n, 1);
}

TEST_P(Tallied, AreNotAskedForOwnersWhereContactsAreCounted) {
    world.load(std::filesystem::path(PLUGINS) / "advocacy_rate");
    flow::FigureQuery query;
    query.metric = "advocacy_rate";
    query.by = flow::By::owner;
    const auto refused = world.store.run(world.figures.answer(query));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("counts contacts, which have no owner"), std::string::npos);
}

TEST_P(Tallied, AreFoundWrongAndMadeAgain) {
    const ItemId id = world.store.raise();
    pass(1);
    world.store.hear(id);
    world.catch_up();
    EXPECT_TRUE(findings().empty());
    world.store.execute("UPDATE metric_item_units SET movements = '19000 1 1'");
    EXPECT_EQ(findings().size(), 2U) << "the item, and the counters that it moves";
    world.store.execute("UPDATE metric_item_units SET movements = 'nonsense'");
    flow::TallyAuditor auditor(world.metrics, world.tallies, world.registry, world.day_of);
    EXPECT_EQ(world.store.run(auditor.audit(info())).error().code, ErrorCode::corrupt);
    must(world.store.run(world.metrics.restart(flow::tally_key_of(info()))));
    flow::MetricCursor fresh(
        {world.metrics, world.registry, world.store.clock, world.day_of, "rebuild", &world.tallies});
    must(world.store.run(fresh.catch_up()));
    EXPECT_TRUE(findings().empty());
    EXPECT_EQ(number(figure("time_to_heard"), {"value"}), 1);
    world.store.execute("UPDATE metric_tallies SET counts = '1 1' WHERE grain = 'month'");
    EXPECT_EQ(findings().size(), 1U);
}

TEST_P(Tallied, AreWrittenByOneHostAtATime) {
    world.store.raise("k1");
    const flow::Lease first{"host-a", world.store.clock.now() + 15s}, second{"host-b", first.until};
    const flow::MetricKey key = flow::tally_key_of(info());
    const flow::Cursor slow = must(world.store.run(world.metrics.take(key, first, world.store.clock.now())));
    world.store.clock.advance(16s);
    must(world.store.run(world.metrics.take(key, second, world.store.clock.now())));
    flow::TallyStep step;
    step.to = {1, 0};
    step.items.push_back({"itm_x", 1, {}, {{1, 1, 1}}});
    const auto refused = world.store.run(world.tallies.commit(slow, step));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(world.store.count("SELECT COUNT(*) FROM metric_item_units"), 0);
}

struct TallyFault {
    const char* plugin;
    const char* why;
};
void PrintTo(const TallyFault& fault, std::ostream* out) {
    *out << fault.plugin;
}
class FaultyTallies : public testing::TestWithParam<TallyFault> {};

TEST_P(FaultyTallies, AreSuspendedAndSayWhyWhileOthersGoOn) {
    World world{store::Dialect::sqlite, {"loop_health"}};
    world.load(std::filesystem::path(FIXTURES) / GetParam().plugin);
    const std::string metric = "of_" + std::string(GetParam().plugin);
    world.store.raise("k1");
    world.catch_up();
    const bj::value figure = world.figure(metric);
    EXPECT_TRUE(part(figure, {"value"}).is_null());
    EXPECT_EQ(part(figure, {"reason"}).as_string(), "suspended");
    const std::string why(part(figure, {"why"}).as_string());
    EXPECT_NE(why.find(GetParam().why), std::string::npos) << why;
    world.store.raise("k2");
    world.catch_up();
    EXPECT_EQ(part(world.figure("silence_rate"), {"n"}).to_number<int>(), 2);
    EXPECT_EQ(part(world.figure(metric), {"reason"}).as_string(), "suspended");
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FaultyTallies,
    testing::Values(TallyFault{"tallies_throws", "threw out of movements: boom"},
                    TallyFault{"tallies_hangs", "movements did not return within 300 ms"},
                    TallyFault{"tallies_refuses", "I do not like these items"},
                    TallyFault{"tallies_torn", "expected whole movements"},
                    TallyFault{"tallies_flood", "movements of one item, found"},
                    TallyFault{"tallies_many", "expected at most 4096 movements"},
                    TallyFault{"tallies_past", "expected one from"},
                    TallyFault{"tallies_future", "expected one from"},
                    TallyFault{"tallies_stranger", "expected the units in order"},
                    TallyFault{"tallies_negative", "expected 0 or more"},
                    TallyFault{"tallies_outside", "outside the manifest's range"}),
    [](const testing::TestParamInfo<TallyFault>& of) { return std::string(of.param.plugin); });

TEST(Tallies, OfTheSameShapeWithoutAFaultHaveAFigure) {
    World world{store::Dialect::sqlite, {}};
    world.load(std::filesystem::path(FIXTURES) / "tallies_plain");
    world.store.raise();
    world.catch_up();
    EXPECT_EQ(part(world.figure("of_tallies_plain"), {"value"}).to_number<double>(), 0.5);
}

TEST(Tallies, ThatAManifestCannotMeanAreRefused) {
    World world{store::Dialect::sqlite, {}};
    const auto why = [&](const char* plugin) {
        const auto loaded = world.store.run(world.registry.load(std::filesystem::path(FIXTURES) / plugin));
        return loaded ? std::string() : loaded.error().message;
    };
    EXPECT_NE(why("tallies_and_width").find("expected either a width or tallies"), std::string::npos);
    EXPECT_NE(why("tallies_unserved").find("lists the role metric, the library does not serve it"),
              std::string::npos);
    EXPECT_NE(why("metric_of_events").find("expected views of contacts as inputs"), std::string::npos);
}

}  // namespace
}  // namespace candour::metrics
