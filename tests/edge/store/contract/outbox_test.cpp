#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

using core::MessageState;
using flow::Fate;

class OutboxStore : public Contract {
 protected:
    /// The item is changed and its closing message is due; nothing else is.
    void SetUp() override {
        world.bring_to_changed(item);
        world.deliver();
        telling = world.run(world.loop.tell(world.on(item)))->telling;
        world.clock.advance(30s);
    }
    flow::MessageRow row(const MessageId& id) {
        const auto rows = *world.run(world.outbox.of_item(item));
        for (const flow::MessageRow& one : rows)
            if (one.id == id) return one;
        ADD_FAILURE() << "no such message";
        return {};
    }
    Done record(flow::Receipt receipt) { return world.run(world.outbox.record(std::move(receipt))); }
    Done transmit(const MessageId& id, const std::string& host = "host-a") {
        return world.run(world.outbox.mark_transmitting(id, host, world.clock.now() + 12min));
    }

    ItemId item = world.raise();
    MessageId telling;
};
INSTANTIATE_TEST_SUITE_P(Store, OutboxStore, both(), named);

TEST_P(OutboxStore, GivesADueMessageToOneHostOnly) {
    const auto mine = world.claim("host-a");
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine.front().id, telling);
    EXPECT_EQ(mine.front().address, "ada@example.org");
    EXPECT_EQ(mine.front().kind, core::MessageKind::closing);
    EXPECT_EQ(mine.front().attempts, 1);
    EXPECT_FALSE(mine.front().suppressed);
    EXPECT_TRUE(world.claim("host-b").empty());
}

TEST_P(OutboxStore, HoldsNothingBeforeItsTime) {
    world.deliver();
    const ItemId other = world.raise("other");
    world.bring_to_changed(other);
    world.deliver();
    const auto asked = world.run(world.loop.tell(world.on(other)));
    world.clock.advance(29s);
    EXPECT_TRUE(world.claim().empty());
    world.clock.advance(1s);
    EXPECT_EQ(world.claim().front().id, asked->telling);
}

TEST_P(OutboxStore, GivesAMessageBackWhenTheLeaseOfItsHostRanOut) {
    world.claim("host-a");
    world.clock.advance(2min);
    const auto again = world.claim("host-b");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again.front().attempts, 2);
    EXPECT_EQ(again.front().unknowns, 0) << "it never passed the point of no return";
}

TEST_P(OutboxStore, RefusesTheFinalDotToAHostThatLostItsLease) {
    world.claim("host-a");
    world.clock.advance(2min);
    world.claim("host-b");
    const Done late = transmit(telling, "host-a");
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::conflict);
    EXPECT_TRUE(transmit(telling, "host-b"));
}

TEST_P(OutboxStore, IgnoresTheVerdictOfAHostThatLostItsLease) {
    flow::Receipt late = world.receipt(world.claim("host-a").front(), Fate::deferred, MessageState::queued);
    late.host = "host-a";
    world.clock.advance(2min);
    world.claim("host-b");
    ASSERT_TRUE(transmit(telling, "host-b"));
    ASSERT_TRUE(record(late));
    EXPECT_EQ(row(telling).state, MessageState::transmitting) << "it would be sent twice otherwise";
    EXPECT_EQ(row(telling).last_fate, "deferred") << "that it was tried stays on record";
}

TEST_P(OutboxStore, BelievesAHostThatHandedOverAfterItLostItsLease) {
    flow::Receipt late =
        world.receipt(world.claim("host-a").front(), Fate::handed_over, MessageState::handed_over);
    late.host = "host-a";
    world.clock.advance(2min);
    world.claim("host-b");
    ASSERT_TRUE(record(late));
    EXPECT_EQ(world.item(item).state, core::State::told);
    EXPECT_FALSE(transmit(telling, "host-b")) << "and nobody sends it again";
}

TEST_P(OutboxStore, TreatsAHostThatDiedAfterTheFinalDotAsUnknownAndResendsOnce) {
    world.claim("host-a");
    ASSERT_TRUE(transmit(telling));
    world.clock.advance(11min);
    EXPECT_TRUE(world.claim("host-b").empty()) << "a server may take ten minutes to answer";
    world.clock.advance(1min);
    const auto resend = world.claim("host-b");
    ASSERT_EQ(resend.size(), 1U);
    EXPECT_EQ(resend.front().id, telling) << "the same Message-ID";
    EXPECT_EQ(resend.front().unknowns, 1);
    ASSERT_TRUE(transmit(telling, "host-b"));
    world.clock.advance(12min);
    EXPECT_EQ(world.claim("host-c").front().unknowns, 2) << "the dispatcher gives up from here on";
}

TEST_P(OutboxStore, MovesTheItemWhenItsMessageIsHandedOver) {
    world.hand_over(world.claim().front());
    EXPECT_EQ(world.item(item).state, core::State::told);
    EXPECT_EQ(world.item(item).told_at, world.clock.now());
    EXPECT_EQ(row(telling).state, MessageState::handed_over);
    EXPECT_EQ(row(telling).last_code, 250);
    const auto copies = *world.run(world.outbox.copies(telling.text(), 5));
    ASSERT_EQ(copies.size(), 1U);
    EXPECT_EQ(copies.front().content, "the words");
    EXPECT_EQ(copies.front().recipient, "ada@example.org");
    EXPECT_TRUE(world.claim().empty());
}

