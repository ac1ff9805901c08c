#include "edge/store/contract/world.hpp"
#include "flow/evidence/loop_page.hpp"

namespace candour::store::contract {
namespace {

using core::State;

class LoopStore : public Contract {
 protected:
    flow::Link link_to(const ItemId& one) {
        const Result<MessageId> page = world.run(world.links.page_of(one));
        return *world.run(world.links.find(*page));
    }
    Result<core::Item> press(const ItemId& one, flow::Press button, const std::string& text = "") {
        return world.run(pages.press(link_to(one), button, text));
    }
    core::MessageState state_of(const MessageId& message, const ItemId& one) {
        const auto rows = *world.run(world.outbox.of_item(one));
        for (const flow::MessageRow& row : rows)
            if (row.id == message) return row.state;
        return core::MessageState::link;
    }
    core::Conversation by_phone() {
        return {"Ada", world.clock.now() - 1h, "phone", "Thank you, that helps"};
    }
    std::string standing(const ItemId& one) {
        return world.ask("SELECT standing FROM commitments WHERE item_id = '" + one.text() +
                         "' AND round = 1");
    }

    flow::LoopPages pages{world.links, world.items, world.clock, world.policies};
    ItemId item = world.raise();
};
INSTANTIATE_TEST_SUITE_P(Store, LoopStore, both(), named);

TEST_P(LoopStore, GoesAllTheWayRoundToVisiblyClosed) {
    world.hear(item);
    EXPECT_EQ(world.item(item).state, State::heard);
    world.decide(item);
    EXPECT_EQ(world.item(item).state, State::decided);
    EXPECT_EQ(standing(item), "open");
    world.change(item);
    EXPECT_EQ(world.item(item).state, State::changed);
    EXPECT_EQ(standing(item), "kept");
    world.tell(item);
    EXPECT_EQ(world.item(item).state, State::told);
    EXPECT_EQ(world.item(item).evidence, core::Strength::handed_over);
    ASSERT_TRUE(press(item, flow::Press::seen));
    EXPECT_EQ(world.item(item).state, State::visibly_closed);
    EXPECT_EQ(world.item(item).evidence_source, "page");
    EXPECT_EQ(world.events(item),
              (std::vector<std::string>{"raised", "heard", "decided_will_change", "changed", "tell_requested",
                                        "told", "seen", "visibly_closed"}));
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(LoopStore, TellsARefusalWithItsReasonAndReopensWhenTheCustomerDisagrees) {
    world.hear(item);
    world.decide(item, false);
    world.tell(item);
    ASSERT_EQ(world.item(item).state, State::told);
    ASSERT_TRUE(press(item, flow::Press::not_yet, "That does not help me"));
    const core::Item after = world.item(item);
    EXPECT_EQ(after.state, State::raised);
    EXPECT_EQ(after.round, 2);
    EXPECT_EQ(after.evidence, core::Strength::none);
    world.bring_to_changed(item);
    world.tell(item);
    ASSERT_TRUE(press(item, flow::Press::confirmed));
    EXPECT_EQ(world.item(item).state, State::visibly_closed);
    EXPECT_EQ(world.item(item).round, 2);
}

TEST_P(LoopStore, ShowsAHistoryWithNamesRoundsAndWords) {
    world.hear(item);
    const auto history = world.run(world.items.history(item));
    ASSERT_EQ(history->size(), 2U);
    EXPECT_EQ(history->at(0).actor_name, "ada");
    EXPECT_EQ(history->at(1).event.content.at("text"), "You wait too long for an answer");
    EXPECT_EQ(history->at(1).n, 2);
    EXPECT_FALSE(history->at(1).erased);
}

TEST_P(LoopStore, TakesAClosingMessageBackWithinTheUndoWindow) {
    world.bring_to_changed(item);
    const auto asked = world.run(world.loop.tell(world.on(item)));
    ASSERT_TRUE(asked) << asked.error().message;
    world.clock.advance(29s);
    const auto claimed = world.claim();
    EXPECT_TRUE(std::none_of(claimed.begin(), claimed.end(), [&](const auto& one) {
        return one.id == asked->telling;
    })) << "it waits for the undo window";
    ASSERT_TRUE(world.run(world.loop.cancel_tell(world.on(item))));
    EXPECT_EQ(state_of(asked->telling, item), core::MessageState::cancelled);
    EXPECT_TRUE(world.item(item).telling.empty());
    world.tell(item);
    EXPECT_EQ(world.item(item).state, State::told);
}

TEST_P(LoopStore, RefusesToTakeBackWhatIsOnItsWay) {
    world.bring_to_changed(item);
    ASSERT_TRUE(world.run(world.loop.tell(world.on(item))));
    world.clock.advance(31s);
    world.claim();
    const int version = world.item(item).version;
    const auto cancelled = world.run(world.loop.cancel_tell(world.on(item)));
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::conflict);
    EXPECT_EQ(world.item(item).version, version) << "a refused step leaves nothing behind";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger"), version);
}

TEST_P(LoopStore, RefusesToTellSomebodyWithoutAnAddressButLetsATeammateDoIt) {
    const core::Contact charles = world.customer("");
    const ItemId his = world.accept({World::answer(charles, "his")}).front().item;
    world.bring_to_changed(his);
    const auto told = world.run(world.loop.tell(world.on(his)));
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().code, ErrorCode::invalid);
    EXPECT_NE(told.error().message.find("no e-mail address"), std::string::npos);
    ASSERT_TRUE(world.run(world.loop.tell_in_person(world.on(his), by_phone())));
    EXPECT_EQ(world.item(his).state, State::visibly_closed);
    EXPECT_EQ(world.item(his).evidence_source, "recorded");
}

TEST_P(LoopStore, TakesTheItemBackWhenTheClosingMessageBounces) {
    world.bring_to_changed(item);
    const MessageId telling = world.run(world.loop.tell(world.on(item)))->telling;
    world.deliver();
    ASSERT_TRUE(world.run(world.outbox.bounced(telling, "5.2.2", "mailbox full")));
    EXPECT_EQ(world.item(item).state, State::changed);
    EXPECT_EQ(world.item(item).evidence, core::Strength::none);
    const int version = world.item(item).version;
    ASSERT_TRUE(world.run(world.outbox.bounced(telling, "5.2.2", "mailbox full")));
    EXPECT_EQ(world.item(item).version, version) << "the same bounce twice is one";
    world.tell(item);
    EXPECT_EQ(world.item(item).state, State::told) << "5.2.2 says nothing about the address";
}

TEST_P(LoopStore, FreesAnItemWhoseUndecidedClosingMessageComesBack) {
    world.bring_to_changed(item);
    ASSERT_TRUE(world.run(world.loop.tell(world.on(item))));
    world.clock.advance(31s);
    for (const flow::DueMessage& due : world.claim()) {
        flow::Receipt lost = world.receipt(due, flow::Fate::unknown, core::MessageState::unknown);
        lost.not_before = world.clock.now() + 5min;
        ASSERT_TRUE(world.run(world.outbox.record(lost)));
    }
    const MessageId telling = world.item(item).telling;
    ASSERT_TRUE(world.run(world.outbox.bounced(telling, "5.1.1", "no such mailbox")));
    EXPECT_EQ(world.item(item).state, State::changed);
    EXPECT_TRUE(world.item(item).telling.empty()) << "nothing is under way any more";
    EXPECT_TRUE(world.run(world.loop.tell_in_person(world.on(item), by_phone())));
}

TEST_P(LoopStore, RepeatsAToldMessageAndForgetsTheRepetitionOnceItIsSeen) {
    world.bring_to_changed(item);
    world.tell(item);
    const auto again = world.run(world.loop.tell(world.on(item)));
    ASSERT_TRUE(again) << again.error().message;
    ASSERT_TRUE(press(item, flow::Press::seen));
    EXPECT_EQ(world.item(item).state, State::visibly_closed);
    EXPECT_EQ(state_of(again->telling, item), core::MessageState::cancelled)
        << "nobody is told what they have seen";
    const auto reopened = world.run(world.loop.reopen(world.on(item), "It broke again"));
    EXPECT_TRUE(reopened) << reopened.error().message;
}

TEST_P(LoopStore, SurvivesARepetitionThatIsHandedOverAfterTheCustomerSawTheFirst) {
    world.bring_to_changed(item);
    world.tell(item);
    ASSERT_TRUE(world.run(world.loop.tell(world.on(item))));
    world.clock.advance(31s);
    const auto claimed = world.claim();
    ASSERT_EQ(claimed.size(), 1U);
    ASSERT_TRUE(press(item, flow::Press::seen));
    ASSERT_TRUE(
        world.run(world.outbox.mark_transmitting(claimed.front().id, "host-a", world.clock.now() + 12min)));
    const Done recorded = world.run(world.outbox.record(
        world.receipt(claimed.front(), flow::Fate::handed_over, core::MessageState::handed_over)));
    EXPECT_TRUE(recorded) << recorded.error().message;
    EXPECT_EQ(world.item(item).state, State::visibly_closed);
}

TEST_P(LoopStore, AsksForStrongerProofWhereThePolicyDoes) {
    world.policies->segments[static_cast<std::size_t>(core::Segment::reliable)].evidence = {
        core::Strength::confirmed, false};
    world.bring_to_changed(item);
    world.tell(item);
    ASSERT_TRUE(press(item, flow::Press::seen));
    EXPECT_EQ(world.item(item).state, State::told);
    ASSERT_TRUE(world.run(world.loop.record_conversation(world.on(item), by_phone())));
    EXPECT_EQ(world.item(item).state, State::told);
    ASSERT_TRUE(press(item, flow::Press::confirmed));
    EXPECT_EQ(world.item(item).state, State::visibly_closed);
}

TEST_P(LoopStore, SettlesACommitmentLateOrBroken) {
    world.hear(item);
    world.decide(item);
    world.clock.advance(241h);
    world.change(item);
    EXPECT_EQ(standing(item), "late");
    const ItemId other = world.raise("other");
    world.hear(other);
    world.decide(other);
    ASSERT_TRUE(world.run(world.loop.abandon(world.on(other), "The customer left")));
    EXPECT_EQ(standing(other), "broken");
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(LoopStore, MailsWhatWasHeardWhenAsked) {
    ASSERT_TRUE(world.run(world.loop.hear(world.on(item), "You wait too long", true)));
    const auto rows = *world.run(world.outbox.of_item(item));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                            [](const flow::MessageRow& row) { return row.kind == core::MessageKind::heard; }),
              1);
}

