#include "flow/evidence/loop_page.hpp"

#include <gtest/gtest.h>

#include "edge/store/contract/world.hpp"
#include "support/eventually.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;
using core::State;
using store::contract::World;

class Page : public testing::Test {
 protected:
    Link link_now() { return *world.run(world.links.find(*world.run(world.links.page_of(item)))); }
    Result<core::Item> press(Press button, const std::string& text = "") {
        return world.run(pages.press(link_now(), button, text));
    }
    void bring_to_told() {
        world.bring_to_changed(item);
        world.tell(item);
    }

    World world{store::Dialect::sqlite};
    LoopPages pages{world.links, world.items, world.clock, world.policies};
    ItemId item = world.raise();
};

TEST_F(Page, ClosesTheItemWhenItsReaderHasSeenIt) {
    bring_to_told();
    const auto after = press(Press::seen);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->state, State::visibly_closed);
    EXPECT_EQ(after->evidence, core::Strength::seen);
    const auto history = *world.run(world.items.history(item));
    EXPECT_EQ(history.at(history.size() - 2).event.actor, link_now().subject.contact.text())
        << "the customer did it";
    EXPECT_EQ(history.back().event.actor, "host");
}

TEST_F(Page, KeepsTheStrongerProof) {
    bring_to_told();
    ASSERT_TRUE(press(Press::seen));
    const auto after = press(Press::confirmed);
    EXPECT_EQ(after->evidence, core::Strength::confirmed);
    const int version = after->version;
    EXPECT_EQ(press(Press::confirmed)->version, version) << "a second press says nothing new";
    EXPECT_EQ(press(Press::seen)->version, version);
}

TEST_F(Page, ReopensWithTheReadersReasonAndNotWithoutOne) {
    bring_to_told();
    EXPECT_EQ(press(Press::not_yet, "  ").error().code, ErrorCode::invalid);
    EXPECT_EQ(world.item(item).state, State::told);
    world.clock.advance(24h);
    const auto after = press(Press::not_yet, "Still slow");
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->state, State::raised);
    EXPECT_EQ(after->round, 2);
    EXPECT_EQ(after->due, core::due_after(world.policies->of(core::Segment::reliable), world.clock.now()));
}

TEST_F(Page, LetsItsReaderCorrectUsUntilTheyAreTold) {
    ASSERT_TRUE(press(Press::correct, "I meant the other form"));
    EXPECT_EQ(world.events(item).back(), "corrected");
    EXPECT_EQ(press(Press::correct, "").error().code, ErrorCode::invalid);
    bring_to_told();
    EXPECT_EQ(press(Press::correct, "too late").error().code, ErrorCode::conflict);
}

TEST_F(Page, TakesTheSameCorrectionOnceAlsoWhenItIsPressedTwiceAtOnce) {
    const Link link = link_now();
    std::vector<Task<Result<core::Item>>> presses;
    for (int i = 0; i < 2; ++i)
        presses.push_back(pages.press(link, Press::correct, "I meant the other form"));
    std::vector<Result<core::Item>> outcomes;
    for (auto& press : presses)
        boost::asio::co_spawn(
            world.io, std::move(press),
            [&outcomes](std::exception_ptr, Result<core::Item> one) { outcomes.push_back(std::move(one)); });
    ASSERT_TRUE(support::eventually(world.io, [&] { return outcomes.size() == 2; }));
    for (const auto& outcome : outcomes) EXPECT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(world.events(item), (std::vector<std::string>{"raised", "corrected"}));
}

TEST_F(Page, GoesOnOnTheItemThatItsWordsWentOnIn) {
    const ItemId into = world.raise("the other one");
    const auto merged = world.run(world.belonging.merge({{item, 0}, 1}, {into, 0}, "tea_grace", ""));
    ASSERT_TRUE(merged) << merged.error().message;
    const auto facts = world.run(pages.show(link_now()));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->item.item.id, into);
    ASSERT_TRUE(press(Press::correct, "Both are about the form"));
    EXPECT_EQ(world.events(into).back(), "corrected");
    world.bring_to_changed(into);
    world.tell(into);
    EXPECT_EQ(press(Press::seen)->state, State::visibly_closed);
    EXPECT_EQ(world.item(item).state, State::dismissed);
}

TEST_F(Page, RefusesProofBeforeThereIsSomethingToSee) {
    for (const Press button : {Press::seen, Press::confirmed})
        EXPECT_EQ(press(button).error().code, ErrorCode::conflict);
    EXPECT_EQ(press(Press::not_yet, "no").error().code, ErrorCode::conflict);
    EXPECT_EQ(world.item(item).version, 1);
}

