/// Finding items again: filters, orders, pages and words.
#include "core/feedback/words.hpp"
#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

class Listing : public Contract {
 protected:
    ItemId raise(const core::Contact& contact, const std::string& key, const std::string& words,
                 std::optional<int> score = 3) {
        return world.accept({World::answer(contact, key, score, words)}).front().item;
    }
    std::vector<ItemId> found(const flow::ItemQuery& query) {
        std::vector<ItemId> ids;
        const auto page = world.run(world.items.list(query));
        EXPECT_TRUE(page) << page.error().message;
        if (page)
            for (const flow::ItemView& view : page->items) ids.push_back(view.item.id);
        return ids;
    }
    std::vector<ItemId> with_words(const std::string& words) {
        flow::ItemQuery query;
        query.words = words;
        return found(query);
    }

    core::Contact ada = world.customer();
};
INSTANTIATE_TEST_SUITE_P(Store, Listing, both(), named);

using Ids = std::vector<ItemId>;

TEST_P(Listing, FindsWordsOfTheCustomerWithoutCaseAndAccentsByTheirBeginning) {
    const ItemId late = raise(ada, "a", "Die Übergabe kam zu spät, wieder.");
    const ItemId export_run = raise(ada, "b", "The nightly export stops.");
    EXPECT_EQ(with_words("ubergabe"), Ids{late});
    EXPECT_EQ(with_words("ÜBERG wieder"), Ids{late}) << "all of the words";
    EXPECT_EQ(with_words("export"), Ids{export_run});
    EXPECT_TRUE(with_words("ubergabe export").empty());
    EXPECT_TRUE(with_words("bergabe").empty()) << "the end of a word is not its beginning";
    EXPECT_TRUE(with_words("\"; DROP -- ' * OR )").empty());
    EXPECT_TRUE(with_words("...").empty()) << "no words find nothing, not everything";
}

TEST_P(Listing, FindsWhatWeWroteFromTheMomentItIsWritten) {
    const ItemId id = raise(ada, "a", "It is slow.");
    EXPECT_TRUE(with_words("queue").empty());
    world.hear(id);
    ASSERT_TRUE(world.run(world.loop.decide(
        world.on(id), {false, "No queue for now.", "It would hide the fault.", "", "", core::kNever})));
    EXPECT_EQ(with_words("queue slow fault"), Ids{id});
    flow::ItemQuery heard;
    heard.words = "queue";
    heard.state = core::State::raised;
    EXPECT_TRUE(found(heard).empty()) << "other filters hold as well";
}

TEST_P(Listing, ForgetsTheWordsOfAnErasedItemAndNeverFindsThemAgain) {
    const ItemId id = raise(ada, "a", "Confidential grievance.");
    world.execute("DELETE FROM ledger_contents WHERE item_id = '" + id.text() + "'");
    EXPECT_TRUE(with_words("grievance").empty());
    world.rebuild(true);
    EXPECT_TRUE(with_words("grievance").empty());
}

