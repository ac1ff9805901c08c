#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

class ThemesContract : public Contract {
 protected:
    flow::ThemeRef open(const std::string& title = "Exports") {
        const auto theme = world.run(world.themes.open(title, "tea_grace"));
        EXPECT_TRUE(theme) << theme.error().message;
        return {theme->theme.id, 0};
    }
    std::vector<ItemId> raise(int count) {
        std::vector<ItemId> items;
        for (int i = 0; i < count; ++i) items.push_back(world.raise("theme " + std::to_string(i)));
        return items;
    }
    void add(const flow::ThemeRef& theme, const std::vector<ItemId>& items) {
        std::vector<flow::ItemRef> refs;
        for (const ItemId& item : items) refs.push_back({item, 0});
        const auto report = world.run(world.themes.add(on(theme), refs));
        ASSERT_TRUE(report) << report.error().message;
        ASSERT_EQ(report->items.done.size(), items.size());
    }
    static flow::ThemeCommand on(const flow::ThemeRef& theme) {
        flow::ThemeCommand command;
        command.theme = theme;
        command.actor = "tea_grace";
        return command;
    }
    core::Decision decision() {
        return {true, "We rebuild the export", "It fails", "", "", world.clock.now() + 240h, false};
    }
    flow::ThemeReport decide(const flow::ThemeCommand& command) {
        const auto report = world.run(world.themes.decide(command, decision()));
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or({});
    }
};
INSTANTIATE_TEST_SUITE_P(Store, ThemesContract, both(), named);

TEST_P(ThemesContract, DecidesForAllItsItemsOnTheirOwnLedgers) {
    const auto items = raise(3);
    const auto theme = open();
    add(theme, items);
    for (const ItemId& item : items) world.hear(item);
    const flow::ThemeReport report = decide(on(theme));
    EXPECT_EQ(report.items.done.size(), 3U);
    EXPECT_TRUE(report.items.left_out.empty());
    for (const ItemId& item : items) {
        EXPECT_EQ(world.item(item).state, core::State::decided);
        EXPECT_EQ(world.item(item).theme, theme.id.text());
        EXPECT_EQ(world.events(item).back(), "decided_will_change");
    }
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM commitments"), 3) << "each customer is promised it";
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(ThemesContract, LeavesOutWhatTheStepDoesNotFitAndGoesOnWhenItIsGivenAgain) {
    const auto items = raise(3);
    const auto theme = open();
    add(theme, items);
    world.hear(items[0]);
    const flow::ThemeReport first = decide(on(theme));
    EXPECT_EQ(first.items.done.size(), 1U);
    ASSERT_EQ(first.items.left_out.size(), 2U);
    EXPECT_NE(first.items.left_out.front().reason.find("cannot follow in state raised"), std::string::npos);
    EXPECT_FALSE(first.items.left_out.front().moved);
    world.hear(items[1]);
    world.hear(items[2]);
    EXPECT_EQ(decide(on(theme)).items.done.size(), 2U);
    EXPECT_EQ(world.item(items[0]).version, 4) << "raised, joined, heard, decided: and not once more";
}

TEST_P(ThemesContract, DoesNotOverwriteWhatMovedMeanwhile) {
    const auto items = raise(2);
    const auto theme = open();
    add(theme, items);
    for (const ItemId& item : items) world.hear(item);
    flow::ThemeCommand command = on(theme);
    command.only = std::vector<flow::Aim>{{{items[0], 0}, world.item(items[0]).version},
                                          {{items[1], 0}, world.item(items[1]).version}};
    world.decide(items[1], false);
    const flow::ThemeReport report = decide(command);
    EXPECT_EQ(report.items.done.size(), 1U);
    ASSERT_EQ(report.items.left_out.size(), 1U);
    EXPECT_TRUE(report.items.left_out.front().moved);
    EXPECT_FALSE(world.item(items[1]).will_change) << "the other decision stands";
}

TEST_P(ThemesContract, ReportsWhatSomebodyMovedBetweenTheLookAndTheWriting) {
    const auto items = raise(2);
    for (const ItemId& item : items) world.hear(item);
    const int seen = world.item(items[1]).version;
    world.decide(items[1]);
    const core::Act act{"tea_grace", world.clock.now()};
    const flow::Decide rule = [&](const core::Item& item) { return core::decide(item, act, decision()); };
    const auto report = world.run(flow::advance_many(
        world.many, {{{items[0], 0}, world.item(items[0]).version}, {{items[1], 0}, seen}}, rule));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->done.size(), 1U);
    ASSERT_EQ(report->left_out.size(), 1U);
    EXPECT_TRUE(report->left_out.front().moved);
}

TEST_P(ThemesContract, WithADryRunSaysAllAndDoesNothing) {
    const auto items = raise(2);
    const auto theme = open();
    add(theme, items);
    world.hear(items[0]);
    const long long rows = world.count("SELECT COUNT(1) FROM ledger");
    flow::ThemeCommand command = on(theme);
    command.dry_run = true;
    const flow::ThemeReport report = decide(command);
    EXPECT_EQ(report.items.done.size(), 1U);
    EXPECT_EQ(report.items.left_out.size(), 1U);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger"), rows);
}

