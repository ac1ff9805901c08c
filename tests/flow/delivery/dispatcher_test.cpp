#include "flow/delivery/dispatcher.hpp"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <deque>

#include "edge/store/contract/world.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;
using core::MessageState;
using store::contract::World;

/// Hands nothing to anybody: says what it was told to say, and keeps what it was given.
class ScriptedDeliverer final : public Deliverer {
 public:
    Task<Outcome> deliver(Outgoing message, PointOfNoReturn before) override {
        sent.push_back(message);
        Outcome outcome = script.empty() ? Outcome{Fate::handed_over, 250, "", "ok"} : script.front();
        if (!script.empty()) script.pop_front();
        if (outcome.fate == Fate::handed_over || outcome.fate == Fate::unknown) {
            auto asking = before();
            Done may = co_await std::move(asking);
            if (!may) outcome = {Fate::deferred, 0, "", may.error().message};
        }
        co_return outcome;
    }

    std::deque<Outcome> script;
    std::vector<Outgoing> sent;
};

class FailingComposer final : public Composer {
 public:
    Task<Result<Composed>> compose(DueMessage message) override {
        Result<Composed> words = fails ? Result<Composed>(Error{ErrorCode::internal, "no template"})
                                       : Result<Composed>(Composed{"sender@house.example", "What came of it",
                                                                   "for " + message.contact_name});
        co_return words;
    }

    bool fails = false;
};

class Dispatching : public testing::Test {
 protected:
    Dispatching() { dispatcher.serve("mail", deliverer); }
    /// The item is changed, its closing message is due, and nothing else is.
    void SetUp() override {
        world.bring_to_changed(item);
        world.deliver();
        telling = world.run(world.loop.tell(world.on(item)))->telling;
        world.clock.advance(30s);
    }
    int look() { return world.run(dispatcher.deliver_due()).value_or(-1); }
    MessageRow row() {
        const auto rows = *world.run(world.outbox.of_item(item));
        for (const MessageRow& one : rows)
            if (one.id == telling) return one;
        return {};
    }

    World world{store::Dialect::sqlite};
    ScriptedDeliverer deliverer;
    FailingComposer composer;
    Dispatcher dispatcher{world.outbox, composer, world.clock, "host-a"};
    ItemId item = world.raise();
    MessageId telling;
};

TEST_F(Dispatching, TellsTheCustomerOnceTheMessageIsHandedOver) {
    EXPECT_EQ(look(), 1);
    ASSERT_EQ(deliverer.sent.size(), 1U);
    EXPECT_EQ(deliverer.sent.front().id, telling);
    EXPECT_EQ(deliverer.sent.front().sender, "sender@house.example");
    EXPECT_EQ(deliverer.sent.front().recipient, "ada@example.org");
    EXPECT_EQ(deliverer.sent.front().content, "for ada");
    EXPECT_EQ(world.item(item).state, core::State::told);
    EXPECT_EQ(row().state, MessageState::handed_over);
    EXPECT_EQ(world.run(world.outbox.copies(telling.text(), 1))->front().content, "for ada");
    EXPECT_EQ(look(), 0);
}

TEST_F(Dispatching, TriesADeferredMessageAgainByTheRuleAndNotAMomentEarlier) {
    deliverer.script.assign(4, Outcome{Fate::deferred, 451, "4.3.0", "later"});
    for (const std::chrono::minutes wait : {5min, 15min, 60min, 240min}) {
        EXPECT_EQ(look(), 1);
        EXPECT_EQ(row().state, MessageState::queued);
        EXPECT_EQ(world.item(item).telling, telling) << "it is still under way";
        world.clock.advance(wait - 1s);
        EXPECT_EQ(look(), 0) << "before " << wait.count() << " minutes";
        world.clock.advance(1s);
    }
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(world.item(item).state, core::State::told);
    EXPECT_EQ(deliverer.sent.back().attempt, 5);
    EXPECT_EQ(world.run(world.outbox.copies("", 10))->size(), 2U)
        << "what never left is not kept as said: the acknowledgement and this one";
}

