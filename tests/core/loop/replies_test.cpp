#include "core/loop/story.hpp"

namespace candour::core {
namespace {

const MessageId kTold{IdBytes{9}};
const EvidencePolicy kRepliesCount{Strength::confirmed, false};

std::vector<Event> events_in(const Result<Step>& step) {
    std::vector<Event> events;
    if (step)
        for (const LedgerEvent& event : step->events) events.push_back(event.event);
    return events;
}

class Replies : public testing::Test {
 protected:
    Reply reply(bool by_contact = true) const {
        return {"Thank you, that helps.", "ada@otter.example", by_contact, "", 12};
    }
    MessageFate closing() const { return {kTold, MessageKind::closing, story.item.round, ""}; }
    Result<Step> answer(bool by_contact = true) const {
        return replied(story.item, story.by("con_ada"), reply(by_contact), closing());
    }
    /// The customer was told by mail.
    void told() {
        story.heard();
        ASSERT_TRUE(story.take(decide(story.item, story.by(), {false, "No", "Because", "", "", kNever})));
        ASSERT_TRUE(story.take(tell(story.item, story.by(), kTold, story.now)));
        ASSERT_TRUE(story.take(handed_over(story.item, story.by("host"), closing())));
    }

    Story story;
};

TEST_F(Replies, ToTheClosingMessageAreSeenAndCloseNothingByThemselves) {
    told();
    ASSERT_TRUE(story.take(answer()));
    EXPECT_EQ(story.item.state, State::told);
    EXPECT_EQ(story.item.evidence, Strength::seen);
    EXPECT_EQ(story.item.evidence_source, "reply");
    EXPECT_EQ(story.item.pending_reply, PendingReply::answer);
    EXPECT_EQ(story.ledger[story.ledger.size() - 2].content.at("text"), "Thank you, that helps.");
    EXPECT_EQ(story.ledger[story.ledger.size() - 2].content.at("mail"), "12");
}

TEST_F(Replies, CloseTheItemOnceItsOwnerSaysThatTheyAgree) {
    told();
    ASSERT_TRUE(story.take(answer()));
    ASSERT_TRUE(story.take(no_objection(story.item, story.by(), {})));
    EXPECT_EQ(story.item.state, State::visibly_closed);
    EXPECT_EQ(story.ledger.back().content.at("source"), "reply");
    EXPECT_EQ(story.item.pending_reply, PendingReply::none);
}

TEST_F(Replies, DoNotCloseWhereTheCustomerMustConfirm) {
    told();
    ASSERT_TRUE(story.take(answer()));
    EXPECT_EQ(events_in(no_objection(story.item, story.by(), kRepliesCount)),
              std::vector{Event::no_objection});
}

TEST_F(Replies, BeginANewRoundWhenTheirAuthorObjects) {
    told();
    ASSERT_TRUE(story.take(answer()));
    const auto step = objected(story.item, story.by(), "still too slow", story.due());
    EXPECT_EQ(events_in(step), (std::vector{Event::objected, Event::reopened}));
    ASSERT_TRUE(story.take(step));
    EXPECT_EQ(story.item.state, State::raised);
    EXPECT_EQ(story.item.round, 2);
    EXPECT_EQ(story.item.pending_reply, PendingReply::none);
    EXPECT_EQ(story.item.evidence, Strength::none);
}

TEST_F(Replies, FromAnotherAddressProveNothingUntilTheOwnerVouchesForThem) {
    told();
    ASSERT_TRUE(story.take(answer(false)));
    EXPECT_LT(story.item.evidence, Strength::seen);
    EXPECT_EQ(story.item.pending_reply, PendingReply::answer);
    EXPECT_EQ(story.ledger.back().content.at("another_address"), "yes");
    EXPECT_EQ(events_in(no_objection(story.item, story.by(), {})),
              (std::vector{Event::no_objection, Event::seen, Event::visibly_closed}));
}

TEST_F(Replies, ToAnOlderMessageAreWordsAndNoProof) {
    told();
    const MessageFate older{MessageId(IdBytes{4}), MessageKind::heard, 1, ""};
    ASSERT_TRUE(story.take(replied(story.item, story.by("con_ada"), reply(), older)));
    EXPECT_LT(story.item.evidence, Strength::seen);
    EXPECT_EQ(story.item.pending_reply, PendingReply::words) << "somebody must read them all the same";
    EXPECT_EQ(events_in(no_objection(story.item, story.by(), {})), std::vector{Event::no_objection});
}

TEST_F(Replies, WhileSomebodyWorksOnTheItemWaitForNobody) {
    story.heard();
    ASSERT_TRUE(story.take(answer()));
    EXPECT_EQ(story.ledger.back().event, Event::replied)
        << "nothing was told yet, so it answers no closing message";
    EXPECT_EQ(story.item.pending_reply, PendingReply::none);
    const auto step = no_objection(story.item, story.by(), {});
    ASSERT_FALSE(step);
    EXPECT_EQ(step.error().code, ErrorCode::conflict);
    EXPECT_FALSE(objected(story.item, story.by(), "", story.due()));
}

TEST_F(Replies, ToTheClosingMessageOfAnEarlierRoundAreOnlyWords) {
    told();
    ASSERT_TRUE(story.take(press_not_yet(story.item, story.by("con_ada"), "No.", story.due())));
    const MessageFate earlier{kTold, MessageKind::closing, 1, ""};
    EXPECT_EQ(events_in(replied(story.item, story.by("con_ada"), reply(), earlier)),
              std::vector{Event::replied});
}

TEST_F(Replies, AfterAClosureAreAskedAboutAndMayReopenIt) {
    told();
    ASSERT_TRUE(story.take(press_seen(story.item, story.by("con_ada"), {})));
    ASSERT_TRUE(story.take(answer()));
    EXPECT_EQ(story.item.state, State::visibly_closed);
    EXPECT_EQ(story.item.pending_reply, PendingReply::answer);
    ASSERT_TRUE(story.take(objected(story.item, story.by(), "", story.due())));
    EXPECT_EQ(story.item.state, State::raised);
}

TEST_F(Replies, NeedWords) {
    told();
    Reply empty = reply();
    empty.text = " \n";
    EXPECT_FALSE(replied(story.item, story.by("con_ada"), empty, closing()));
}

TEST_F(Replies, AreTakenBackByNoBounceThatComesLate) {
    told();
    ASSERT_TRUE(story.take(answer()));
    ASSERT_TRUE(story.take(bounced(story.item, story.by("host"), closing())));
    EXPECT_EQ(story.item.state, State::decided);
    EXPECT_EQ(story.item.evidence, Strength::none);
}

TEST_F(Replies, AndADeliveryNoticeIsTheWeakestProofOfATelling) {
    EXPECT_TRUE(delivered(story.item, story.by("host"), closing())->events.empty()) << "nothing was told yet";
    told();
    ASSERT_TRUE(story.take(delivered(story.item, story.by("host"), closing())));
    EXPECT_EQ(story.item.evidence, Strength::delivered);
    EXPECT_EQ(story.item.state, State::told);
    EXPECT_TRUE(delivered(story.item, story.by("host"), closing())->events.empty()) << "once is enough";
}

}  // namespace
}  // namespace candour::core