TEST_P(ThemesContract, TellsEachCustomerAboutTheirOwnItemAndCountsWhatComesBack) {
    const auto items = raise(3);
    const auto theme = open();
    add(theme, items);
    for (const ItemId& item : items) world.bring_to_changed(item);
    const auto told = world.run(world.themes.tell(on(theme)));
    ASSERT_TRUE(told) << told.error().message;
    EXPECT_EQ(told->items.done.size(), 3U);
    EXPECT_EQ(told->cancel_until, world.clock.now() + world.policies->undo);
    world.deliver();
    const core::Act ada{"con_ada", world.clock.now()};
    const auto press = [&](const ItemId& item, auto rule) {
        (void)world.run(world.items.advance({item, 0}, rule));
    };
    press(items[0], [&](const core::Item& one) { return core::press_seen(one, ada, {}); });
    press(items[1], [&](const core::Item& one) { return core::press_confirmed(one, ada, {}); });
    const auto view = *world.run(world.theme_store.theme(theme));
    EXPECT_EQ(view.items, 3);
    EXPECT_EQ(view.told, 3);
    EXPECT_EQ(view.seen, 2) << "who confirms has seen";
    EXPECT_EQ(view.confirmed, 1);
    EXPECT_EQ(view.closed, 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind = 'closing'"), 3);
}

TEST_P(ThemesContract, CanBeTakenBackAsLongAsNothingHasLeft) {
    const auto items = raise(2);
    const auto theme = open();
    add(theme, items);
    for (const ItemId& item : items) world.bring_to_changed(item);
    ASSERT_TRUE(world.run(world.themes.tell(on(theme))));
    EXPECT_EQ(world.run(world.items.find({items[0], 0}))->cancel_until,
              world.clock.now() + world.policies->undo);
    const auto undone = world.run(world.themes.undo(on(theme)));
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->items.done.size(), 2U);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind = 'closing' AND state = 'cancelled'"), 2);
    EXPECT_EQ(world.item(items[0]).state, core::State::changed);
    EXPECT_EQ(world.run(world.items.find({items[0], 0}))->cancel_until, core::kNever);
}

TEST_P(ThemesContract, RefusesAThemeThatSomebodyElseHasUsedMeanwhileAndWordsThatSayNothing) {
    const auto items = raise(1);
    const auto theme = open();
    add(theme, items);
    world.hear(items[0]);
    flow::ThemeCommand command = on(theme);
    command.seen_version = 7;
    EXPECT_EQ(world.run(world.themes.decide(command, decision())).error().code, ErrorCode::conflict);
    EXPECT_EQ(world.run(world.themes.change(on(theme), " ", "", {})).error().code, ErrorCode::invalid);
    EXPECT_EQ(world.run(world.themes.open(" ", "tea_grace")).error().code, ErrorCode::invalid);
    EXPECT_EQ(world.run(world.theme_store.theme({{}, 99})).error().code, ErrorCode::not_found);
}

TEST_P(ThemesContract, TakesAnItemOutAndOnlyFromItsOwnTheme) {
    const auto items = raise(1);
    const auto first = open("First"), second = open("Second");
    add(first, items);
    const auto twice = *world.run(world.themes.add(on(second), {{items[0], 0}}));
    ASSERT_EQ(twice.items.left_out.size(), 1U);
    EXPECT_NE(twice.items.left_out.front().reason.find("already"), std::string::npos);
    EXPECT_EQ(world.run(world.themes.remove(on(second), {{items[0], 0}}))->items.left_out.size(), 1U);
    EXPECT_EQ(world.run(world.themes.remove(on(first), {{items[0], 0}}))->items.done.size(), 1U);
    EXPECT_EQ(world.run(world.theme_store.theme(first))->items, 0);
    const auto unknown = *world.run(world.themes.add(on(first), {{{}, 4711}}));
    ASSERT_EQ(unknown.items.left_out.size(), 1U);
    EXPECT_NE(unknown.items.left_out.front().reason.find("there is no item LP-4711"), std::string::npos);
}

TEST_P(ThemesContract, LeavesNothingBehindOfAnItemThatCannotBeTold) {
    const core::Contact nobody = world.customer("");
    const ItemId unreachable = world.accept({World::answer(nobody, "paper")}).front().item;
    const auto items = raise(1);
    const auto theme = open();
    add(theme, {unreachable, items[0]});
    for (const ItemId& item : {unreachable, items[0]}) world.bring_to_changed(item);
    const int version = world.item(unreachable).version;
    const auto told = *world.run(world.themes.tell(on(theme)));
    EXPECT_EQ(told.items.done.size(), 1U);
    ASSERT_EQ(told.items.left_out.size(), 1U);
    EXPECT_NE(told.items.left_out.front().reason.find("no e-mail address"), std::string::npos);
    EXPECT_EQ(world.item(unreachable).version, version);
    EXPECT_TRUE(world.verify().findings.empty());
}

TEST_P(ThemesContract, AreFoundAgainFromTheirOwnLedgers) {
    const auto theme = open();
    world.execute("UPDATE themes SET title = 'Something else', version = 9");
    EXPECT_EQ(world.rebuild(false).differences.size(), 1U);
    (void)world.rebuild(true);
    EXPECT_EQ(world.run(world.theme_store.theme(theme))->theme.title, "Exports");
    world.execute("DELETE FROM themes");
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U);
    EXPECT_EQ(world.run(world.theme_store.theme(theme))->theme.version, 1);
    world.execute(
        "INSERT INTO themes (id, title, version, opened_at, last_event_at) VALUES ('thm_stray', 'x', 1, 1, "
        "1)");
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM themes"), 1);
}

}  // namespace
}  // namespace candour::store::contract