TEST_F(Page, ShowsEverythingAndChangesNothing) {
    bring_to_told();
    const int version = world.item(item).version;
    const auto facts = world.run(pages.show(link_now()));
    ASSERT_TRUE(facts) << facts.error().message;
    EXPECT_EQ(facts->item.verbatim, "It takes too long");
    EXPECT_EQ(facts->item.score, 3);
    EXPECT_EQ(facts->history.size(), static_cast<std::size_t>(version));
    EXPECT_EQ(world.item(item).version, version);
}

TEST_F(Page, WorksThroughTheLinkOfAnyMessageOfTheItem) {
    bring_to_told();
    const auto rows = *world.run(world.outbox.of_item(item));
    ASSERT_GE(rows.size(), 2U);
    for (const MessageRow& row : rows) {
        const auto facts = world.run(pages.show(*world.run(world.links.find(row.id))));
        ASSERT_TRUE(facts);
        EXPECT_EQ(facts->item.item.id, item);
    }
}

class OpeningALink : public Page {
 protected:
    LinkState open(const std::string& text, crypto::LinkPurpose purpose = crypto::LinkPurpose::loop) {
        const auto opened = world.run(open_link(world.links, tokens, purpose, text, world.clock.now()));
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? opened->state : LinkState::unknown;
    }

    crypto::LinkTokens tokens{{"a server key"}};
    MessageId message = *world.run(world.links.page_of(item));
    std::string token = tokens.issue(crypto::LinkPurpose::loop, message);
};

TEST_F(OpeningALink, FindsItsMessageWhileItWorks) {
    EXPECT_EQ(open(token), LinkState::works);
    const auto opened =
        world.run(open_link(world.links, tokens, crypto::LinkPurpose::loop, token, world.clock.now()));
    EXPECT_EQ(opened->link.item, item);
}

TEST_F(OpeningALink, KnowsNoTokenThatIsForgedForeignOrForSomethingElse) {
    std::string forged = token;
    forged[3] = forged[3] == '0' ? '1' : '0';
    EXPECT_EQ(open(forged), LinkState::unknown);
    EXPECT_EQ(open(""), LinkState::unknown);
    EXPECT_EQ(open(crypto::LinkTokens({"another key"}).issue(crypto::LinkPurpose::loop, message)),
              LinkState::unknown);
    EXPECT_EQ(open(token, crypto::LinkPurpose::survey), LinkState::unknown);
    EXPECT_EQ(open(tokens.issue(crypto::LinkPurpose::loop, MessageId(IdBytes{9}))), LinkState::unknown)
        << "signed, but no such row";
    EXPECT_EQ(open(tokens.issue(crypto::LinkPurpose::survey, message), crypto::LinkPurpose::survey),
              LinkState::unknown)
        << "the row is for another purpose";
}

TEST_F(OpeningALink, SaysThatItExpired) {
    world.clock.advance(std::chrono::days(180));
    EXPECT_EQ(open(token), LinkState::works) << "to the last moment";
    world.clock.advance(1us);
    EXPECT_EQ(open(token), LinkState::expired);
}

TEST_F(OpeningALink, SaysThatItWasRevokedEvenAfterItExpired) {
    ASSERT_TRUE(world.run(world.links.revoke(message, world.clock.now())));
    EXPECT_EQ(open(token), LinkState::revoked);
    world.clock.advance(std::chrono::days(999));
    EXPECT_EQ(open(token), LinkState::revoked);
}

/// A store that cannot be asked.
class AbsentLinks final : public LinkStore {
 public:
    Task<Result<Link>> find(MessageId) override {
        co_return Error{ErrorCode::unavailable, "the database went away"};
    }
    Task<Done> create(NewLink) override { co_return Error{ErrorCode::unavailable, ""}; }
    Task<Result<std::string>> send_test(TestLink) override { co_return Error{ErrorCode::unavailable, ""}; }
    Task<Done> revoke(MessageId, core::Instant) override { co_return Error{ErrorCode::unavailable, ""}; }
    Task<Result<MessageId>> page_of(ItemId) override { co_return Error{ErrorCode::unavailable, ""}; }
    Task<Result<core::Instant>> hear_due(ItemId) override { co_return Error{ErrorCode::unavailable, ""}; }
};

TEST_F(OpeningALink, IsAnErrorAndNoStateWhenNobodyCanTell) {
    AbsentLinks absent;
    const auto opened =
        world.run(open_link(absent, tokens, crypto::LinkPurpose::loop, token, world.clock.now()));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace candour::flow
