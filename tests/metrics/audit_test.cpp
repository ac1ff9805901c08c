/// `candour rebuild --check` sees what does not fit any more, and rebuilding mends it.
#include "flow/metrics/audit.hpp"

#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

class Audited : public testing::TestWithParam<store::Dialect> {
 protected:
    void SetUp() override {
        const core::Contact ada = world.contact("ada@a.example");
        world.accept({world.answer(ada, 10, world.noon(world.today() - 100), "k1"),
                      world.answer(ada, 2, world.noon(world.today() - 5), "k2")});
        world.catch_up();
    }
    std::vector<flow::MetricFinding> findings() {
        std::vector<flow::MetricFinding> all;
        flow::MetricAuditor auditor(world.metrics, world.registry, world.store.clock);
        for (const flow::MetricInfo& info : world.registry.metrics())
            for (const flow::MetricFinding& finding : must(world.store.run(auditor.audit(info))).findings)
                all.push_back(finding);
        return all;
    }
    World world{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Metrics, Audited,
                         testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const testing::TestParamInfo<store::Dialect>& of) {
                             return of.param == store::Dialect::sqlite ? std::string("Sqlite")
                                                                       : std::string("Postgresql");
                         });

TEST_P(Audited, FindsNothingWhereNothingIsWrong) {
    EXPECT_TRUE(findings().empty());
}

TEST_P(Audited, FindsATimelineThatWasChanged) {
    world.store.execute("UPDATE metric_units SET timeline = '' WHERE metric = 'relationship_nps'");
    ASSERT_EQ(findings().size(), 1U);
    EXPECT_NE(findings().front().what.find("is not what its rows say"), std::string::npos);
}

TEST_P(Audited, FindsASumThatWasChanged) {
    world.store.execute("UPDATE metric_deltas SET s2 = s2 + 1 WHERE metric = 'relationship_nps'");
    EXPECT_FALSE(findings().empty());
}

TEST_P(Audited, FindsASnapshotThatWasChanged) {
    world.store.execute("UPDATE metric_snapshots SET s0 = s0 + 1 WHERE metric = 'advocacy_rate'");
    ASSERT_EQ(findings().size(), 1U);
    EXPECT_EQ(findings().front().metric, "advocacy_rate");
}

TEST_P(Audited, IsContentAgainAfterARebuild) {
    world.store.execute("UPDATE metric_deltas SET s2 = s2 + 1");
    for (const flow::MetricInfo& info : world.registry.metrics())
        must(world.store.run(world.metrics.restart(flow::key_of(info))));
    flow::MetricCursor fresh({world.metrics, world.registry, world.store.clock, world.day_of, "rebuild"});
    must(world.store.run(fresh.catch_up()));
    EXPECT_TRUE(findings().empty());
}

}  // namespace
}  // namespace candour::metrics
