#include "edge/store/migrate.hpp"

#include <set>

#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

constexpr core::Instant kNow = support::ManualClock::kStart;

class Migrations : public testing::TestWithParam<Dialect> {
 protected:
    void execute(const std::string& sql) const { Session(target).execute(sql); }

    support::TempDir directory{"migrations"};
    Target target = empty_database(GetParam(), directory);
};
INSTANTIATE_TEST_SUITE_P(Store, Migrations, both(), named);

TEST_P(Migrations, MakeTheSchemaOnceAndFindNothingToDoTheSecondTime) {
    const Result<Migrated> first = migrate(target, kNow);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(
        first->applied,
        (std::vector<std::string>{
            "1 spine",          "2 inbound_mail", "3 measuring",     "4 campaigns",       "5 loop",
            "6 access",         "7 tallies",      "8 team_messages", "9 same_since",      "10 dead_letters",
            "11 services",      "12 packages",    "13 sweeps",       "14 sign_in",        "15 waves",
            "16 wishes",        "17 imports",     "18 webhooks",     "19 settings",       "20 boards",
            "21 wanted_events", "22 sights",      "23 progress",     "24 shared_letters", "25 desk"}));
    const Result<Migrated> second = migrate(target, kNow);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_TRUE(second->applied.empty());
    EXPECT_EQ(second->number, first->number);
    EXPECT_TRUE(check_schema(target));
}

TEST_P(Migrations, AreAskedForWhenTheyAreMissing) {
    const Done checked = check_schema(target);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::invalid);
    EXPECT_NE(checked.error().message.find("candour migrate"), std::string::npos) << checked.error().message;
}

TEST_P(Migrations, RefuseADatabaseOfANewerProgram) {
    ASSERT_TRUE(migrate(target, kNow));
    execute(
        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (9000, 'later', 'x', 0)");
    for (const Error& error : {migrate(target, kNow).error(), check_schema(target).error()}) {
        EXPECT_EQ(error.code, ErrorCode::conflict);
        EXPECT_NE(error.message.find("9000"), std::string::npos) << error.message;
    }
}

TEST_P(Migrations, AreMissedByAHostThatRunsWhenANewerProgramMadeThem) {
    World world(GetParam());
    EXPECT_TRUE(world.run(schema_still_fits(world.database)));
    world.execute(
        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (9000, 'later', 'x', 0)");
    const Done moved = world.run(schema_still_fits(world.database));
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().code, ErrorCode::conflict);
    EXPECT_NE(moved.error().message.find("use the newer program"), std::string::npos)
        << moved.error().message;
}

TEST_P(Migrations, RefuseAMigrationThatWasChangedAfterItRan) {
    ASSERT_TRUE(migrate(target, kNow));
    execute("UPDATE schema_migrations SET checksum = 'another' WHERE number = 1");
    for (const Error& error : {migrate(target, kNow).error(), check_schema(target).error()}) {
        EXPECT_EQ(error.code, ErrorCode::conflict);
        EXPECT_NE(error.message.find("changed after it was applied"), std::string::npos) << error.message;
    }
}

TEST_P(Migrations, RunOnceWhenManyHostsStartTogether) {
    std::vector<std::future<Result<Migrated>>> hosts;
    for (int i = 0; i < 6; ++i)
        hosts.push_back(std::async(std::launch::async, [this] { return migrate(target, kNow); }));
    std::multiset<std::string> applied;
    for (std::future<Result<Migrated>>& host : hosts) {
        const Result<Migrated> migrated = host.get();
        ASSERT_TRUE(migrated) << migrated.error().message;
        applied.insert(migrated->applied.begin(), migrated->applied.end());
    }
    EXPECT_EQ(applied.size(), std::set<std::string>(applied.begin(), applied.end()).size()) << "each once";
    EXPECT_TRUE(check_schema(target)) << "and all of them";
}

TEST_P(Migrations, LeaveNothingBehindWhenOneFails) {
    execute("CREATE TABLE plugin_timers (in_the_way BIGINT)");
    const Result<Migrated> migrated = migrate(target, kNow);
    ASSERT_FALSE(migrated);
    execute("DROP TABLE plugin_timers");
    const Result<Migrated> again = migrate(target, kNow);
    EXPECT_TRUE(again) << again.error().message;
}

TEST(MigrationsOfNowhere, SayUnavailableWhenTheDatabaseCannotBeReached) {
    const Target nowhere = *Target::parse("postgresql://candour@127.0.0.1:1/none");
    const Result<Migrated> migrated = migrate(nowhere, kNow);
    ASSERT_FALSE(migrated);
    EXPECT_EQ(migrated.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace candour::store::contract