TEST_F(Dispatching, GivesUpAfterTwoDaysAndFreesTheItem) {
    deliverer.script.assign(100, Outcome{Fate::deferred, 451, "", "later"});
    int tries = 0;
    for (int hours = 0; hours < 60; ++hours, world.clock.advance(1h)) tries += look();
    EXPECT_EQ(row().state, MessageState::given_up);
    EXPECT_TRUE(world.item(item).telling.empty());
    EXPECT_EQ(world.item(item).state, core::State::changed);
    EXPECT_GT(tries, 10);
    EXPECT_LT(tries, 20);
}

TEST_F(Dispatching, TakesTheItemBackWhenTheRecipientIsRejected) {
    deliverer.script.push_back({Fate::rejected, 550, "5.1.1", "no such mailbox"});
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(world.item(item).state, core::State::changed);
    EXPECT_EQ(world.events(item).back(), "undeliverable");
    EXPECT_EQ(row().state, MessageState::rejected);
    world.clock.advance(24h);
    EXPECT_EQ(look(), 0);
}

TEST_F(Dispatching, NeverTriesAnAddressThatIsSuppressed) {
    deliverer.script.push_back({Fate::rejected, 550, "5.1.1", "no such mailbox"});
    look();
    telling = world.run(world.loop.tell(world.on(item)))->telling;
    world.clock.advance(30s);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(deliverer.sent.size(), 1U);
    EXPECT_EQ(row().state, MessageState::suppressed);
    EXPECT_TRUE(world.item(item).telling.empty());
}

TEST_F(Dispatching, ResendsALostMessageOnceUnderTheSameIdAndThenGivesUp) {
    deliverer.script.assign(3, Outcome{Fate::unknown, 0, "", "the connection was lost"});
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(row().state, MessageState::unknown);
    world.clock.advance(5min - 1s);
    EXPECT_EQ(look(), 0);
    world.clock.advance(1s);
    EXPECT_EQ(look(), 1);
    ASSERT_EQ(deliverer.sent.size(), 2U);
    EXPECT_EQ(deliverer.sent[0].id, deliverer.sent[1].id);
    EXPECT_EQ(row().state, MessageState::given_up);
    EXPECT_TRUE(world.item(item).telling.empty()) << "somebody must tell them another way";
    world.clock.advance(100h);
    EXPECT_EQ(look(), 0);
}

TEST_F(Dispatching, ClosesTheQuestionWhenTheResendIsHandedOver) {
    deliverer.script.push_back({Fate::unknown, 0, "", "the connection was lost"});
    look();
    world.clock.advance(5min);
    look();
    EXPECT_EQ(world.item(item).state, core::State::told);
}

TEST_F(Dispatching, DoesNotSendAThirdTimeWhatTwoHostsLost) {
    for (const char* host : {"dead-1", "dead-2"}) {
        for (const DueMessage& due : world.claim(host))
            ASSERT_TRUE(world.run(world.outbox.mark_transmitting(due.id, host, world.clock.now() + 12min)));
        world.clock.advance(12min);
    }
    EXPECT_EQ(look(), 1);
    EXPECT_TRUE(deliverer.sent.empty());
    EXPECT_EQ(row().state, MessageState::given_up);
    EXPECT_TRUE(world.item(item).telling.empty());
}

TEST_F(Dispatching, DefersWhatCannotBeWrittenOrHasNobodyToCarryIt) {
    composer.fails = true;
    EXPECT_EQ(look(), 1);
    EXPECT_TRUE(deliverer.sent.empty());
    EXPECT_EQ(row().state, MessageState::queued);
    EXPECT_NE(row().last_detail.find("no template"), std::string::npos);
    composer.fails = false;
    Dispatcher without(world.outbox, composer, world.clock, "host-a");
    world.clock.advance(5min);
    EXPECT_EQ(*world.run(without.deliver_due()), 1);
    EXPECT_NE(row().last_detail.find("nothing delivers the channel \"mail\""), std::string::npos);
    world.clock.advance(15min);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(world.item(item).state, core::State::told);
}