TEST_P(LoopStore, RefusesAStepThatDoesNotFollowAndAStaleVersion) {
    const auto early = world.run(world.loop.change(world.on(item), "Done", ""));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::conflict);
    flow::Command stale = world.on(item);
    world.hear(item);
    const auto late = world.run(world.loop.dismiss(stale, core::Dismissal::spam, ""));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::conflict);
    EXPECT_NE(late.error().message.find("expected version 1, found 2"), std::string::npos)
        << late.error().message;
    EXPECT_EQ(world.run(world.loop.hear({{ItemId(IdBytes{9}), 0}, "tea_x", 1}, "text", false)).error().code,
              ErrorCode::not_found);
}

TEST_P(LoopStore, LetsExactlyOneOfTwoCommandsFromTheSameVersionWin) {
    const flow::Command seen = world.on(item);
    std::vector<flow::Task<Result<core::Item>>> tasks;
    tasks.push_back(world.loop.hear(seen, "One says this", true));
    tasks.push_back(world.loop.hear(seen, "Another says that", true));
    const auto outcomes = world.in_one_group(std::move(tasks));
    ASSERT_TRUE(outcomes[0]);
    ASSERT_FALSE(outcomes[1]);
    EXPECT_EQ(outcomes[1].error().code, ErrorCode::conflict);
    EXPECT_EQ(world.events(item), (std::vector<std::string>{"raised", "heard"}));
}