TEST_P(Listing, IsRebuiltFromTheLedger) {
    const ItemId id = raise(ada, "a", "It is slow.");
    EXPECT_TRUE(world.rebuild(false).differences.empty());
    world.execute("DELETE FROM item_words");
    EXPECT_EQ(world.rebuild(false).differences.size(), 1U);
    EXPECT_TRUE(with_words("slow").empty()) << "looking repairs nothing";
    world.rebuild(true);
    EXPECT_EQ(with_words("slow"), Ids{id});
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(Listing, LeavesTheSearchTogetherWithATransactionThatFailed) {
    world.execute(
        "CREATE TRIGGER t BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$; "
        "CREATE TRIGGER t BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION no()");
    EXPECT_FALSE(world.run(world.journal.accept({World::answer(ada, "a", 3, "Lost words")})));
    EXPECT_TRUE(with_words("lost").empty());
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM item_words"), 0);
}

TEST_P(Listing, FiltersByEverythingAnItemBelongsTo) {
    const core::Contact eve = world.customer("eve@example.org");
    const ItemId first = raise(ada, "a", "One."), second = raise(eve, "b", "Two.");
    flow::ItemQuery query;
    query.contact = ada.id.text();
    EXPECT_EQ(found(query), Ids{first});
    query = {};
    query.account = ada.account.text();
    EXPECT_EQ(found(query).size(), 2U);
    query.contact = eve.id.text();
    EXPECT_EQ(found(query), Ids{second});
    query = {};
    query.source = "surveys";
    EXPECT_EQ(found(query).size(), 2U);
    query.source = "mail";
    EXPECT_TRUE(found(query).empty());
    query = {};
    query.level = "operational";
    EXPECT_EQ(found(query).size(), 2U);
    query.level = "executive";
    EXPECT_TRUE(found(query).empty());
    query = {};
    query.segment = world.item(first).segment;
    EXPECT_EQ(found(query).size(), 2U);
    query = {};
    query.since = world.clock.now() + 1s;
    EXPECT_TRUE(found(query).empty());
    query = {};
    query.until = world.clock.now() + 1s;
    EXPECT_EQ(found(query).size(), 2U);
    query = {};
    query.quiet = true;
    EXPECT_TRUE(found(query).empty());
}

TEST_P(Listing, PutsWhatIsOwedSoonestFirstAndLeavesOutWhatOwesNothing) {
    const ItemId old = raise(ada, "a", "One.");
    world.clock.advance(1h);
    const ItemId recent = raise(ada, "b", "Two."), filed = raise(ada, "c", "Three.");
    ASSERT_TRUE(world.run(world.loop.dismiss(world.on(filed), core::Dismissal::thanked, "")));
    flow::ItemQuery query;
    query.order = flow::ItemOrder::due;
    EXPECT_EQ(found(query), (Ids{old, recent}));
    world.hear(old);
    EXPECT_EQ(found(query), (Ids{recent, old})) << "its next step is owed later";
    flow::ItemQuery settled;
    settled.owes_nothing = true;
    EXPECT_EQ(found(settled), Ids{filed});
    settled.state = core::State::dismissed;
    EXPECT_EQ(found(settled), Ids{filed});
    settled.order = flow::ItemOrder::changed;
    EXPECT_EQ(found(settled), Ids{filed});
    settled.state = core::State::raised;
    EXPECT_TRUE(found(settled).empty());
    settled.order = flow::ItemOrder::due;
    const auto refused = world.run(world.items.list(settled));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    query.overdue_at = world.item(recent).due.hear + 1s;
    EXPECT_EQ(found(query), Ids{recent});
    query.owner = world.item(recent).owner;
    if (!query.owner.empty()) {
        EXPECT_EQ(found(query), Ids{recent});
    }
}

TEST_P(Listing, PutsWhatMovedLastFirst) {
    const ItemId first = raise(ada, "a", "One."), second = raise(ada, "b", "Two.");
    world.clock.advance(1h);
    world.hear(first);
    flow::ItemQuery query;
    query.order = flow::ItemOrder::changed;
    EXPECT_EQ(found(query), (Ids{first, second}));
}

TEST_P(Listing, GoesThroughAllPagesOnceWhateverIsRaisedMeanwhile) {
    Ids all;
    for (int i = 0; i < 7; ++i)
        all.push_back(raise(ada, "k" + std::to_string(i), "Words " + std::to_string(i)));
    for (const flow::ItemOrder order :
         {flow::ItemOrder::newest, flow::ItemOrder::due, flow::ItemOrder::changed}) {
        flow::ItemQuery query;
        query.order = order;
        query.limit = 3;
        Ids seen;
        for (int pages = 0; pages < 5; ++pages) {
            const auto page = world.run(world.items.list(query));
            ASSERT_TRUE(page);
            for (const flow::ItemView& view : page->items) seen.push_back(view.item.id);
            if (order == flow::ItemOrder::newest && pages == 0) raise(ada, "late", "Newer.");
            if (!page->next) break;
            query.after = page->next;
        }
        std::sort(seen.begin(), seen.end());
        Ids expected = all;
        std::sort(expected.begin(), expected.end());
        if (order == flow::ItemOrder::newest)
            EXPECT_EQ(seen, expected);
        else
            EXPECT_EQ(seen.size(), 8U);
    }
}

TEST_P(Listing, RefusesToSortASearch) {
    flow::ItemQuery query;
    query.words = "slow";
    query.order = flow::ItemOrder::due;
    const auto page = world.run(world.items.list(query));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::invalid);
}

