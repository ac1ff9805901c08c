#include "core/team/words.hpp"

#include "core/loop/story.hpp"

namespace candour::core {
namespace {

TEST(TeamWords, AreExplicitOnTheFirstLineOrNothing) {
    for (const char* vague :
         {"", "   \n\n", "Thanks!", "I will note: this is hard", "Please\nnote: this", "notes: plural",
          "> note: quoted", "Re: note: something", "decide: now", "note this", "LP-3", "LP-3 thanks",
          "LP-x note: text", "LP--3 note: text", "LP-0 note: text"})
        EXPECT_FALSE(read_team_words(vague)) << vague;
}

TEST(TeamWords, KeepANoteWhole) {
    const auto words = read_team_words("\n  NOTE : They switch banks in May.\r\n\r\nMore tomorrow.\r\n");
    ASSERT_TRUE(words);
    EXPECT_EQ(words->verb, TeamVerb::note);
    EXPECT_EQ(words->item, 0);
    EXPECT_EQ(words->text, "They switch banks in May.\n\nMore tomorrow.");
}

TEST(TeamWords, NameTheItemWhereTheMailIsAboutSeveral) {
    const auto words = read_team_words("lp-12 heard: The alerts come late.");
    ASSERT_TRUE(words);
    EXPECT_EQ(words->item, 12);
    EXPECT_EQ(words->verb, TeamVerb::heard);
    EXPECT_EQ(words->text, "The alerts come late.");
}

TEST(TeamWords, EndAStatementBeforeASignatureCouldBecomeOne) {
    const auto words =
        read_team_words("heard: The alerts come late,\nby an hour.\n\nPriya Raman\nHalden Systems");
    ASSERT_TRUE(words);
    EXPECT_EQ(words->text, "The alerts come late,\nby an hour.");
}

TEST(TeamWords, ReadTheLinesOfADecisionAndOfAChange) {
    const auto decided = read_team_words(
        "decided: We send them\nwithin a minute.\nWhy: Trucks\ndo not wait.\nby: 2031-05-31\ncost: one "
        "server");
    ASSERT_TRUE(decided);
    EXPECT_EQ(decided->text, "We send them\nwithin a minute.");
    EXPECT_EQ(decided->details,
              (Content{{"why", "Trucks\ndo not wait."}, {"by", "2031-05-31"}, {"cost", "one server"}}));
    const auto changed = read_team_words(
        "changed: They come in time.\nlink: https://example.com/a\nWent wrong: A queue\nlearned: "
        "Measure\nprevention: Alarms");
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->details, (Content{{"link", "https://example.com/a"},
                                         {"went wrong", "A queue"},
                                         {"learned", "Measure"},
                                         {"prevention", "Alarms"}}));
    const auto heard = read_team_words("heard: They say\nwhy: nobody tells them");
    EXPECT_EQ(heard->text, "They say\nwhy: nobody tells them") << "only a decision has a reason";
}

class TeamStep : public testing::Test {
 protected:
    Result<Step> step(const std::string& reply, Instant by = kNever) {
        const auto words = read_team_words(reply);
        EXPECT_TRUE(words) << reply;
        return step_of(*words, story.item, story.by(), by);
    }
    Event event(const std::string& reply, Instant by = kNever) {
        const Result<Step> taken = step(reply, by);
        EXPECT_TRUE(taken) << taken.error().message;
        return taken ? taken->events.back().event : Event::raised;
    }

    Story story;
};

TEST_F(TeamStep, IsTheCommandOfTheSameNameWithoutAMail) {
    EXPECT_EQ(event("note: hm"), Event::noted);
    const Result<Step> heard = step("heard: They come late.");
    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->events.back().event, Event::heard);
    EXPECT_TRUE(heard->promises.empty()) << "nothing leaves by itself";
    story.heard();
    EXPECT_EQ(event("decided: No.\nwhy: It would stop everybody else."), Event::decided_will_not_change);
    EXPECT_EQ(event("decided: Yes.\nby: 2031-05-31", story.now + std::chrono::hours(48)),
              Event::decided_will_change);
    story.decided();
    EXPECT_EQ(event("changed: They come in time."), Event::changed);
}

TEST_F(TeamStep, IsRefusedAsTheCommandWouldBe) {
    EXPECT_EQ(step("heard:").error().code, ErrorCode::invalid);
    EXPECT_EQ(step("note:").error().code, ErrorCode::invalid);
    EXPECT_EQ(step("changed: It did.").error().code, ErrorCode::conflict) << "nothing was decided";
    story.heard();
    EXPECT_EQ(step("decided: No.").error().code, ErrorCode::invalid) << "a refusal owes its reason";
    EXPECT_EQ(step("decided: Yes.\nby: 2001-01-01", kNoon - std::chrono::hours(1)).error().code,
              ErrorCode::invalid);
}

TEST_F(TeamStep, WritesANoteInEveryState) {
    story.closed();
    EXPECT_EQ(event("note: They sent cake."), Event::noted);
    const Item before = story.item;
    story.must(note(story.item, story.by(), "They sent cake."));
    EXPECT_EQ(story.item.state, before.state);
    EXPECT_EQ(story.item.evidence, before.evidence);
    EXPECT_EQ(story.item.version, before.version + 1);
}

}  // namespace
}  // namespace candour::core
