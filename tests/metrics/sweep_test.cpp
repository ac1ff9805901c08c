/// A metric with much to catch up goes over all contacts once, and comes to the same sums.
#include "flow/metrics/audit.hpp"
#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

constexpr int kSweptPeople = 130;  // more than the first step of a sweep takes
constexpr std::int64_t kAlways = 0, kNever = 1'000'000;

class Sweep : public testing::TestWithParam<store::Dialect> {
 protected:
    Sweep() : world(GetParam()) {
        core::AccountRow house;
        house.account.ref = house.account.name = "A-1";
        std::vector<core::ContactRow> rows;
        for (int i = 0; i < kSweptPeople; ++i) {
            core::ContactRow row;
            row.account_ref = "A-1";
            row.contact.name = row.contact.email = "p" + std::to_string(i) + "@a.example";
            row.contact.level = static_cast<core::Level>(i % 3);
            row.known_since = core::date_text(world.today() - 800);
            rows.push_back(row);
        }
        must(world.store.run(
            world.store.relationships.import_accounts({house}, {}, world.store.clock.now(), false)));
        must(world.store.run(
            world.store.relationships.import_contacts(rows, {}, world.store.clock.now(), false)));
        people = must(world.store.run(world.store.relationships.contacts()));
    }
    /// Everybody answers twice.
    void answer(const std::string& round, int days_ago) {
        std::vector<core::Observation> facts;
        for (std::size_t i = 0; i < people.size(); ++i)
            for (const int later : {0, 40})
                facts.push_back(world.answer(people[i],
                                             static_cast<int>(i + static_cast<std::size_t>(later)) % 11,
                                             world.noon(world.today() - days_ago + later),
                                             round + std::to_string(later) + "-" + std::to_string(i)));
        world.accept(std::move(facts));
    }
    /// Steps of one metric.
    int count(flow::MetricCursor& cursor, const std::string& metric) {
        int steps = 0;
        cursor.watch([&](const flow::MetricKey& key, flow::Position, flow::Position, const core::Deltas&) {
            steps += key.metric == metric ? 1 : 0;
        });
        must(world.store.run(cursor.catch_up()));
        return steps;
    }
    flow::CursorNeeds needs(std::int64_t sweep_beyond) {
        return {world.metrics, world.registry, world.store.clock, world.day_of,
                "host-a",      nullptr,        sweep_beyond};
    }
    core::Deltas sums() {
        for (const flow::MetricInfo& info : world.registry.metrics())
            if (info.id == "relationship_nps")
                return must(
                    world.store.run(world.metrics.deltas_of(flow::key_of(info), world.account_id("A-1"))));
        return {};
    }
    void start_over() {
        for (const flow::MetricInfo& info : world.registry.metrics())
            must(world.store.run(world.metrics.restart(flow::key_of(info))));
    }
    std::size_t findings() {
        std::size_t all = 0;
        flow::MetricAuditor auditor(world.metrics, world.registry, world.store.clock);
        for (const flow::MetricInfo& info : world.registry.metrics())
            all += must(world.store.run(auditor.audit(info))).findings.size();
        return all;
    }

    World world;
    std::vector<core::Contact> people;
};
INSTANTIATE_TEST_SUITE_P(Metrics, Sweep, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const testing::TestParamInfo<store::Dialect>& of) {
                             return of.param == store::Dialect::sqlite ? std::string("Sqlite")
                                                                       : std::string("Postgresql");
                         });

TEST_P(Sweep, ComesToTheSameSumsAsFollowing) {
    answer("first", 400);
    flow::MetricCursor following(needs(kNever));
    must(world.store.run(following.catch_up()));
    const core::Deltas followed = sums();
    ASSERT_FALSE(followed.empty());
    const bj::value figure = world.figure("relationship_nps", world.today() - 100);

    start_over();
    flow::MetricCursor sweeping(needs(kAlways));
    EXPECT_EQ(count(sweeping, "relationship_nps"), 2);
    EXPECT_EQ(sums(), followed);
    EXPECT_EQ(world.figure("relationship_nps", world.today() - 100), figure);
    EXPECT_EQ(findings(), 0U);

    answer("second", 60);
    flow::MetricCursor going_on(needs(kNever));
    must(world.store.run(going_on.catch_up()));
    EXPECT_NE(sums(), followed);
    EXPECT_EQ(findings(), 0U) << "following goes on where the sweep ended";
}

TEST_P(Sweep, GoesOnWhereItStoppedAndCountsWhatCameMeanwhileAfterwards) {
    answer("first", 400);
    flow::MetricCursor dying(needs(kAlways));
    dying.watch([](const auto&...) { throw std::runtime_error("the host dies"); });
    EXPECT_THROW(must(world.store.run(dying.catch_up())), std::runtime_error);
    answer("second", 60);

    flow::MetricCursor next(needs(kNever));
    EXPECT_GE(count(next, "relationship_nps"), 2) << "the rest of the sweep, then what came meanwhile";
    EXPECT_EQ(findings(), 0U);
    const core::Deltas resumed = sums();
    start_over();
    flow::MetricCursor fresh(needs(kNever));
    must(world.store.run(fresh.catch_up()));
    EXPECT_EQ(sums(), resumed);
}

TEST_P(Sweep, IsNotMadeForLessThanThereAreContacts) {
    world.accept({world.answer(people[0], 9, world.noon(world.today() - 3), "one")});
    flow::MetricCursor sweeping(needs(kAlways));
    EXPECT_EQ(count(sweeping, "relationship_nps"), 1);
    EXPECT_EQ(findings(), 0U);
}

TEST_P(Sweep, UnderWayIsNothingToCompareWith) {
    answer("first", 400);
    flow::MetricCursor dying(needs(kAlways));
    dying.watch([](const auto&...) { throw std::runtime_error("the host dies"); });
    EXPECT_THROW(must(world.store.run(dying.catch_up())), std::runtime_error);
    flow::MetricAuditor auditor(world.metrics, world.registry, world.store.clock);
    for (const flow::MetricInfo& info : world.registry.metrics())
        if (info.id == "relationship_nps") {
            const auto audited = world.store.run(auditor.audit(info));
            ASSERT_FALSE(audited);
            EXPECT_EQ(audited.error().code, ErrorCode::conflict);
        }
}

}  // namespace
}  // namespace candour::metrics