TEST_P(OutboxStore, QueuesADeferredMessageUntilItsTimeAndLeavesTheItem) {
    flow::Receipt later = world.receipt(world.claim().front(), Fate::deferred, MessageState::queued);
    later.not_before = world.clock.now() + 5min;
    later.outcome.code = 451;
    ASSERT_TRUE(record(later));
    EXPECT_EQ(world.item(item).telling, telling);
    world.clock.advance(5min - 1s);
    EXPECT_TRUE(world.claim().empty());
    world.clock.advance(1s);
    EXPECT_EQ(world.claim().front().attempts, 2);
}

TEST_P(OutboxStore, FreesTheItemAndSuppressesTheAddressWhenItIsRejectedForGood) {
    flow::Receipt rejected = world.receipt(world.claim().front(), Fate::rejected, MessageState::rejected);
    rejected.outcome = {Fate::rejected, 550, "5.1.1", "no such mailbox"};
    ASSERT_TRUE(record(rejected));
    EXPECT_EQ(world.item(item).state, core::State::changed);
    EXPECT_TRUE(world.item(item).telling.empty());
    EXPECT_EQ(world.events(item).back(), "undeliverable");
    ASSERT_TRUE(world.run(world.loop.tell(world.on(item))));
    world.clock.advance(30s);
    EXPECT_TRUE(world.claim().front().suppressed);
}

TEST_P(OutboxStore, DoesNotSuppressAnAddressForAPolicyRefusal) {
    flow::Receipt refused = world.receipt(world.claim().front(), Fate::rejected, MessageState::rejected);
    refused.outcome = {Fate::rejected, 550, "5.7.1", "not from you"};
    ASSERT_TRUE(record(refused));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM suppressions"), 0);
    EXPECT_TRUE(world.item(item).telling.empty());
}

TEST_P(OutboxStore, FreesTheItemWhenItGivesUp) {
    ASSERT_TRUE(record(world.receipt(world.claim().front(), Fate::deferred, MessageState::given_up)));
    EXPECT_TRUE(world.item(item).telling.empty());
    EXPECT_EQ(world.item(item).state, core::State::changed);
    EXPECT_TRUE(world.claim().empty());
}

TEST_P(OutboxStore, KeepsOneBounceOfTwoAndSuppressesTheDeadAddress) {
    world.hand_over(world.claim().front());
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(world.run(world.outbox.bounced(telling, "5.1.1", "no such mailbox")));
    EXPECT_EQ(world.item(item).state, core::State::changed);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM receipts WHERE fate = 'bounced'"), 1);
    EXPECT_EQ(world.ask("SELECT address FROM suppressions"), "ada@example.org");
    EXPECT_EQ(row(telling).handed_over_at, world.clock.now())
        << "that it had been handed over stays on record";
}

TEST_P(OutboxStore, RefusesABounceOfWhatWasNeverSent) {
    const Done early = world.run(world.outbox.bounced(telling, "5.1.1", ""));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::conflict);
    EXPECT_EQ(world.run(world.outbox.bounced(MessageId(IdBytes{7}), "5.1.1", "")).error().code,
              ErrorCode::not_found);
}

TEST_P(OutboxStore, WritesTheReceiptAndTheStepTogetherOrNeither) {
    const flow::DueMessage due = world.claim().front();
    world.execute(
        "CREATE TRIGGER poison BEFORE INSERT ON ledger WHEN NEW.event = 'told' BEGIN SELECT RAISE(ABORT, "
        "'poisoned'); END",
        "ALTER TABLE ledger ADD CONSTRAINT poison CHECK (event <> 'told')");
    EXPECT_FALSE(record(world.receipt(due, Fate::handed_over, MessageState::handed_over)));
    EXPECT_EQ(row(telling).state, MessageState::claimed);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM receipts WHERE message_id = '" + telling.text() + "'"), 0);
}

TEST_P(OutboxStore, SharesTheWorkOfTwoHostsWithoutGivingOneMessageTwice) {
    for (int i = 0; i < 20; ++i) world.raise("more " + std::to_string(i));
    Database other_database(world.io, world.target);
    Outbox other(other_database, world.clock);
    std::vector<std::string> claimed;
    int answers = 0;
    const auto keep = [&](std::exception_ptr, Result<std::vector<flow::DueMessage>> due) {
        ++answers;
        EXPECT_TRUE(due) << due.error().message;
        for (const flow::DueMessage& one : due.value_or({})) claimed.push_back(one.id.text());
    };
    for (int i = 0; i < 6; ++i) {
        Outbox& host = i % 2 == 0 ? world.outbox : other;
        boost::asio::co_spawn(
            world.io, host.claim("host-" + std::to_string(i), world.clock.now(), world.clock.now() + 2min, 4),
            keep);
    }
    ASSERT_TRUE(support::eventually(world.io, [&] { return answers == 6; }));
    EXPECT_EQ(std::set<std::string>(claimed.begin(), claimed.end()).size(), claimed.size());
    EXPECT_GE(claimed.size(), 20U);
}

TEST_P(OutboxStore, KeepsAPluginsMailUnderItsKeyOnce) {
    const core::Contact ada = world.customer();
    const flow::PluginMailRequest request{"surveys", "invite-1", ada.id, R"({"subject":"Hello"})"};
    const auto first = world.run(world.outbox.send(request));
    const auto again = world.run(world.outbox.send(request));
    ASSERT_TRUE(first && again);
    EXPECT_EQ(*first, *again);
    EXPECT_EQ(world.run(world.outbox.send({"surveys", "x", ContactId(IdBytes{3}), "{}"})).error().code,
              ErrorCode::not_found);
    EXPECT_EQ(world.run(world.outbox.send({"surveys", "y", world.customer("").id, "{}"})).error().code,
              ErrorCode::invalid);
}

}  // namespace
}  // namespace candour::store::contract
