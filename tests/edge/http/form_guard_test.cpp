#include "edge/http/form_guard.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace candour::http {
namespace {

using namespace std::chrono_literals;

const core::Instant kOpened = core::from_us(1'800'000'000'123'000);
const std::string kKey(32, 'k');

std::string press_in(const std::string& html) {
    const std::string before = "name=\"nonce\" value=\"";
    const std::size_t at = html.find(before) + before.size();
    return html.substr(at, html.find('"', at) - at);
}

Form pressed(const std::string& press, std::vector<FormField> more = {}) {
    more.push_back({"nonce", press});
    return Form(more);
}

struct Survey {
    FormGuard guard{{kKey}};
    std::string press = press_in(guard.form_fields("survey", "msg_1", kOpened));

    Result<FormPress> after(core::Instant now, std::vector<FormField> more = {}) const {
        return guard.read_press(pressed(press, std::move(more)), "survey", "msg_1", now);
    }
};

TEST(FormGuard, TakesAPressAfterAHumanPauseAsUnverified) {
    const Survey survey;
    const Result<FormPress> press = survey.after(kOpened + 1500ms);
    ASSERT_TRUE(press);
    EXPECT_EQ(press->answer_class, core::AnswerClass::unverified);
    EXPECT_EQ(press->issued_at, kOpened);
    EXPECT_EQ(press->idempotency_key, survey.press.substr(0, 26));
}

TEST(FormGuard, TakesAPressFasterThanReadingForAMachine) {
    const Result<FormPress> press = Survey{}.after(kOpened + 1499ms);
    ASSERT_TRUE(press);
    EXPECT_EQ(press->answer_class, core::AnswerClass::likely_bot);
}

TEST(FormGuard, TakesWhoFallsIntoATrapForAMachine) {
    const Survey survey;
    EXPECT_EQ(survey.after(kOpened + 1min, {{"topic_code", "x"}})->answer_class,
              core::AnswerClass::likely_bot);
    EXPECT_EQ(survey.after(kOpened + 1min, {{"press_all", "1"}})->answer_class,
              core::AnswerClass::likely_bot);
    EXPECT_EQ(survey.after(kOpened + 1min, {{"topic_code", ""}})->answer_class,
              core::AnswerClass::unverified);
}

TEST(FormGuard, GivesEveryPageAKeyOfItsOwnAndADoublePressTheSame) {
    const Survey first, second;
    EXPECT_NE(first.press, second.press);
    EXPECT_EQ(first.after(kOpened + 2s)->idempotency_key, first.after(kOpened + 3s)->idempotency_key);
}

TEST(FormGuard, RefusesAFormThatIsOlderThanADay) {
    const Survey survey;
    EXPECT_TRUE(survey.after(kOpened + 24h));
    const Result<FormPress> late = survey.after(kOpened + 24h + 1ms);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::conflict);
    EXPECT_NE(late.error().message.find("Open your link again"), std::string::npos);
}

TEST(FormGuard, ForgivesClocksThatDifferByAMinuteAndNoMore) {
    const Survey survey;
    EXPECT_TRUE(survey.after(kOpened - 1min));
    EXPECT_FALSE(survey.after(kOpened - 1min - 1ms));
}

TEST(FormGuard, RefusesAFormWithoutItsHiddenPart) {
    const Result<FormPress> press = FormGuard({kKey}).read_press(Form{}, "survey", "msg_1", kOpened);
    ASSERT_FALSE(press);
    EXPECT_EQ(press.error().code, ErrorCode::invalid);
}

TEST(FormGuard, RefusesAFormOfAnotherPageOrPerson) {
    const Survey survey;
    const Form form = pressed(survey.press);
    EXPECT_FALSE(survey.guard.read_press(form, "loop", "msg_1", kOpened + 1min));
    EXPECT_FALSE(survey.guard.read_press(form, "survey", "msg_2", kOpened + 1min));
    EXPECT_FALSE(survey.guard.read_press(form, "surveym", "sg_1", kOpened + 1min));
}

TEST(FormGuard, RefusesEveryFormThatWasChangedInOneCharacter) {
    const Survey survey;
    for (std::size_t i = 0; i < survey.press.size(); ++i) {
        std::string forged = survey.press;
        forged[i] = forged[i] == '0' ? '1' : '0';
        const Result<FormPress> press =
            survey.guard.read_press(pressed(forged), "survey", "msg_1", kOpened + 1min);
        ASSERT_FALSE(press) << i;
        EXPECT_EQ(press.error().code, ErrorCode::denied);
    }
}

TEST(FormGuard, AcceptsTheOldKeyWhileANewOneIsComing) {
    const Survey survey;
    const FormGuard both({kKey, std::string(32, 'n')});
    const FormGuard newer({std::string(32, 'n')});
    EXPECT_TRUE(both.read_press(pressed(survey.press), "survey", "msg_1", kOpened + 1min));
    EXPECT_FALSE(newer.read_press(pressed(survey.press), "survey", "msg_1", kOpened + 1min));
    const std::string fresh = press_in(both.form_fields("survey", "msg_1", kOpened));
    EXPECT_TRUE(newer.read_press(pressed(fresh), "survey", "msg_1", kOpened + 1min));
}

TEST(FormGuard, HidesItsTrapsFromPeopleWithoutAnInlineStyle) {
    const std::string html = FormGuard({kKey}).form_fields("survey", "msg_1", kOpened);
    EXPECT_NE(html.find("class=\"leave\" aria-hidden=\"true\""), std::string::npos);
    EXPECT_NE(kTrapStyle.find(".leave{"), std::string_view::npos);
    EXPECT_EQ(html.find("style="), std::string::npos);
    EXPECT_NE(
        html.find(
            "<input type=\"text\" name=\"topic_code\" value=\"\" tabindex=\"-1\" autocomplete=\"off\">"),
        std::string::npos);
    EXPECT_NE(html.find("name=\"press_all\" value=\"1\" tabindex=\"-1\""), std::string::npos);
}

RC_GTEST_PROP(FormGuard, BelievesNothingItDidNotWrite, (const std::string& text)) {
    static const FormGuard guard({kKey});
    RC_ASSERT(!guard.read_press(pressed(text), "survey", "msg_1", kOpened));
}

}  // namespace
}  // namespace candour::http
