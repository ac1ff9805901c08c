/// The database goes away and comes back.
#include "candour_queries.hpp"
#include "edge/store/contract/world.hpp"
#include "support/postgres.hpp"

namespace candour::store::contract {
namespace {

class Outage : public testing::Test {
 protected:
    Result<core::Item> try_to_hear(const ItemId& one) {
        return world.run(world.loop.hear({{one, 0}, "tea_grace", 1}, "heard", false));
    }
    ErrorCode reading() {
        const auto listed = world.run(world.items.list({}));
        return listed ? ErrorCode{} : listed.error().code;
    }

    World world{Dialect::postgresql, 400ms};
    ItemId item = world.raise();
};

TEST_F(Outage, IsUnavailableWhileTheServerIsDeadAndOverOnceItIsBack) {
    support::Postgres::server().kill();
    for (int i = 0; i < 2; ++i) {
        const Result<core::Item> heard = try_to_hear(item);
        ASSERT_FALSE(heard);
        EXPECT_EQ(heard.error().code, ErrorCode::unavailable) << heard.error().message;
        EXPECT_EQ(reading(), ErrorCode::unavailable);
    }
    support::Postgres::server().start();
    const Result<core::Item> heard = try_to_hear(item);
    EXPECT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(world.run(world.items.list({}))->items.size(), 1U);
    EXPECT_TRUE(world.verify().findings.empty());
}

TEST_F(Outage, IsNoticedWhenTheServerWasRestartedBetweenTwoCalls) {
    support::Postgres::server().stop();
    support::Postgres::server().start();
    const Result<core::Item> first = try_to_hear(item);
    EXPECT_TRUE(first || first.error().code == ErrorCode::unavailable) << first.error().message;
    EXPECT_TRUE(first || try_to_hear(item)) << "the second call has a new connection";
    (void)reading();
    (void)reading();
    EXPECT_EQ(reading(), ErrorCode{});
}

TEST_F(Outage, OfAFrozenServerGivesUnavailableInsteadOfHanging) {
    support::Postgres::server().freeze();
    const Result<core::Item> heard = try_to_hear(item);
    ASSERT_FALSE(heard);
    EXPECT_EQ(heard.error().code, ErrorCode::unavailable) << heard.error().message;
    support::Postgres::server().thaw();
    const Result<core::Item> again = try_to_hear(item);
    EXPECT_TRUE(again) << again.error().message;
}

TEST_F(Outage, InTheMiddleOfAGroupFailsAllOfItAndKeepsNothing) {
    std::promise<void> written, killed;
    std::function<Done(Session&)> work = [&written, gone = killed.get_future().share()](Session& session) {
        session.execute(
            "INSERT INTO suppressions (address, reason, message_id, at) VALUES ('eve@example.org', '', '', "
            "0)");
        written.set_value();
        gone.wait();
        session.execute(
            "INSERT INTO suppressions (address, reason, message_id, at) VALUES ('ada@example.org', '', '', "
            "0)");
        return done();
    };
    Done outcome;
    bool answered = false;
    boost::asio::co_spawn(world.io, world.database.write<Nothing>(std::move(work)),
                          [&](std::exception_ptr, Done result) {
                              outcome = std::move(result);
                              answered = true;
                          });
    world.io.restart();
    world.io.poll();
    written.get_future().wait();
    support::Postgres::server().kill();
    killed.set_value();
    ASSERT_TRUE(support::eventually(world.io, [&] { return answered; }));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::unavailable) << outcome.error().message;
    support::Postgres::server().start();
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM suppressions"), 0);
}

TEST_F(Outage, IsNotWhatLongWorkOfManyStatementsIsTakenFor) {
    World patient{Dialect::postgresql, 1s};
    const auto until = std::chrono::steady_clock::now() + 2200ms;
    const Done worked = patient.run(patient.database.write<Nothing>([until](Session& session) {
        while (std::chrono::steady_clock::now() < until) {
            std::string state;
            long long items = 0;
            Call call = session.call(sql::loop::count_items);
            call.into(state).into(items);
            call.next();
        }
        return done();
    }));
    EXPECT_TRUE(worked) << worked.error().message;
}

}  // namespace
}  // namespace candour::store::contract
