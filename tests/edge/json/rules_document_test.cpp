#include "edge/json/rules_document.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace candour::json {
namespace {

TEST(RulesDocument, ComesBackAsItWasWritten) {
    const std::string text =
        R"({"rules":[{"name":"billing","when":{"score":{"at_most":6},"levels":["executive"],"words":["invoic*"]},)"
        R"("then":{"raise":true,"owner":"priya@house.example","due":{"hear_days":1},"watchers":["otto@house.example"]}}]})";
    const Result<core::Rules> rules = read_rules(text);
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(boost::json::serialize(rules_document(*rules)), text);
}

TEST(RulesDocument, OfTheBuiltInRulesCanBeRead) {
    const std::string text = boost::json::serialize(rules_document(core::built_in_rules()));
    const Result<core::Rules> rules = read_rules(text);
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->list.size(), core::built_in_rules().list.size());
}

TEST(RulesDocument, FoldsTopicsAndAddresses) {
    const Result<core::Rules> rules = read_rules(
        R"({"rules":[{"name":"x","when":{"words":["Übergabe*"]},"then":{"owner":"Priya@House.example"}}]})");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->list.front().when.words.front(), "ubergabe*");
    EXPECT_EQ(rules->list.front().then.owner, "priya@house.example");
}

TEST(RulesDocument, AsksWhichSurveyItWasAndWhatElseWasAnswered) {
    const std::string text =
        R"({"rules":[{"name":"open","when":{"abouts":["after-closing"],"answers":[{"question":"resolved","is":["no"]},)"
        R"({"question":"trust.fair","at_least":-1,"at_most":2}]},"then":{"raise":true}}]})";
    const Result<core::Rules> rules = read_rules(text);
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(boost::json::serialize(rules_document(*rules)), text);
}

TEST(AnswerValues, AreNumbersOptionsAndRowsByTheirNames) {
    const core::AnswerValues values = answer_values(
        R"({"csat":4,"deficit":-2,"topic":["price","people"],"trust":{"fair":2,"say":5},"terms":true,"x":null,"y":[{}]})");
    const core::AnswerValues expected{
        {"csat", {"4"}},       {"deficit", {"-2"}},  {"topic", {"price", "people"}},
        {"trust.fair", {"2"}}, {"trust.say", {"5"}}, {"terms", {"yes"}}};
    EXPECT_EQ(values, expected);
    for (const char* wrong : {"", "{", "[]", "7"}) EXPECT_TRUE(answer_values(wrong).empty()) << wrong;
}

struct Wrong {
    const char* text;
    const char* where;
};

class WrongRules : public testing::TestWithParam<Wrong> {};

TEST_P(WrongRules, AreRefusedWithTheirPlace) {
    const Result<core::Rules> rules = read_rules(GetParam().text);
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().code, ErrorCode::invalid);
    EXPECT_EQ(rules.error().message.find(GetParam().where), 0U) << rules.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    RulesDocument, WrongRules,
    testing::Values(
        Wrong{"{", "rules: is not JSON"}, Wrong{"[]", "rules: expected an object"},
        Wrong{R"({"rule":[]})", "rules: unknown field \"rule\""},
        Wrong{R"({"rules":{}})", "rules: expected a list"},
        Wrong{R"({"rules":[{"then":{"raise":true}}]})", "rules[0]: expected a name"},
        Wrong{R"({"rules":[{"name":"x"}]})", "rules[0]: expected then"},
        Wrong{R"({"rules":[{"name":"x","then":{}}]})", "rules[0].then: expected raise"},
        Wrong{R"({"rules":[{"name":"x","then":{"raise":"yes"}}]})",
              "rules[0].then.raise: expected true or false"},
        Wrong{R"({"rules":[{"name":"","then":{"raise":true}}]})", "rules[0].name: "},
        Wrong{R"({"rules":[{"name":"x","when":{"score":{"at_most":12}},"then":{"raise":true}}]})",
              "rules[0].when.score.at_most: expected a whole number from 0 to 10"},
        Wrong{R"({"rules":[{"name":"x","when":{"score":{"at_least":7,"at_most":3}},"then":{"raise":true}}]})",
              "rules[0].when.score: at_least is greater"},
        Wrong{R"({"rules":[{"name":"x","when":{"levels":["boss"]},"then":{"raise":true}}]})",
              "rules[0].when.levels: expected some of operational"},
        Wrong{R"({"rules":[{"name":"x","when":{"answers":[{"is":["no"]}]},"then":{"raise":true}}]})",
              "rules[0].when.answers[0]: expected a question"},
        Wrong{R"({"rules":[{"name":"x","when":{"answers":[{"question":"q"}]},"then":{"raise":true}}]})",
              "rules[0].when.answers[0]: expected at_least, at_most or is"},
        Wrong{R"({"rules":[{"name":"x","when":{"answers":{}},"then":{"raise":true}}]})",
              "rules[0].when.answers: expected a list"},
        Wrong{R"({"rules":[{"name":"x","when":{"words":["two words"]},"then":{"raise":true}}]})",
              "rules[0].when.words: expected single words"},
        Wrong{R"({"rules":[{"name":"x","then":{"owner":"priya"}}]})",
              "rules[0].then.owner: expected a teammate"},
        Wrong{R"({"rules":[{"name":"x","then":{"due":{"hear":1}}}]})",
              "rules[0].then.due: unknown field \"hear\""}));

}  // namespace
}  // namespace candour::json