TEST_P(Listing, KeepsItsOrderWhenItIsNarrowedDownToAState) {
    const ItemId first = raise(ada, "a", "One"), second = raise(ada, "b", "Two"),
                 heard = raise(ada, "c", "Three");
    world.hear(heard);
    world.clock.advance(1h);
    ASSERT_TRUE(world.run(world.loop.note(world.on(first), "A word among ourselves.")));
    flow::ItemQuery query;
    query.state = core::State::raised;
    query.order = flow::ItemOrder::changed;
    EXPECT_EQ(found(query), (Ids{first, second}));
    query.order = flow::ItemOrder::due;
    query.limit = 1;
    const auto page = world.run(world.items.list(query));
    ASSERT_TRUE(page && page->next);
    EXPECT_EQ(page->items.front().item.id, first);
    query.after = page->next;
    EXPECT_EQ(found(query), Ids{second});
}

TEST_P(Listing, CountsEveryStateWhateverIsAskedFor) {
    raise(ada, "a", "The export is late.");
    world.hear(raise(ada, "b", "The export stops."));
    world.hear(raise(world.customer("bob@example.org"), "c", "Nobody calls back."));
    const auto counted = [&](flow::ItemQuery query) {
        const auto counts = world.run(world.items.counts(std::move(query)));
        EXPECT_TRUE(counts) << counts.error().message;
        std::map<core::State, std::int64_t> columns;
        if (counts)
            for (const flow::ColumnCount& one : counts->columns) {
                EXPECT_FALSE(one.more);
                columns[one.state] = one.items;
            }
        EXPECT_EQ(columns.size(), core::kStates.size()) << "each state once, also those without items";
        return std::pair(columns[core::State::raised], columns[core::State::heard]);
    };
    EXPECT_EQ(counted({}), std::pair(1L, 2L));
    flow::ItemQuery of_ada, with_words, of_segment, of_nobody, of_account;
    of_ada.contact = ada.id.text();
    with_words.words = "export";
    of_segment.segment = "reliable";
    of_nobody.owner = "tea_nobody";
    of_account.account = ada.account.text();
    of_account.level = "operational";
    EXPECT_EQ(counted(of_ada), std::pair(1L, 1L));
    EXPECT_EQ(counted(with_words), std::pair(1L, 1L));
    EXPECT_EQ(counted(of_segment), std::pair(1L, 2L));
    EXPECT_EQ(counted(of_nobody), std::pair(0L, 0L));
    EXPECT_EQ(counted(of_account), std::pair(1L, 2L));
    flow::ItemQuery wordless;
    wordless.words = "...";
    EXPECT_EQ(counted(wordless), std::pair(0L, 0L));
}

TEST_P(Listing, SaysHowLongItemsStayWhereTheyAre) {
    const ItemId id = raise(ada, "a", "It is slow.");
    EXPECT_TRUE(world.run(world.items.counts(flow::ItemQuery{}))->paces.empty());
    world.clock.advance(5h);
    world.hear(id);
    const auto counts = world.run(world.items.counts(flow::ItemQuery{}));
    ASSERT_TRUE(counts);
    ASSERT_EQ(counts->paces.size(), 1U);
    EXPECT_EQ(counts->paces.front().state, core::State::raised);
    EXPECT_EQ(counts->paces.front().median, 5h);
}

}  // namespace
}  // namespace candour::store::contract
