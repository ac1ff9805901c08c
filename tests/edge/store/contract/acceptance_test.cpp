#include "edge/store/contract/world.hpp"
#include "flow/ingest/by_hand.hpp"

namespace candour::store::contract {
namespace {

class Acceptance : public Contract {
 protected:
    using Outcome = Result<std::vector<flow::Accepted>>;

    std::vector<Outcome> together(std::vector<core::Observation> observations) {
        std::vector<flow::Task<Outcome>> tasks;
        for (core::Observation& one : observations) tasks.push_back(world.journal.accept({std::move(one)}));
        return world.in_one_group(std::move(tasks));
    }
    long long items() { return world.count("SELECT COUNT(1) FROM items"); }

    core::Contact ada = world.customer();
};
INSTANTIATE_TEST_SUITE_P(Store, Acceptance, both(), named);

TEST_P(Acceptance, RaisesAnItemWithEverythingItNeeds) {
    core::Observation observation = World::answer(ada, "k1", 3, "It takes too long");
    observation.contact_me = true;
    const flow::Accepted accepted = world.accept({observation}).front();
    ASSERT_FALSE(accepted.item.empty());
    const auto view = world.run(world.items.find({accepted.item, 0}));
    ASSERT_TRUE(view) << view.error().message;
    EXPECT_EQ(view->item.state, core::State::raised);
    EXPECT_EQ(view->item.version, 1);
    EXPECT_EQ(view->item.contact, ada.id);
    EXPECT_EQ(view->item.segment, "reliable");
    EXPECT_EQ(view->item.due,
              core::due_after(world.policies->of(core::Segment::reliable), world.clock.now()));
    EXPECT_EQ(view->verbatim, "It takes too long");
    EXPECT_EQ(view->score, 3);
    EXPECT_EQ(view->owner_name, "Grace");
    EXPECT_EQ(view->account_name, "Analytical Engines");
    EXPECT_EQ(world.run(world.items.find({{}, view->number}))->item.id, accepted.item);
}

TEST_P(Acceptance, PromisesAnAcknowledgementWhoseLinkIsThePage) {
    const ItemId item = world.raise();
    const auto messages = world.run(world.outbox.of_item(item));
    ASSERT_EQ(messages->size(), 1U);
    EXPECT_EQ(messages->front().kind, core::MessageKind::acknowledgement);
    EXPECT_EQ(messages->front().state, core::MessageState::queued);
    EXPECT_EQ(*world.run(world.links.page_of(item)), messages->front().id);
}

TEST_P(Acceptance, MakesThePageOfSomebodyWithoutAnAddressALinkThatIsNeverSent) {
    const core::Contact charles = world.customer("");
    const ItemId item = world.accept({World::answer(charles, "k1")}).front().item;
    EXPECT_EQ(world.run(world.outbox.of_item(item))->front().state, core::MessageState::link);
    EXPECT_TRUE(world.claim().empty());
}

TEST_P(Acceptance, GivesARepeatedKeyTheFirstResultAndCountsItOnce) {
    const flow::Accepted first = world.accept({World::answer(ada, "k1")}).front();
    const flow::Accepted again = world.accept({World::answer(ada, "k1", 9, "changed my mind")}).front();
    EXPECT_FALSE(first.repeated);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.seq, first.seq);
    EXPECT_EQ(again.item, first.item);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations"), 1);
    EXPECT_EQ(world.item(first.item).version, 1);
}

TEST_P(Acceptance, JoinsASecondAnswerToTheItemThatTheFirstRaised) {
    core::Observation second = World::answer(ada, "k2", 9, "");
    second.item_key = "k1";
    const ItemId item = world.raise("k1");
    EXPECT_EQ(world.accept({second}).front().item, item);
    EXPECT_EQ(items(), 1);
    EXPECT_EQ(world.events(item), (std::vector<std::string>{"raised", "answered_again"}));
}

TEST_P(Acceptance, LeavesAnonymousAutomaticAndHappySilentAnswersAsObservations) {
    core::Observation anonymous = World::answer({}, "anonymous");
    core::Observation bot = World::answer(ada, "bot");
    bot.answer_class = core::AnswerClass::likely_bot;
    core::Observation happy = World::answer(ada, "happy", 9, "");
    for (const flow::Accepted& accepted : world.accept({anonymous, bot, happy}))
        EXPECT_TRUE(accepted.item.empty());
    EXPECT_EQ(items(), 0);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations"), 3);
}

TEST_P(Acceptance, DoesNotLeadAnAnonymousRepeatToTheItemOfSomebodyElse) {
    core::Observation anonymous = World::answer({}, "guess");
    anonymous.item_key = "k1";
    world.raise("k1");
    EXPECT_TRUE(world.accept({anonymous}).front().item.empty());
    const flow::Accepted again = world.accept({anonymous}).front();
    EXPECT_TRUE(again.repeated);
    EXPECT_TRUE(again.item.empty());
}

TEST_P(Acceptance, RaisesOneItemFromManyAnswersInOneGroup) {
    std::vector<core::Observation> answers;
    for (int i = 0; i < 5; ++i) {
        answers.push_back(World::answer(ada, "k" + std::to_string(i)));
        answers.back().item_key = "the same";
    }
    std::set<std::string> raised;
    for (const Outcome& outcome : together(answers)) {
        ASSERT_TRUE(outcome) << outcome.error().message;
        raised.insert(outcome->front().item.text());
    }
    EXPECT_EQ(raised.size(), 1U);
    EXPECT_EQ(items(), 1);
    EXPECT_EQ(world.item(ItemId::trusted(*raised.begin())).version, 5);
}

TEST_P(Acceptance, GivesDuplicatesInsideOneGroupTheFirstResult) {
    const auto outcomes =
        together({World::answer(ada, "k1", 2, "first"), World::answer(ada, "k1", 8, "second")});
    ASSERT_TRUE(outcomes[0] && outcomes[1]);
    EXPECT_FALSE(outcomes[0]->front().repeated);
    EXPECT_TRUE(outcomes[1]->front().repeated);
    EXPECT_EQ(outcomes[1]->front().seq, outcomes[0]->front().seq);
    EXPECT_EQ(outcomes[1]->front().item, outcomes[0]->front().item);
    EXPECT_EQ(world.ask("SELECT score FROM observations"), "2");
}

TEST_P(Acceptance, NumbersObservationsOneAfterTheOtherEvenAfterRepeats) {
    world.accept({World::answer(ada, "a", 9, ""), World::answer(ada, "b", 9, "")});
    world.accept(
        {World::answer(ada, "a", 9, ""), World::answer(ada, "c", 9, ""), World::answer(ada, "d", 9, "")});
    world.accept({World::answer(ada, "e", 9, "")});
    EXPECT_EQ(world.count("SELECT COUNT(DISTINCT seq) FROM observations"), 5);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations o JOIN observation_keys k ON k.observation_seq "
                          "= o.seq AND k.source = o.source"),
              5);
    EXPECT_EQ(world.ask("SELECT key FROM observation_keys ORDER BY observation_seq DESC LIMIT 1"), "e");
}

