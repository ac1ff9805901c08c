#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

using std::chrono::days;

class RemindersContract : public Contract {
 protected:
    RemindersContract() {
        item = world.raise();
        must(world.run(world.relationships.teammate("ines@house.example", "Ines", world.clock.now())));
        must(world.run(world.relationships.teammate("boss@house.example", "Boss", world.clock.now())));
        flow::NewCare manager, sponsor;
        manager.person = "ines@house.example";
        sponsor.person = "boss@house.example";
        must(world.run(world.calendars.set_teammate("grace@house.example", manager, {}, world.clock.now())));
        must(world.run(world.calendars.set_account("A-1", sponsor, {}, world.clock.now())));
    }
    template <class T>
    static void must(const Result<T>& result) {
        ASSERT_TRUE(result) << result.error().message;
    }
    int look() {
        const auto written = world.run(world.reminders.look());
        EXPECT_TRUE(written) << written.error().message;
        return written.value_or(-1);
    }
    /// How often this one of us was told that this step is late.
    long long told(const std::string& who, const std::string& step) const {
        return world.count(
            "SELECT COUNT(1) FROM team_notices n JOIN teammates t ON t.id = n.teammate_id "
            "WHERE n.kind = 'overdue' AND t.email = '" +
            who + "' AND n.about = '" + step + "'");
    }

    ItemId item;
};
INSTANTIATE_TEST_SUITE_P(Store, RemindersContract, both(), named);

TEST_P(RemindersContract, ClimbOnceEachAndTellWhomTheyName) {
    for (const flow::DueMessage& message : world.claim()) world.hand_over(message);
    EXPECT_EQ(look(), 0);
    world.clock.advance(days{2} + 1s);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(look(), 0) << "once";
    EXPECT_EQ(told("grace@house.example", "hear"), 1);
    world.clock.advance(days{2});
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(told("grace@house.example", "hear"), 1);
    EXPECT_EQ(told("ines@house.example", "hear"), 1);
    world.clock.advance(days{2});
    EXPECT_EQ(look(), 1);
    world.clock.advance(days{9});
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(world.events(item),
              (std::vector<std::string>{"raised", "owner_reminded", "manager_reminded", "sponsor_reminded"}));
    EXPECT_EQ(told("boss@house.example", "hear"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM team_notices WHERE kind = 'overdue'"), 3);
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(RemindersContract, GoToTheDefaultOwnerWhenNobodyOwnsIt) {
    world.policies->default_owner = "boss@house.example";
    world.execute("UPDATE items SET owner_id = ''");
    world.clock.advance(days{2} + 1s);
    for (const flow::DueMessage& message : world.claim()) world.hand_over(message);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(told("boss@house.example", "hear"), 1);
}

TEST_P(RemindersContract, MakeNobodysCommandStale) {
    const flow::Command priya = world.on(item), ravi = world.on(item);
    world.clock.advance(days{2} + 1s);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(world.item(item).version, priya.seen_version + 1) << "a reminder came in between";
    must(world.run(world.loop.hear(priya, "It takes too long.", false)));
    const auto second = world.run(world.loop.hear(ravi, "They wait.", false));
    ASSERT_FALSE(second) << "two people did something";
    EXPECT_EQ(second.error().message,
              core::stale_version(item, ravi.seen_version, world.item(item).version).message);
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(RemindersContract, DoNotHideWhatWasDoneBeforeThem) {
    const flow::Command early = world.on(item);
    must(world.run(world.loop.hear(world.on(item), "It takes too long.", false)));
    world.clock.advance(days{20});
    EXPECT_EQ(look(), 1);
    EXPECT_FALSE(world.run(world.loop.dismiss(early, core::Dismissal::spam, "")));
    flow::Command ahead = world.on(item);
    ahead.seen_version += 1;
    EXPECT_FALSE(world.run(world.loop.abandon(ahead, "no"))) << "a version that is not there yet";
    const flow::Decide give_up = [&](const core::Item& one) {
        return core::abandon(one, {"tea_grace", world.clock.now()}, "no");
    };
    EXPECT_TRUE(world.run(world.many.advance_each({{{item, 0}, 2}}, give_up))->front().item);
}

TEST_P(RemindersContract, AreWrittenByOneHostAtATime) {
    world.clock.advance(days{2} + 1s);
    EXPECT_EQ(look(), 1);
    flow::Reminders other(world.reminder_store, world.clock, world.policies, "host-b");
    world.raise("another");
    world.clock.advance(days{2} + 1s);
    EXPECT_EQ(world.run(other.look()).value_or(-1), 2)
        << "the first one's time was over: the other takes both";
    EXPECT_EQ(look(), 0) << "and now this one has to wait";
    EXPECT_EQ(world.ask("SELECT holder FROM duties"), "host-b");
    EXPECT_EQ(world.ask("SELECT CAST(epoch AS TEXT) FROM duties"), "2");
}

TEST_P(RemindersContract, AreRefusedToAHostThatLostTheDuty) {
    const auto epoch = world.run(
        world.reminder_store.hold("reminders", "host-a", world.clock.now(), world.clock.now() + 1min));
    ASSERT_EQ(epoch.value_or(0), 1);
    EXPECT_EQ(world
                  .run(world.reminder_store.hold("reminders", "host-b", world.clock.now(),
                                                 world.clock.now() + 1min))
                  .value_or(-1),
              0);
    world.clock.advance(2min);
    ASSERT_EQ(world
                  .run(world.reminder_store.hold("reminders", "host-b", world.clock.now(),
                                                 world.clock.now() + 1min))
                  .value_or(0),
              2);
    const flow::Decide anything = [](const core::Item&) { return Result<core::Step>(core::Step{}); };
    EXPECT_EQ(world.run(world.reminder_store.remind(item, "host-a", 1, anything)).error().code,
              ErrorCode::conflict);
    EXPECT_TRUE(world.run(world.reminder_store.remind(item, "host-b", 2, anything)));
}

TEST_P(RemindersContract, AskForAnotherChannelAndLetTheItemFallQuiet) {
    world.bring_to_changed(item);
    world.tell(item);
    world.clock.advance(days{7});
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(world.events(item).back(), "channel_asked");
    EXPECT_EQ(told("grace@house.example", "another_channel"), 1);
    world.clock.advance(days{7});
    EXPECT_EQ(look(), 1);
    EXPECT_TRUE(world.item(item).quiet);
    EXPECT_EQ(world.item(item).state, core::State::told);
    world.clock.advance(days{99});
    EXPECT_EQ(look(), 0);
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(RemindersContract, AreFoundAmongItemsThatOweNothing) {
    EXPECT_EQ(world.ask("SELECT watch FROM items"), "overdue");
    world.bring_to_changed(item);
    (void)world.run(world.loop.tell(world.on(item)));
    EXPECT_EQ(world.ask("SELECT watch FROM items"), "") << "nothing is owed while the message is on its way";
    world.deliver();
    EXPECT_EQ(world.ask("SELECT watch FROM items"), "silence");
    world.execute("UPDATE items SET watch = 'overdue', watch_since = 1");
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U);
    EXPECT_EQ(world.ask("SELECT watch FROM items"), "silence");
}

}  // namespace
}  // namespace candour::store::contract
