#include <random>

#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

class Rebuilding : public Contract {
 protected:
    /// One random thing that happens in the house; what does not follow is refused and changes nothing.
    void something(std::mt19937& random, const std::vector<ItemId>& items) {
        const ItemId item = items[random() % items.size()];
        if (random() % 2 == 0) step_forward(random, item);
        const core::Policies policies;
        const core::EvidencePolicy evidence = random() % 4 == 0
                                                  ? core::EvidencePolicy{core::Strength::confirmed, false}
                                                  : core::EvidencePolicy{};
        const core::Conversation talk{"Ada", world.clock.now() - 1h, "phone", "I see"};
        const core::Act customer{"con_ada", world.clock.now()};
        const core::Due due = core::due_after(policies.of(core::Segment::edge), world.clock.now());
        const auto customers = [&](auto rule) { (void)world.run(world.items.advance({item, 0}, rule)); };
        switch (random() % 16) {
            case 0:
            case 1:
                (void)world.run(world.loop.hear(world.on(item), "heard", random() % 2 == 0));
                break;
            case 2:
            case 3: {
                core::Decision decision{random() % 2 == 0, "decided", "why", "", "", world.clock.now() + 48h};
                (void)world.run(world.loop.decide(world.on(item), decision));
                break;
            }
            case 4:
            case 5:
                (void)world.run(world.loop.change(world.on(item), "changed", ""));
                break;
            case 6:
            case 7:
                (void)world.run(world.loop.tell(world.on(item)));
                break;
            case 8:
                (void)world.run(world.loop.cancel_tell(world.on(item)));
                break;
            case 9:
                (void)world.run(world.loop.tell_in_person(world.on(item), talk));
                break;
            case 10:
                customers([=](const core::Item& one) { return core::press_seen(one, customer, evidence); });
                break;
            case 11:
                customers(
                    [=](const core::Item& one) { return core::press_confirmed(one, customer, evidence); });
                break;
            case 12:
                customers([=](const core::Item& one) {
                    return core::press_not_yet(one, customer, "not yet", due);
                });
                break;
            case 13:
                bounce_or_deliver(random, item);
                break;
            case 14:
                rarely(random, item);
                break;
            default:
                world.deliver();
        }
        world.clock.advance(std::chrono::minutes(random() % 3000));
    }
    /// What would follow if all went well.
    void step_forward(std::mt19937& random, const ItemId& item) {
        switch (world.item(item).state) {
            case core::State::raised:
                return world.hear(item);
            case core::State::heard:
                return world.decide(item, random() % 2 == 0);
            case core::State::decided:
                if (world.item(item).will_change) return world.change(item);
                [[fallthrough]];
            case core::State::changed:
                (void)world.run(world.loop.tell(world.on(item)));
                return world.deliver();
            default:
                (void)world.run(world.loop.reopen(world.on(item), "again"));
        }
    }
    void bounce_or_deliver(std::mt19937& random, const ItemId& item) {
        const auto rows = *world.run(world.outbox.of_item(item));
        if (!rows.empty())
            (void)world.run(world.outbox.bounced(rows[random() % rows.size()].id, "5.2.2", "full"));
    }
    void rarely(std::mt19937& random, const ItemId& item) {
        if (random() % 3 == 0) (void)world.run(world.loop.abandon(world.on(item), "gave up"));
        if (random() % 3 == 0)
            (void)world.run(world.loop.dismiss(world.on(item), core::Dismissal::thanked, ""));
        if (random() % 3 == 0) (void)world.run(world.loop.reopen(world.on(item), "again"));
        core::Observation again = World::answer(world.customer(), "again " + std::to_string(random()));
        again.item_key = world.item(item).source_key;
        world.accept({again});
    }
    std::string differences(bool repair = false) {
        std::string all;
        for (const Finding& finding : world.rebuild(repair).differences)
            all += finding.item + ": " + finding.what + "\n";
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(Store, Rebuilding, both(), named);

TEST_P(Rebuilding, GivesTheSameAfterARandomHistory) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        std::mt19937 random(seed);
        std::vector<ItemId> items;
        for (int i = 0; i < 4; ++i)
            items.push_back(world.raise("seed " + std::to_string(seed) + " item " + std::to_string(i)));
        for (int i = 0; i < 80; ++i) something(random, items);
        EXPECT_EQ(differences(), "") << "seed " << seed;
        EXPECT_TRUE(world.verify().findings.empty()) << "seed " << seed;
    }
    EXPECT_GT(world.count("SELECT COUNT(1) FROM ledger"), 120)
        << "a history that stands still proves nothing";
    EXPECT_GT(world.count("SELECT MAX(round) FROM ledger"), 1);
}

TEST_P(Rebuilding, FindsAndRepairsARowThatWasEditedByHand) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    const core::Item before = world.item(item);
    world.execute("UPDATE items SET state = 'visibly_closed', owner_id = 'tea_eve', due_tell = 1");
    const std::string found = differences();
    EXPECT_NE(found.find("state: stored \"visibly_closed\", the ledger says \"changed\""), std::string::npos)
        << found;
    EXPECT_EQ(world.item(item).state, core::State::visibly_closed) << "looking repairs nothing";
    EXPECT_NE(differences(true), "");
    EXPECT_EQ(world.item(item), before);
    EXPECT_EQ(differences(), "");
}

TEST_P(Rebuilding, FindsAChangedDateThatNobodyWouldNotice) {
    world.raise();
    world.execute("UPDATE items SET due_hear = due_hear + 1");
    EXPECT_NE(differences(), "");
    differences(true);
    EXPECT_EQ(differences(), "");
}

TEST_P(Rebuilding, BringsBackAnItemThatIsOnlyInTheLedger) {
    const ItemId item = world.raise();
    world.hear(item);
    world.execute("DELETE FROM items");
    EXPECT_NE(differences().find("not among the items"), std::string::npos);
    differences(true);
    EXPECT_EQ(world.item(item).state, core::State::heard);
}

TEST_P(Rebuilding, DropsAnItemThatTheLedgerDoesNotKnow) {
    world.raise();
    world.disarm();
    world.execute("DELETE FROM ledger");
    EXPECT_NE(differences(true).find("not in the ledger"), std::string::npos);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items"), 0);
}

TEST_P(Rebuilding, FindsAndRepairsCommitments) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.execute("UPDATE commitments SET standing = 'broken'");
    EXPECT_NE(differences().find("commitments"), std::string::npos);
    differences(true);
    EXPECT_EQ(world.ask("SELECT standing FROM commitments"), "kept");
    world.execute("DELETE FROM commitments");
    EXPECT_NE(differences(true), "");
    EXPECT_EQ(world.ask("SELECT standing FROM commitments"), "kept");
    EXPECT_EQ(differences(), "");
}

TEST_P(Rebuilding, ChecksWhileTheHostGoesOnWriting) {
    for (int i = 0; i < 30; ++i) world.raise("item " + std::to_string(i));
    std::atomic<bool> stop = false;
    std::string found;
    std::thread checking([&] {
        while (!stop) {
            for (const Finding& finding : world.rebuild(false).differences) found += finding.what + "\n";
            for (const Finding& finding : world.verify().findings) found += finding.what + "\n";
        }
    });
    for (int i = 0; i < 30; ++i) {
        const auto listed = *world.run(world.items.list({}));
        for (const flow::ItemView& view : listed.items)
            if (view.item.version == 1) {
                world.hear(view.item.id);
                break;
            }
    }
    stop = true;
    checking.join();
    EXPECT_EQ(found, "");
}

}  // namespace
}  // namespace candour::store::contract