/// Loses its lease to another host while it talks to the server.
class SlowDeliverer final : public Deliverer {
 public:
    explicit SlowDeliverer(World& world) : world_(world) {}
    Task<Outcome> deliver(Outgoing message, PointOfNoReturn before) override {
        world_.clock.advance(3min);
        auto claiming = world_.outbox.claim("host-b", world_.clock.now(), world_.clock.now() + 2min, 8);
        auto claimed = co_await std::move(claiming);
        auto marking = world_.outbox.mark_transmitting(message.id, "host-b", world_.clock.now() + 12min);
        Done marked = co_await std::move(marking);
        auto asking = before();
        Done may = co_await std::move(asking);
        asked = may;
        Outcome outcome{may ? Fate::handed_over : Fate::deferred, 0, "", "too slow"};
        co_return outcome;
    }

    Done asked;

 private:
    World& world_;
};

TEST_F(Dispatching, LeavesAMessageToTheHostThatTookItOver) {
    SlowDeliverer slow(world);
    dispatcher.serve("mail", slow);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(slow.asked.error().code, ErrorCode::conflict);
    EXPECT_EQ(row().state, MessageState::transmitting) << "the other host is sending it at this moment";
}

/// Has every message handed over, and says so when it is told to.
class GatedDeliverer final : public Deliverer {
 public:
    Task<Outcome> deliver(Outgoing, PointOfNoReturn before) override {
        auto asking = before();
        Done may = co_await std::move(asking);
        const Executor executor = co_await asio::this_coro::executor;
        const auto gate = std::make_shared<Gate>(executor, Gate::time_point::max());
        held.push_back(gate);
        boost::system::error_code opened;
        auto token = asio::redirect_error(use_task, opened);
        co_await gate->async_wait(token);
        Outcome outcome{may ? Fate::handed_over : Fate::deferred, 250, "", "ok"};
        co_return outcome;
    }
    void let_go(std::size_t count) {
        for (; count > 0 && !held.empty(); --count, held.pop_front()) held.front()->cancel();
    }

    using Gate = asio::basic_waitable_timer<std::chrono::steady_clock,
                                            asio::wait_traits<std::chrono::steady_clock>, Executor>;
    std::deque<std::shared_ptr<Gate>> held;
};

TEST_F(Dispatching, WritesReceiptsWhileMoreIsOnItsWayAndTheLastOnesBeforeItEnds) {
    ASSERT_EQ(look(), 1);
    constexpr int kMails = 100;
    for (int mail = 0; mail < kMails; ++mail) {
        PluginMailRequest request;
        request.plugin = "surveys";
        request.key = std::to_string(mail);
        request.contact = world.item(item).contact;
        request.document = "{}";
        ASSERT_TRUE(world.run(world.outbox.send(std::move(request))));
    }
    GatedDeliverer gate;
    dispatcher.serve("mail", gate);
    const auto written = [&] {
        return world.count("SELECT COUNT(1) FROM messages WHERE kind = 'plugin' AND state = 'handed_over'");
    };
    asio::co_spawn(world.io, dispatcher.run(), asio::detached);
    ASSERT_TRUE(support::eventually(world.io, [&] { return gate.held.size() == kMails; }));
    gate.let_go(5);
    EXPECT_TRUE(support::eventually(world.io, [&] { return written() == 5; }))
        << "few receipts do not wait for company for long";
    gate.let_go(40);
    EXPECT_TRUE(support::eventually(world.io, [&] { return written() == 45; }));
    gate.let_go(kMails);
    world.run(dispatcher.end(support::kPatience));
    EXPECT_EQ(written(), kMails);
}

}  // namespace
}  // namespace candour::flow
