#include "core/loop/story.hpp"

namespace candour::core {
namespace {

const FailureTexts kTexts{"A gate was closed too early", "Nobody looked at the clock",
                          "The clock looks at the gate"};

bool says(const Result<Step>& step, const std::string& words) {
    return !step && step.error().message.find(words) != std::string::npos;
}

Story another(const ContactId& contact = ContactId(IdBytes{2})) {
    Story story;
    story.item.id = ItemId(IdBytes{8});
    story.item.contact = contact;
    return story;
}

TEST(OurFailure, OwesThreeTextsWithTheChange) {
    Story story;
    story.heard();
    Decision decision = Story::change_it(story.now + std::chrono::hours(48));
    decision.our_failure = true;
    story.must(decide(story.item, story.by(), decision));
    EXPECT_TRUE(story.item.our_failure);
    for (const FailureTexts& lacking : {FailureTexts{}, FailureTexts{"", "b", "c"},
                                        FailureTexts{"a", " ", "c"}, FailureTexts{"a", "b", ""}})
        EXPECT_TRUE(says(change(story.item, story.by(), "done", "", lacking), "the fault was ours"));
    story.must(change(story.item, story.by(), "done", "", kTexts));
    EXPECT_EQ(story.ledger.back().content.at("prevention"), kTexts.prevention);
}

TEST(OurFailure, TextsAreRefusedForWhatIsNotMarked) {
    Story story;
    story.heard().decided();
    EXPECT_TRUE(says(change(story.item, story.by(), "done", "", kTexts), "went_wrong: expected nothing"));
    story.must(mark_failure(story.item, story.by(), true, "the gate log"));
    story.must(change(story.item, story.by(), "done", "", kTexts));
}

TEST(OurFailure, CanBeTakenBackBeforeTheChangeAndIsMarkedOnce) {
    Story story;
    story.must(mark_failure(story.item, story.by(), true, ""));
    const int version = story.item.version;
    EXPECT_TRUE(mark_failure(story.item, story.by(), true, "")->events.empty());
    story.must(mark_failure(story.item, story.by(), false, "the customer's own proxy"));
    EXPECT_FALSE(story.item.our_failure);
    EXPECT_EQ(story.item.version, version + 1);
    story.changed_round();
    EXPECT_EQ(mark_failure(story.item, story.by(), true, "").error().code, ErrorCode::conflict);
}

TEST(OurFailure, CannotBeDecidedAwayWithoutAChange) {
    Story story;
    story.must(mark_failure(story.item, story.by(), true, "")).heard();
    Decision no{false, "No", "Because", "", "", kNever};
    EXPECT_TRUE(says(decide(story.item, story.by(), no), "a change is owed"));
}

TEST(HandingOn, ChangesTheOwnerAndSaysFromWhom) {
    Story story;
    story.must(hand_on(story.item, story.by(), "tea_ada", "on leave"));
    EXPECT_EQ(story.item.owner, "tea_ada");
    EXPECT_TRUE(hand_on(story.item, story.by(), "tea_ada", "")->events.empty()) << "it is theirs already";
    EXPECT_EQ(hand_on(story.item, story.by(), "", "").error().code, ErrorCode::invalid);
    story.closed();
    story.must(hand_on(story.item, story.by(), "tea_eve", ""));
    story.must(reopen(story.item, story.by(), "again", story.due()));
    EXPECT_EQ(story.item.owner, "tea_eve") << "the next round is still theirs";
    story.must(abandon(story.item, story.by(), "no"));
    EXPECT_EQ(hand_on(story.item, story.by(), "tea_ada", "").error().code, ErrorCode::conflict);
}

TEST(Themes, HoldAnItemOneAtATime) {
    Story story;
    story.must(join_theme(story.item, story.by(), "thm_1"));
    EXPECT_EQ(story.item.theme, "thm_1");
    EXPECT_TRUE(join_theme(story.item, story.by(), "thm_1")->events.empty());
    EXPECT_TRUE(says(join_theme(story.item, story.by(), "thm_2"), "in the theme thm_1 already"));
    EXPECT_TRUE(says(leave_theme(story.item, story.by(), "thm_2"), "not in the theme thm_2"));
    story.must(leave_theme(story.item, story.by(), "thm_1"));
    EXPECT_EQ(story.item.theme, "");
}

TEST(Merging, EndsOneAndCarriesItsWordsIntoTheOther) {
    Story from, into = another();
    const auto merging = merge(from.item, into.item, from.by(),
                               {{"verbatim", "Slow"}, {"score", "3"}, {"remark", "ours"}}, "same thing");
    ASSERT_TRUE(merging) << merging.error().message;
    from.must(merging->from);
    into.must(merging->into);
    EXPECT_EQ(from.item.state, State::dismissed);
    EXPECT_EQ(from.item.merged_into, into.item.id.text());
    EXPECT_EQ(into.item.state, State::raised);
    EXPECT_EQ(into.ledger.back().content.at("verbatim"), "Slow");
    EXPECT_FALSE(into.ledger.back().content.contains("remark")) << "what is ours stays where it was";
    from.must(reopen(from.item, from.by(), "not the same after all", from.due()));
    EXPECT_EQ(from.item.merged_into, "");
}

TEST(Merging, IsForTheSamePersonAndBeforeADecisionOnly) {
    Story from, stranger = another(ContactId(IdBytes{3})), into = another();
    EXPECT_EQ(merge(from.item, stranger.item, from.by(), {}, "").error().code, ErrorCode::conflict);
    EXPECT_EQ(merge(from.item, from.item, from.by(), {}, "").error().code, ErrorCode::invalid);
    from.item.contact = into.item.contact = {};
    EXPECT_EQ(merge(from.item, into.item, from.by(), {}, "").error().code, ErrorCode::conflict)
        << "nobody is not somebody";
    Story decided, other = another();
    decided.heard().decided();
    EXPECT_EQ(merge(decided.item, other.item, decided.by(), {}, "").error().code, ErrorCode::conflict);
    EXPECT_TRUE(merge(other.item, decided.item, decided.by(), {}, "")) << "the other way round it can";
}

TEST(Presses, AddNothingToWhatARecordedConversationHasClosed) {
    Story story;
    story.changed_round().told();
    story.must(record_conversation(story.item, story.by(), story.talk(), {}));
    ASSERT_EQ(story.item.state, State::visibly_closed);
    EXPECT_TRUE(press_seen(story.item, story.by("con_ada"), {})->events.empty());
    EXPECT_EQ(press_confirmed(story.item, story.by("con_ada"), {})->events.size(), 1U)
        << "a stronger proof is news";
}

TEST(Presses, StillCloseWhatARecordWasNotEnoughFor) {
    Story story;
    story.changed_round().told();
    story.must(record_conversation(story.item, story.by(), story.talk(), {Strength::seen, false}));
    ASSERT_EQ(story.item.state, State::told);
    story.must(press_seen(story.item, story.by("con_ada"), {Strength::seen, false}));
    EXPECT_EQ(story.item.state, State::visibly_closed);
}

}  // namespace
}  // namespace candour::core
