#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

using std::chrono::days;

class CommitmentsContract : public Contract {
 protected:
    CommitmentsContract() {
        wanted.account = world.customer().account;
        wanted.promise = "Two training days";
        wanted.source = core::PromisedIn::sales;
        wanted.owner = "tea_grace";
        wanted.due_at = world.clock.now() + days{10};
    }
    core::Commitment promise() {
        const auto made = world.run(world.promises.promise(
            wanted, *core::make(wanted, {"tea_grace", world.clock.now()}, "in the kick-off")));
        EXPECT_TRUE(made) << made.error().message;
        return made.value_or({});
    }
    std::vector<flow::CommitmentView> list(const flow::CommitmentQuery& query = {}) {
        return *world.run(world.promises.commitments(query, world.clock.now()));
    }

    core::Commitment wanted;
};
INSTANTIATE_TEST_SUITE_P(Store, CommitmentsContract, both(), named);

TEST_P(CommitmentsContract, StandAloneBesideThoseOfItems) {
    const core::Commitment lone = promise();
    const ItemId item = world.raise();
    world.hear(item);
    world.decide(item);
    ASSERT_EQ(list().size(), 2U);
    flow::CommitmentQuery query;
    query.source = "sales";
    ASSERT_EQ(list(query).size(), 1U);
    EXPECT_EQ(list(query).front().subject, lone.id.text());
    EXPECT_EQ(list(query).front().account, "Analytical Engines");
    query.source = "loop";
    EXPECT_EQ(list(query).front().subject, item.text());
    query = {};
    query.standing = "kept";
    EXPECT_TRUE(list(query).empty());
    query.standing = "open";
    query.limit = 1;
    const auto first = list(query);
    query.after_due = first.front().due_at;
    query.after_subject = first.front().subject;
    query.after_round = first.front().round;
    ASSERT_EQ(list(query).size(), 1U);
    EXPECT_NE(list(query).front().subject, first.front().subject) << "the next page";
}

TEST_P(CommitmentsContract, AreKeptLateOrBrokenOnTheirOwnLedger) {
    const core::Commitment one = promise();
    world.clock.advance(days{10} + 1s);
    const flow::Settle keep = [&](const core::Commitment& open) {
        return core::keep(open, {"tea_grace", world.clock.now()}, "");
    };
    const auto late = world.run(world.promises.settle({one.id, 0}, keep));
    ASSERT_TRUE(late) << late.error().message;
    EXPECT_EQ(late->standing, core::Standing::late);
    EXPECT_EQ(world.run(world.promises.settle({one.id, 0}, keep)).error().code, ErrorCode::conflict);
    EXPECT_EQ(world.run(world.promises.settle({{}, 99}, keep)).error().code, ErrorCode::not_found);
    EXPECT_EQ(world.ask("SELECT event FROM ledger WHERE n = 2"), "promise_kept");
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(CommitmentsContract, StandAsBrokenAfterThirtyDays) {
    promise();
    world.clock.advance(days{40});
    EXPECT_EQ(list().front().standing, "open");
    world.clock.advance(1s);
    EXPECT_EQ(list().front().standing, "broken");
    flow::CommitmentQuery query;
    query.standing = "broken";
    EXPECT_EQ(list(query).size(), 1U);
}

TEST_P(CommitmentsContract, AreMadeToSomebodyWhoIsThere) {
    wanted.contact = ContactId(IdBytes{9});
    EXPECT_EQ(
        world.run(world.promises.promise(wanted, *core::make(wanted, {"tea_grace", world.clock.now()}, "")))
            .error()
            .code,
        ErrorCode::not_found);
    wanted.contact = {};
    wanted.account = AccountId(IdBytes{9});
    EXPECT_EQ(
        world.run(world.promises.promise(wanted, *core::make(wanted, {"tea_grace", world.clock.now()}, "")))
            .error()
            .code,
        ErrorCode::not_found);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger"), 0) << "nothing of it stays";
}

TEST_P(CommitmentsContract, AreFoundAgainFromTheirOwnLedgers) {
    const core::Commitment one = promise();
    world.execute("UPDATE lone_commitments SET standing = 'kept', due_at = 1");
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U);
    EXPECT_EQ(list().front().due_at, one.due_at);
    world.execute("DELETE FROM lone_commitments");
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U);
    EXPECT_EQ(list().front().promise, "Two training days");
}

}  // namespace
}  // namespace candour::store::contract
