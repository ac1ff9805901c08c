#include "core/campaign/audience.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;

const Instant kAsked{std::chrono::microseconds{1'750'000'000'000'000}};

Candidate candidate(std::uint8_t number, const std::string& address = "") {
    Candidate one;
    one.contact = ContactId(IdBytes{number});
    one.account = AccountId(IdBytes{100});
    one.account_ref = "A-1";
    one.segment = Segment::reliable;
    one.level = Level::executive;
    one.address = address.empty() ? "c" + std::to_string(number) + "@example.org" : address;
    return one;
}

TEST(Audience, OfNobodyIsRefused) {
    EXPECT_EQ(check({}).error().code, ErrorCode::invalid);
}

TEST(Audience, OfEverybodyIsSaidAloneOrNotAtAll) {
    Audience audience;
    audience.all = true;
    EXPECT_TRUE(check(audience));
    audience.levels = {"executive"};
    EXPECT_FALSE(check(audience));
}

TEST(Audience, NamesOnlySegmentsAndLevelsThatExist) {
    Audience audience;
    audience.segments = {"reliable", "gold"};
    const Done checked = check(audience);
    ASSERT_FALSE(checked);
    EXPECT_NE(checked.error().message.find("\"gold\""), std::string::npos);
    EXPECT_NE(checked.error().message.find("co_creator"), std::string::npos);
    audience.segments.clear();
    audience.levels = {"Executive"};
    EXPECT_FALSE(check(audience)) << "names are exact";
}

TEST(Audience, IsNarrowedDownByEachOfItsLists) {
    const Candidate ada = candidate(1);
    EXPECT_TRUE(belongs({.accounts = {"A-1"}}, ada));
    EXPECT_TRUE(belongs({.accounts = {ada.account.text()}}, ada));
    EXPECT_FALSE(belongs({.accounts = {"A-2"}}, ada));
    EXPECT_TRUE(belongs({.segments = {"edge", "reliable"}, .levels = {"executive"}}, ada));
    EXPECT_FALSE(belongs({.segments = {"reliable"}, .levels = {"managerial"}}, ada));
    EXPECT_TRUE(belongs({.contacts = {"c1@example.org"}}, ada));
    EXPECT_TRUE(belongs({.contacts = {ada.contact.text()}}, ada));
    EXPECT_FALSE(belongs({.accounts = {"A-1"}, .contacts = {"c2@example.org"}}, ada));
    EXPECT_TRUE(belongs({.all = true}, ada));
}

TEST(Audience, NeverTakesAnEmptyNameForAContactWithoutAddress) {
    Candidate silent = candidate(1);
    silent.address.clear();
    EXPECT_FALSE(belongs({.contacts = {""}}, silent));
}

TEST(Audience, KnowsRolesAndTags) {
    Candidate ada = candidate(1);
    ada.roles = "champion,sponsor";
    ada.tags = "board,pilot";
    EXPECT_TRUE(belongs({.roles = {"sponsor"}}, ada));
    EXPECT_TRUE(belongs({.tags = {"key", "pilot"}}, ada)) << "any of them";
    EXPECT_FALSE(belongs({.tags = {"pil"}}, ada)) << "a whole word";
    EXPECT_FALSE(belongs({.roles = {"sponsor"}, .tags = {"key"}}, ada)) << "lists narrow each other down";
    EXPECT_FALSE(check({.roles = {"boss"}}));
}

TEST(Audience, LooksAtTheLastAnswer) {
    Candidate ada = candidate(1), bob = candidate(2);
    ada.answered_on = 20'000;
    ada.score = 9;
    Audience audience;
    audience.last_answer.never = true;
    EXPECT_TRUE(check(audience));
    EXPECT_FALSE(belongs(audience, ada));
    EXPECT_TRUE(belongs(audience, bob));
    audience.last_answer = {.before = 20'001};
    EXPECT_TRUE(belongs(audience, ada));
    EXPECT_FALSE(belongs(audience, bob)) << "who never answered did not answer before";
    audience.last_answer = {.before = 20'000};
    EXPECT_FALSE(belongs(audience, ada));
    audience.last_answer = {.after = 19'999, .classes = {"promoter"}};
    EXPECT_TRUE(belongs(audience, ada));
    audience.last_answer.classes = {"detractor", "passive"};
    EXPECT_FALSE(belongs(audience, ada));
    ada.score = -1;
    EXPECT_FALSE(belongs(audience, ada)) << "an answer without a score has no class";
}

TEST(Audience, RefusesALastAnswerThatNobodyCanHave) {
    Audience audience;
    audience.last_answer = {.never = true, .before = 20'000};
    EXPECT_FALSE(check(audience));
    audience.last_answer = {.before = 20'000, .after = 19'999};
    EXPECT_FALSE(check(audience));
    audience.last_answer = {.before = 20'000, .after = 19'998};
    EXPECT_TRUE(check(audience));
    audience.last_answer = {.classes = {"happy"}};
    EXPECT_NE(check(audience).error().message.find("promoter"), std::string::npos);
}

TEST(Audience, ClassesOfScoresAreThoseOfTheFigure) {
    EXPECT_EQ(class_of(0), ScoreClass::detractor);
    EXPECT_EQ(class_of(6), ScoreClass::detractor);
    EXPECT_EQ(class_of(7), ScoreClass::passive);
    EXPECT_EQ(class_of(8), ScoreClass::passive);
    EXPECT_EQ(class_of(9), ScoreClass::promoter);
}

TEST(Choosing, LeavesWhoWantsItLighterInPeaceForTwiceTheRest) {
    Candidate often = candidate(1), seldom = candidate(2);
    often.asked_within_twice = seldom.asked_within_twice = kAsked;
    seldom.light = true;
    const std::vector<Chosen> chosen = choose({often, seldom});
    EXPECT_EQ(chosen[0].left_out, std::nullopt);
    EXPECT_EQ(chosen[1].left_out, LeftOut::resting);
}

TEST(Choosing, AsksNobodyAQuestionThatTheyMuted) {
    Candidate ada = candidate(1);
    ada.muted = true;
    EXPECT_EQ(choose({ada}).front().left_out, LeftOut::muted);
}

TEST(Choosing, SaysEveryReasonInWords) {
    for (const auto& [reason, name] : kLeftOut) EXPECT_FALSE(words_of(reason).empty()) << name;
    for (const auto& [waits, name] : kWaits) EXPECT_FALSE(words_of(waits).empty()) << name;
}

TEST(Choosing, LeavesNobodyOutWithoutAReason) {
    std::vector<Candidate> people(7, candidate(1));
    for (std::uint8_t i = 0; i < people.size(); ++i) people[i] = candidate(i);
    people[0].active = false;
    people[1].address.clear();
    people[2].suppressed = true;
    people[3].opted_out = true;
    people[4].asked_at = kAsked;
    people[6].address = people[5].address;
    const std::vector<Chosen> chosen = choose(people);
    ASSERT_EQ(chosen.size(), 7U);
    const std::optional<LeftOut> expected[] = {LeftOut::inactive,  LeftOut::no_address, LeftOut::suppressed,
                                               LeftOut::opted_out, LeftOut::resting,    std::nullopt,
                                               LeftOut::duplicate};
    for (std::size_t i = 0; i < chosen.size(); ++i) EXPECT_EQ(chosen[i].left_out, expected[i]) << i;
}

TEST(Choosing, NamesWhatRulesOutMostFirst) {
    Candidate gone = candidate(1);
    gone.active = false;
    gone.suppressed = true;
    gone.asked_at = kAsked;
    EXPECT_EQ(choose({gone}).front().left_out, LeftOut::inactive);
    gone.active = true;
    EXPECT_EQ(choose({gone}).front().left_out, LeftOut::suppressed);
}

TEST(Choosing, AsksTheSecondContactOfAnAddressWhenTheFirstIsLeftOut) {
    Candidate first = candidate(1, "ada@example.org"), second = candidate(2, "ada@example.org");
    first.active = false;
    const std::vector<Chosen> chosen = choose({first, second});
    EXPECT_EQ(chosen[1].left_out, std::nullopt);
}

}  // namespace
}  // namespace candour::core
