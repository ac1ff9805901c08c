#include "edge/store/exports.hpp"

#include <set>

#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

class ExportsContract : public Contract {
 protected:
    flow::ItemFiles files(flow::ItemQuery query = {}) {
        const Result<flow::ItemFiles> found =
            world.run(exports.item_files(std::move(query), world.clock.now()));
        EXPECT_TRUE(found) << found.error().message;
        return found.value_or({});
    }
    std::vector<flow::CommitmentView> promises(flow::PromisePlace place, flow::CommitmentQuery query = {}) {
        const auto found = world.run(exports.promises(std::move(query), std::move(place), world.clock.now()));
        EXPECT_TRUE(found) << found.error().message;
        return found.value_or({});
    }
    void promise_alone(const std::string& words) {
        core::Commitment wanted;
        wanted.account = world.customer().account;
        wanted.promise = words;
        wanted.source = core::PromisedIn::sales;
        wanted.due_at = world.clock.now() + 48h;
        const auto entry = core::make(wanted, {"tea_grace", world.clock.now()}, "");
        ASSERT_TRUE(entry);
        ASSERT_TRUE(world.run(world.promises.promise(wanted, *entry)));
    }

    Exports exports{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, ExportsContract, both(), named);

TEST_P(ExportsContract, BringEachItemWithItsLedgerAndItsPromises) {
    const ItemId first = world.raise("a"), second = world.raise("b");
    world.hear(first);
    world.decide(first);
    const flow::ItemFiles found = files();
    ASSERT_EQ(found.files.size(), 2U);
    EXPECT_FALSE(found.next);
    EXPECT_EQ(found.files[0].view.item.id, second) << "newest first";
    ASSERT_EQ(found.files[0].history.size(), 1U);
    EXPECT_TRUE(found.files[0].promises.empty());
    ASSERT_EQ(found.files[1].history.size(), 3U);
    EXPECT_EQ(found.files[1].history[0].event.content.at("verbatim"), "It takes too long");
    EXPECT_EQ(found.files[1].history[2].event.content.at("text"), "We answer within a day");
    ASSERT_EQ(found.files[1].promises.size(), 1U);
    EXPECT_EQ(found.files[1].promises[0].standing, "open");
    world.clock.advance(std::chrono::days(60));
    EXPECT_EQ(files().files[1].promises[0].standing, "broken") << "by time alone";
}

TEST_P(ExportsContract, BringEveryItemOnceHoweverManyPages) {
    std::set<std::string> raised, seen;
    for (int i = 0; i < 7; ++i) raised.insert(world.raise(std::to_string(i)).text());
    flow::ItemQuery query;
    query.limit = 2;
    for (bool more = true; more;) {
        const flow::ItemFiles page = files(query);
        for (const flow::ItemFile& file : page.files)
            EXPECT_TRUE(seen.insert(file.view.item.id.text()).second);
        if (seen.size() == 4) world.raise("meanwhile");
        query.after = page.next;
        more = page.next.has_value();
    }
    EXPECT_EQ(seen, raised);
}

TEST_P(ExportsContract, KeepToTheFiltersOfTheList) {
    const ItemId heard = world.raise("a");
    world.raise("b");
    world.hear(heard);
    flow::ItemQuery query;
    query.state = core::State::heard;
    ASSERT_EQ(files(query).files.size(), 1U);
    EXPECT_EQ(files(query).files[0].view.item.id, heard);
}

TEST_P(ExportsContract, BringAnswersInOrderOfArrivalBehindTheLastOne) {
    const core::Contact ada = world.customer();
    for (int i = 0; i < 3; ++i)
        world.accept({World::answer(ada, std::to_string(i), 9, "Fine " + std::to_string(i))});
    flow::AnswerQuery query;
    query.limit = 2;
    const auto first = world.run(exports.answers(query));
    ASSERT_TRUE(first) << first.error().message;
    ASSERT_EQ(first->size(), 2U);
    EXPECT_EQ(first->at(0).contact, "ada");
    EXPECT_EQ(first->at(0).account, "Analytical Engines");
    EXPECT_EQ(first->at(0).score, 9);
    EXPECT_NE(first->at(0).content.find("Fine 0"), std::string::npos);
    query.after = first->back().seq;
    const auto rest = world.run(exports.answers(query));
    ASSERT_EQ(rest->size(), 1U);
    EXPECT_NE(rest->at(0).content.find("Fine 2"), std::string::npos);
    query.source = "mail";
    query.after = 0;
    EXPECT_TRUE(world.run(exports.answers(query))->empty());
}

TEST_P(ExportsContract, BringPromisesOfItemsAndThoseThatStandAlone) {
    for (const char* key : {"a", "b"}) {
        const ItemId item = world.raise(key);
        world.hear(item);
        world.decide(item);
    }
    promise_alone("A visit");
    promise_alone("A call");
    flow::CommitmentQuery one;
    one.limit = 1;
    const auto first = promises({}, one);
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].account, "Analytical Engines");
    const auto second = promises({false, first[0].subject, first[0].round}, one);
    ASSERT_EQ(second.size(), 1U);
    EXPECT_NE(second[0].subject, first[0].subject);
    EXPECT_TRUE(promises({false, second[0].subject, second[0].round}).empty());
    const auto alone = promises({true, "", 0});
    ASSERT_EQ(alone.size(), 2U);
    EXPECT_EQ(alone[0].promise, "A visit");
    EXPECT_EQ(promises({true, "", alone[0].number}).size(), 1U);
    flow::CommitmentQuery sold;
    sold.source = "sales";
    EXPECT_TRUE(promises({}, sold).empty());
    EXPECT_EQ(promises({true, "", 0}, sold).size(), 2U);
}

}  // namespace
}  // namespace candour::store::contract