TEST_P(Acceptance, CountsWhatItAcceptedAndNothingTwice) {
    core::Observation bot = World::answer(ada, "bot");
    bot.answer_class = core::AnswerClass::likely_bot;
    together({World::answer(ada, "a"), World::answer(ada, "a"), World::answer(ada, "b"), bot});
    world.accept({World::answer(ada, "b"), World::answer(ada, "c")});
    EXPECT_EQ(world.count("SELECT SUM(accepted) FROM observation_counts WHERE class = 'unverified'"), 3);
    EXPECT_EQ(world.count("SELECT SUM(accepted) FROM observation_counts WHERE class = 'likely_bot'"), 1);
    EXPECT_EQ(world.count("SELECT SUM(accepted) FROM observation_counts"),
              world.count("SELECT COUNT(1) FROM observations"));
}

TEST_P(Acceptance, MarksTheInvitationAsAnswered) {
    const MessageId invitation = MessageId(IdBytes{1});
    ASSERT_TRUE(world.run(world.links.create({invitation, "surveys", "autumn", ada.id, world.clock.now()})));
    core::Observation observation = World::answer(ada, "k1");
    observation.message = invitation;
    EXPECT_FALSE(world.run(world.links.find(invitation))->subject.answered);
    world.accept({observation});
    EXPECT_TRUE(world.run(world.links.find(invitation))->subject.answered);
}

