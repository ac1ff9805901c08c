#include "core/feedback/raise_rule.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

Observation answer(std::optional<int> score) {
    Observation observation;
    observation.contact = ContactId(IdBytes{1});
    observation.score = score;
    return observation;
}

TEST(RaiseRule, TakesScoresUpToSixAndNoneAbove) {
    for (int score = 0; score <= 10; ++score) EXPECT_EQ(raises_item(answer(score)), score <= 6) << score;
    EXPECT_FALSE(raises_item(answer(std::nullopt)));
}

TEST(RaiseRule, TakesAnyCommentAndAnyWishToBeContacted) {
    Observation comment = answer(10);
    comment.verbatim = "Lovely";
    EXPECT_TRUE(raises_item(comment));
    Observation call_me = answer(std::nullopt);
    call_me.contact_me = true;
    EXPECT_TRUE(raises_item(call_me));
}

TEST(RaiseRule, LeavesAnonymousAnswersAndMachinesAlone) {
    Observation loud = answer(0);
    loud.verbatim = "Terrible";
    loud.contact_me = true;
    Observation bot = loud;
    bot.answer_class = AnswerClass::likely_bot;
    EXPECT_FALSE(raises_item(bot));
    Observation anonymous = loud;
    anonymous.contact = {};
    EXPECT_FALSE(raises_item(anonymous));
    loud.answer_class = AnswerClass::human;
    EXPECT_TRUE(raises_item(loud));
}

}  // namespace
}  // namespace candour::core