TEST_P(LoopStore, LetsExactlyOneOfTwoHostsWin) {
    Database other_database(world.io, world.target);
    Items other_items(other_database);
    flow::Loop other(other_items, world.clock, world.policies);
    for (int round = 0; round < 8; ++round) {
        const ItemId contested = world.raise("contested " + std::to_string(round));
        const flow::Command seen = world.on(contested);
        std::vector<Result<core::Item>> outcomes;
        const auto keep = [&](std::exception_ptr, Result<core::Item> outcome) {
            outcomes.push_back(std::move(outcome));
        };
        boost::asio::co_spawn(world.io, world.loop.hear(seen, "here", false), keep);
        boost::asio::co_spawn(world.io, other.dismiss(seen, core::Dismissal::spam, "there"), keep);
        ASSERT_TRUE(support::eventually(world.io, [&] { return outcomes.size() == 2; }));
        EXPECT_EQ(std::count_if(outcomes.begin(), outcomes.end(),
                                [](const auto& one) { return static_cast<bool>(one); }),
                  1);
        for (const Result<core::Item>& outcome : outcomes)
            EXPECT_TRUE(outcome || outcome.error().code == ErrorCode::conflict) << outcome.error().message;
        EXPECT_EQ(world.item(contested).version, 2);
    }
    EXPECT_TRUE(world.verify().findings.empty());
}

}  // namespace
}  // namespace candour::store::contract