TEST_P(Acceptance, IsNotTakenDownByAPoisonedNeighbour) {
    world.execute(
        "CREATE TRIGGER poison BEFORE INSERT ON observations WHEN NEW.about = 'poison' BEGIN SELECT "
        "RAISE(ABORT, 'poisoned'); END",
        "ALTER TABLE observations ADD CONSTRAINT poison CHECK (about <> 'poison')");
    core::Observation poisoned = World::answer(ada, "bad");
    poisoned.about = "poison";
    const auto outcomes = together({World::answer(ada, "good 1"), poisoned, World::answer(ada, "good 2")});
    EXPECT_TRUE(outcomes[0]);
    EXPECT_FALSE(outcomes[1]);
    EXPECT_TRUE(outcomes[2]);
    EXPECT_EQ(items(), 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observation_keys"), 2);
    EXPECT_EQ(world.count("SELECT SUM(accepted) FROM observation_counts"), 2);
}

TEST_P(Acceptance, KeepsAllObservationsOfOneJobOrNone) {
    world.execute(
        "CREATE TRIGGER poison BEFORE INSERT ON observations WHEN NEW.about = 'poison' BEGIN SELECT "
        "RAISE(ABORT, 'poisoned'); END",
        "ALTER TABLE observations ADD CONSTRAINT poison CHECK (about <> 'poison')");
    core::Observation poisoned = World::answer(ada, "bad");
    poisoned.about = "poison";
    EXPECT_FALSE(world.run(world.journal.accept({World::answer(ada, "good"), poisoned})));
    for (const char* table :
         {"observations", "observation_keys", "observation_counts", "items", "ledger", "messages"})
        EXPECT_EQ(world.count("SELECT COUNT(1) FROM " + std::string(table)), 0) << table;
}

TEST_P(Acceptance, FindsAnItemByAliasAndListsByStateOwnerAndCursor) {
    const ItemId first = world.raise("a");
    const ItemId second = world.raise("b");
    world.hear(second);
    flow::ItemQuery raised;
    raised.state = core::State::raised;
    ASSERT_EQ(world.run(world.items.list(raised))->items.size(), 1U);
    flow::ItemQuery one;
    one.limit = 1;
    const auto page = world.run(world.items.list(one));
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items.front().item.id, second) << "newest first";
    ASSERT_TRUE(page->next);
    one.after = page->next;
    const auto rest = world.run(world.items.list(one));
    EXPECT_EQ(rest->items.front().item.id, first);
    EXPECT_FALSE(rest->next);
    flow::ItemQuery nobodys;
    nobodys.owner = "tea_nobody";
    EXPECT_TRUE(world.run(world.items.list(nobodys))->items.empty());
    const auto counts = world.run(world.items.counts());
    EXPECT_EQ(counts->size(), 2U);
    EXPECT_EQ(world.run(world.items.find({{}, 9999})).error().code, ErrorCode::not_found);
}

TEST_P(Acceptance, MakesAnItemOfWhatOneOfUsWasToldWhateverTheRulesSay) {
    flow::ByHand by_hand(world.relationships, world.journal, world.clock);
    flow::SpokenWords said{ada.email, "All is well, truly.", "phone", "", world.clock.now() - 3h};
    said.key = "call-17";
    const auto accepted = world.run(by_hand.write_down(said, "tea_grace"));
    ASSERT_TRUE(accepted) << accepted.error().message;
    ASSERT_FALSE(accepted->item.empty());
    const auto history = world.run(world.items.history(accepted->item));
    ASSERT_TRUE(history);
    const core::Content& raised = history->front().event.content;
    EXPECT_EQ(raised.at("verbatim"), "All is well, truly.");
    EXPECT_EQ(raised.at("channel"), "phone");
    EXPECT_EQ(raised.at("noted_by"), "tea_grace");
    EXPECT_EQ(raised.at("said_at"), std::to_string(core::to_us(world.clock.now() - 3h)));
    EXPECT_EQ(world.run(world.outbox.of_item(accepted->item))->front().state, core::MessageState::link)
        << "nobody is written to unless somebody asks for it";
    const auto again = world.run(by_hand.write_down(said, "tea_grace"));
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->item, accepted->item);
    EXPECT_NE(world.run(by_hand.write_down(said, "tea_ines"))->item, accepted->item)
        << "a key is its writer's own";
}

TEST_P(Acceptance, RefusesWhatNobodyCanHaveBeenTold) {
    flow::ByHand by_hand(world.relationships, world.journal, world.clock);
    const auto refused = [&](flow::SpokenWords said) {
        said.key = "k";
        const auto accepted = world.run(by_hand.write_down(std::move(said), "tea_grace"));
        EXPECT_FALSE(accepted);
        return accepted ? ErrorCode::internal : accepted.error().code;
    };
    EXPECT_EQ(refused({"", "Words", "phone", ""}), ErrorCode::invalid);
    EXPECT_EQ(refused({ada.email, "", "phone", ""}), ErrorCode::invalid);
    EXPECT_EQ(refused({ada.email, "Words", "", ""}), ErrorCode::invalid);
    EXPECT_EQ(refused({ada.email, "Words", "phone", "", world.clock.now() + 1h}), ErrorCode::invalid);
    EXPECT_EQ(refused({"nobody@example.org", "Words", "phone", ""}), ErrorCode::not_found);
    EXPECT_EQ(items(), 0);
}

}  // namespace
}  // namespace candour::store::contract
