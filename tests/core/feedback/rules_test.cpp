#include "core/feedback/rules.hpp"

#include <gtest/gtest.h>

#include "core/feedback/words.hpp"

namespace candour::core {
namespace {

Observation scored_answer(std::optional<int> score, const std::string& words = {}) {
    Observation observation;
    observation.source = "surveys";
    observation.kind = "survey.answer";
    observation.contact = ContactId(IdBytes{1});
    observation.score = score;
    observation.verbatim = words;
    return observation;
}

Rule rule(const std::string& name, RuleCondition when, RuleAction then) {
    return {name, std::move(when), std::move(then)};
}
RuleAction raise(bool yes) {
    return {yes, {}, {}, {}};
}

bool raised(const Rules& rules, const Observation& observation) {
    return judge(rules, facts_of(observation, rules)).raise();
}

TEST(BuiltInRules, RaiseWhoeverSaysSomething) {
    const Rules& rules = built_in_rules();
    for (int score = 0; score <= 10; ++score)
        EXPECT_EQ(raised(rules, scored_answer(score)), score <= 6) << score;
    EXPECT_TRUE(raised(rules, scored_answer(10, "Well done.")));
    EXPECT_FALSE(raised(rules, scored_answer(std::nullopt)));
    Observation wish = scored_answer(9);
    wish.contact_me = true;
    EXPECT_TRUE(raised(rules, wish));
    Observation mail = scored_answer(std::nullopt);
    mail.source = "mail";
    EXPECT_TRUE(raised(rules, mail));
}

TEST(RuleConditions, AskWhichSurveyItWasAndWhatElseWasAnswered) {
    RuleCondition pulse;
    pulse.abouts = {"after-closing"};
    pulse.answers = {{"resolved", {}, {}, {"no", "partly"}}, {"trust.fair", {}, 2, {}}};
    const Rules rules{1, {rule("open", pulse, raise(true))}};
    EXPECT_TRUE(rules.ask_answers());
    EXPECT_FALSE(built_in_rules().ask_answers());
    AnswerFacts facts = facts_of(scored_answer(std::nullopt), rules);
    facts.about = "after-closing";
    const auto with = [&facts, &rules](AnswerValues answers) {
        facts.answers = std::move(answers);
        return judge(rules, facts).raise();
    };
    EXPECT_TRUE(with({{"resolved", {"no"}}, {"trust.fair", {"2"}}}));
    EXPECT_TRUE(with({{"resolved", {"yes", "partly"}}, {"trust.fair", {"-1"}}}));
    EXPECT_FALSE(with({{"resolved", {"no"}}, {"trust.fair", {"3"}}}));
    EXPECT_FALSE(with({{"resolved", {"no"}}, {"trust.fair", {"two"}}}));
    EXPECT_FALSE(with({{"resolved", {"yes"}}, {"trust.fair", {"2"}}}));
    EXPECT_FALSE(with({{"resolved", {"no"}}}));
    EXPECT_STREQ(mismatch(pulse, facts), "answers");
    facts.about = "autumn";
    EXPECT_STREQ(mismatch(pulse, facts), "abouts");
}

TEST(RuleOrder, LetsTheFirstRuleThatFitsDecideEachPropertyForItself) {
    RuleCondition low;
    low.score_at_most = 6;
    RuleAction owned{std::nullopt, "priya@house.example", {}, {}};
    const Rules rules{1,
                      {rule("to priya", low, owned), rule("low", low, raise(true)),
                       rule("all", {}, {false, "otto@house.example", {}, {}})}};
    const Verdict verdict = judge(rules, facts_of(scored_answer(3), rules));
    EXPECT_TRUE(verdict.raise());
    EXPECT_EQ(verdict.of(RuleProperty::owner)->name, "to priya");
    EXPECT_EQ(verdict.of(RuleProperty::raise)->name, "low");
    EXPECT_EQ(verdict.of(RuleProperty::due), nullptr);
    const Verdict other = judge(rules, facts_of(scored_answer(9), rules));
    EXPECT_FALSE(other.raise());
    EXPECT_EQ(other.of(RuleProperty::owner)->name, "all");
}

TEST(RuleCondition, NeedsAllOfWhatItNamesAndOneOfEachList) {
    RuleCondition when;
    when.score_at_least = 3;
    when.score_at_most = 5;
    when.levels = {Level::executive, Level::managerial};
    AnswerFacts facts{"surveys", "survey.answer", 4, true, false, Level::executive, std::nullopt, {}, {}, {}};
    EXPECT_EQ(mismatch(when, facts), nullptr);
    facts.level = Level::operational;
    EXPECT_STREQ(mismatch(when, facts), "levels");
    facts.level.reset();
    EXPECT_STREQ(mismatch(when, facts), "levels") << "nobody knows the level";
    facts.score = 6;
    EXPECT_STREQ(mismatch(when, facts), "score");
    facts.score.reset();
    EXPECT_STREQ(mismatch(when, facts), "score") << "no score is no score within 3 and 5";
}

TEST(RuleCondition, FindsItsTopicsInTheWords) {
    RuleCondition when;
    when.words = {"rechnung*", "invoice"};
    const Rules rules{1, {rule("billing", when, raise(true))}};
    EXPECT_TRUE(rules.ask_words());
    EXPECT_TRUE(raised(rules, scored_answer(10, "Die RECHNUNGEN stimmen nie.")));
    EXPECT_TRUE(raised(rules, scored_answer(10, "No invoice!")));
    EXPECT_FALSE(raised(rules, scored_answer(0, "invoices")));
}

TEST(RuleCondition, CanAskThatThereIsNothing) {
    RuleCondition silent;
    silent.comment = false;
    const Rules rules{1, {rule("silence", silent, raise(false)), rule("all", {}, raise(true))}};
    EXPECT_FALSE(raised(rules, scored_answer(0)));
    EXPECT_TRUE(raised(rules, scored_answer(10, "words")));
}

TEST(Rules, SayWhatHasToBeLookedUpForThem) {
    EXPECT_FALSE(built_in_rules().ask_level() || built_in_rules().ask_segment() ||
                 built_in_rules().ask_words());
    RuleCondition edge;
    edge.segments = {Segment::edge};
    EXPECT_TRUE((Rules{1, {rule("edge", edge, raise(true))}}).ask_segment());
}

TEST(RuleDue, TakesThePlaceOfTheSegmentsDaysWhereItSaysSo) {
    using std::chrono::days;
    const Rules rules{1, {rule("fast", {}, {std::nullopt, {}, RuleDue{days(0), {}, days(7), {}}, {}})}};
    const SegmentPolicy policy =
        with_due(default_policy(Segment::reliable), judge(rules, facts_of(scored_answer(3), rules)));
    EXPECT_EQ(policy.hear, days(0));
    EXPECT_EQ(policy.decide, days(10));
    EXPECT_EQ(policy.change, days(7));
}

}  // namespace
}  // namespace candour::core
