#include "edge/store/contract/world.hpp"
#include "edge/store/open_drafts.hpp"

namespace candour::store::contract {
namespace {

class BelongingContract : public Contract {
 protected:
    std::string teammate(const std::string& email) {
        return world.run(world.relationships.teammate(email, email, world.clock.now()))->id.text();
    }
    std::vector<std::int64_t> proposed(const ItemId& item) {
        std::vector<std::int64_t> numbers;
        for (const flow::Proposal& one : *world.run(world.many.proposals(item)))
            numbers.push_back(one.number);
        return numbers;
    }
    std::int64_t number(const ItemId& item) { return world.run(world.items.find({item, 0}))->number; }
};
INSTANTIATE_TEST_SUITE_P(Store, BelongingContract, both(), named);

TEST_P(BelongingContract, ProposesOpenItemsOfTheSamePersonAboutTheSameThing) {
    const ItemId first = world.raise("a"), second = world.raise("b");
    const ItemId other = world.accept({World::answer(world.customer("bob@example.org"), "c")}).front().item;
    core::Observation elsewhere = World::answer(world.customer(), "d");
    elsewhere.about = "spring";
    const ItemId about_spring = world.accept({elsewhere}).front().item;
    EXPECT_EQ(proposed(first), std::vector{number(second)});
    EXPECT_EQ(proposed(second), std::vector{number(first)});
    EXPECT_TRUE(proposed(other).empty()) << "somebody else";
    EXPECT_TRUE(proposed(about_spring).empty()) << "something else";
    world.hear(first);
    world.decide(first);
    EXPECT_EQ(proposed(second), std::vector{number(first)}) << "it can still go on in the decided one";
    world.hear(second);
    world.decide(second);
    EXPECT_TRUE(proposed(second).empty()) << "both are promised something of their own";
}

TEST_P(BelongingContract, MergesBothOrNone) {
    const ItemId from = world.raise("a"), into = world.raise("b");
    EXPECT_EQ(world.run(world.belonging.merge({{from, 0}, 9}, {into, 0}, "tea_grace", "")).error().code,
              ErrorCode::conflict)
        << "stale";
    EXPECT_EQ(world.run(world.belonging.merge({{from, 0}, 1}, {{}, 99}, "tea_grace", "")).error().code,
              ErrorCode::not_found);
    world.hear(into);
    world.run(world.loop.abandon(world.on(into), "no")).value_or({});
    EXPECT_EQ(world.run(world.belonging.merge({{from, 0}, 1}, {into, 0}, "tea_grace", "")).error().code,
              ErrorCode::conflict);
    EXPECT_EQ(world.item(from).state, core::State::raised) << "nothing of it stays";
    world.run(world.loop.reopen(world.on(into), "again")).value_or({});
    const auto merged = world.run(world.belonging.merge({{from, 0}, 1}, {into, 0}, "tea_grace", "same"));
    ASSERT_TRUE(merged) << merged.error().message;
    EXPECT_EQ(merged->id, into);
    EXPECT_EQ(world.item(from).state, core::State::dismissed);
    EXPECT_EQ(world.events(into).back(), "merged_in");
    EXPECT_EQ(world.run(world.items.history(into))->back().event.content.at("verbatim"), "It takes too long");
    EXPECT_TRUE(world.rebuild(false).differences.empty());
    EXPECT_TRUE(world.verify().findings.empty());
}

TEST_P(BelongingContract, TakesFurtherWordsOfAMergedItemWhereItGoesOn) {
    const ItemId from = world.raise("a"), into = world.raise("b");
    ASSERT_TRUE(world.run(world.belonging.merge({{from, 0}, 1}, {into, 0}, "tea_grace", "")));
    core::Observation again = World::answer(world.customer(), "a2", 2, "And still");
    again.item_key = "a";
    EXPECT_EQ(world.accept({again}).front().item, into);
    EXPECT_EQ(world.events(into).back(), "answered_again");
    EXPECT_EQ(world.events(from).back(), "dismissed");
}

TEST_P(BelongingContract, HandsOneItemOnWithItsOpenPromise) {
    const ItemId item = world.raise();
    world.hear(item);
    world.decide(item);
    const std::string ines = teammate("ines@house.example");
    ASSERT_TRUE(world.run(world.loop.hand_on(world.on(item), ines, "on leave")));
    EXPECT_EQ(world.run(world.items.find({item, 0}))->owner_name, "ines@house.example");
    EXPECT_EQ(world.ask("SELECT owner_id FROM commitments"), ines);
    EXPECT_TRUE(world.rebuild(false).differences.empty());
    world.execute("UPDATE commitments SET owner_id = 'tea_nobody'");
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U);
    EXPECT_EQ(world.ask("SELECT owner_id FROM commitments"), ines);
}

TEST_P(BelongingContract, HandsEverythingOfATeammateOver) {
    const ItemId open = world.raise("a"), closed = world.raise("b"), gone = world.raise("c");
    world.bring_to_changed(closed);
    world.tell(closed);
    (void)world.run(world.items.advance({closed, 0}, [&](const core::Item& one) {
        return core::press_seen(one, {"con_ada", world.clock.now()}, {});
    }));
    (void)world.run(world.loop.abandon(world.on(gone), "no"));
    const std::string grace = world.item(open).owner, ines = teammate("ines@house.example");
    core::Commitment wanted;
    wanted.account = world.item(open).account;
    wanted.promise = "A visit";
    wanted.source = core::PromisedIn::sales;
    wanted.owner = grace;
    wanted.due_at = world.clock.now() + 48h;
    ASSERT_TRUE(
        world.run(world.promises.promise(wanted, *core::make(wanted, {grace, world.clock.now()}, ""))));

    const auto would = *world.run(world.belonging.hand_over({grace, ines, {"tea_boss", "", ""}, "", true}));
    EXPECT_EQ(would.items.done.size(), 2U);
    EXPECT_EQ(would.commitments, 1);
    EXPECT_EQ(would.accounts, 1);
    EXPECT_EQ(world.ask("SELECT owner_id FROM accounts"), grace);
    EXPECT_EQ(world.item(open).owner, grace) << "nothing was done";

    const auto did =
        *world.run(world.belonging.hand_over({grace, ines, {"tea_boss", "", ""}, "she left", false}));
    EXPECT_EQ(did.items.done.size(), 2U);
    EXPECT_EQ(world.item(open).owner, ines);
    EXPECT_EQ(world.item(closed).owner, ines) << "the customer may come back any day";
    EXPECT_EQ(world.item(gone).owner, grace) << "what is over stays whose it was";
    EXPECT_EQ(world.ask("SELECT owner_id FROM lone_commitments"), ines);
    EXPECT_EQ(world.ask("SELECT owner_id FROM accounts"), ines);
    const std::string said = "FROM relationship_history WHERE what = 'owner' ORDER BY seq DESC LIMIT 1";
    EXPECT_EQ(world.ask("SELECT value " + said), ines) << "figures by owner know the day";
    const core::Contact ada = world.run(world.relationships.contacts())->front();
    EXPECT_EQ(world.item(world.accept({World::answer(ada, "new")}).front().item).owner, ines)
        << "what comes in now is hers";
    EXPECT_EQ(world.run(world.belonging.hand_over({grace, ines, {"tea_boss", "", ""}, "", false}))
                  ->items.done.size(),
              0U);
    EXPECT_EQ(
        world.run(world.belonging.hand_over({ines, ines, {"tea_boss", "", ""}, "", false})).error().code,
        ErrorCode::invalid);
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(BelongingContract, KeepsSomebodyElsesAnswerUnderTheSameKeyApart) {
    const core::Contact ada = world.customer(), bob = world.customer("bob@example.org");
    const ItemId adas = world.accept({World::answer(ada, "k")}).front().item;
    core::Observation again = World::answer(bob, "k2");
    again.item_key = "k";
    const ItemId bobs = world.accept({again}).front().item;
    EXPECT_NE(adas, bobs);
    EXPECT_EQ(world.item(bobs).contact, bob.id);
    EXPECT_EQ(world.events(adas), std::vector<std::string>{"raised"});
    core::Observation once_more = again;
    once_more.key = "k3";
    EXPECT_EQ(world.accept({once_more}).front().item, bobs) << "his own words join his own item";
    EXPECT_EQ(world.accept({again}).front().item, bobs) << "a repeated key gets the first result";
    EXPECT_EQ(world.accept({World::answer(ada, "k")}).front().item, adas);
}

TEST_P(BelongingContract, SaysWhoIsWritingUntilTheyStopOrAreForgotten) {
    OpenDrafts drafts(world.database);
    const ItemId item = world.raise("a"), other = world.raise("b");
    const auto writers = [&](const ItemId& id) {
        std::vector<std::string> names;
        for (const flow::OpenDraft& one : *world.run(drafts.open(id, world.clock.now())))
            names.push_back(one.name + " " + one.step);
        return names;
    };
    const auto hold = [&](const ItemId& id, const std::string& holder, const std::string& step) {
        const core::Instant now = world.clock.now();
        ASSERT_TRUE(world.run(drafts.hold({id, holder, step, "Ines", now, now + 45s}, now)));
    };
    hold(item, "tea_ines", "hear");
    hold(item, "tea_ines", "note");
    hold(other, "tea_ines", "hear");
    EXPECT_EQ(writers(item), (std::vector<std::string>{"Ines hear", "Ines note"}));
    EXPECT_EQ(writers({}).size(), 3U) << "all of them";
    ASSERT_TRUE(world.run(drafts.let_go({item, "tea_ines", "note", "", {}, {}})));
    world.clock.advance(40s);
    hold(item, "tea_ines", "hear");
    world.clock.advance(40s);
    EXPECT_EQ(writers(item), std::vector<std::string>{"Ines hear"}) << "she said that she still is";
    EXPECT_TRUE(writers(other).empty()) << "and nothing about this one";
    world.clock.advance(10s);
    EXPECT_TRUE(writers(item).empty());
    hold(other, "tea_ines", "hear");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM open_drafts"), 1) << "what is over leaves the table";
}

}  // namespace
}  // namespace candour::store::contract
