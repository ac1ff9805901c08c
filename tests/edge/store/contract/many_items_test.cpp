#include "crypto/id_source.hpp"
#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

class ManyItemsContract : public Contract {
 protected:
    std::vector<flow::Advanced> advance(std::vector<flow::Aim> aims, flow::Decide decide) {
        auto all = world.run(world.many.advance_each(std::move(aims), std::move(decide)));
        EXPECT_TRUE(all) << all.error().message;
        return all.value_or({});
    }
    flow::Aim aim(const ItemId& item) { return {{item, 0}, flow::kNotSeen}; }
    flow::Decide note(const std::string& text) {
        return [text, act = core::Act{"tea_grace", world.clock.now()}](const core::Item& item) {
            return core::note(item, act, text);
        };
    }
};
INSTANTIATE_TEST_SUITE_P(Store, ManyItemsContract, both(), named);

TEST_P(ManyItemsContract, EachTakesItsOwnStepAndItsOwnWords) {
    std::vector<ItemId> items;
    for (const char* key : {"a", "b", "c"}) items.push_back(world.raise(key));
    const core::Act act{"tea_grace", world.clock.now()};
    int turn = 0;
    const auto done = advance({aim(items[0]), aim(items[1]), aim(items[2])}, [&](const core::Item& item) {
        return core::hear(item, act, "Heard " + std::to_string(++turn) + " \"{}\\ of them", MessageId());
    });
    ASSERT_EQ(done.size(), 3U);
    for (std::size_t i = 0; i < items.size(); ++i) {
        ASSERT_TRUE(done[i].item) << done[i].item.error().message;
        EXPECT_EQ(done[i].item->id, items[i]);
        EXPECT_EQ(world.item(items[i]).state, core::State::heard);
        const auto history = world.run(world.items.history(items[i]));
        EXPECT_EQ(history->back().event.content.at("text"),
                  "Heard " + std::to_string(i + 1) + " \"{}\\ of them");
    }
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(ManyItemsContract, AnItemThatIsAimedAtTwiceTakesBothStepsInTheirOrder) {
    const ItemId first = world.raise("a"), second = world.raise("b");
    const auto done = advance({aim(first), aim(second), aim(first)}, note("Ask the plant"));
    for (const flow::Advanced& one : done) EXPECT_TRUE(one.item) << one.item.error().message;
    EXPECT_EQ(world.item(first).version, 3);
    EXPECT_EQ(world.item(second).version, 2);
    EXPECT_TRUE(world.verify().findings.empty());
}

TEST_P(ManyItemsContract, OneThatCannotBeToldLeavesNothingBehindAndTheOthersGoOn) {
    const ItemId reachable = world.raise("a"), silent = world.raise("b");
    world.bring_to_changed(reachable);
    world.bring_to_changed(silent);
    world.execute(
        "INSERT INTO contacts (id, account_id, email, name, level, language, zone, active, created_at, "
        "updated_at) "
        "SELECT 'con_mute', account_id, '', 'Mute', 'operational', 'en', '', 1, 1, 1 FROM contacts LIMIT 1");
    world.execute("UPDATE items SET contact_id = 'con_mute' WHERE id = '" + silent.text() + "'");
    const int before = world.item(silent).version;
    const core::Act act{"tea_grace", world.clock.now()};
    const auto done = advance({aim(silent), aim(reachable)}, [&](const core::Item& item) {
        return core::tell(item, act, crypto::new_id<MessageId>(act.at), act.at);
    });
    ASSERT_EQ(done.size(), 2U);
    ASSERT_FALSE(done[0].item);
    EXPECT_NE(done[0].item.error().message.find("no e-mail address"), std::string::npos);
    EXPECT_TRUE(done[1].item);
    EXPECT_EQ(world.item(silent).version, before);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind = 'closing'"), 1);
}

TEST_P(ManyItemsContract, OneThatIsNotThereIsNamed) {
    const ItemId item = world.raise("a");
    const auto done = advance({{{{}, 99}, flow::kNotSeen}, aim(item)}, note("Ask the plant"));
    ASSERT_FALSE(done.front().item);
    EXPECT_EQ(done.front().item.error().message, "there is no item LP-99");
    EXPECT_TRUE(done.back().item);
}

}  // namespace
}  // namespace candour::store::contract
