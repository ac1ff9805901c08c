#include "core/feedback/signs.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace candour::core {
namespace {

using namespace std::chrono_literals;

const Instant kPage{std::chrono::microseconds{1'750'000'000'000'000}};

Opening opened(int score, std::chrono::microseconds after) {
    return {kPage + after, score, false, false};
}
Opening sent(int score, std::chrono::microseconds after) {
    return {kPage + after, score, true, false};
}

bool tried(std::vector<Opening> openings, int score = 9, std::chrono::microseconds sent_after = 5min) {
    return tried_many_scores(openings, kPage, kPage + sent_after, score);
}

TEST(ManyScores, AreTheWorkOfSomethingThatOpensThemAllAndWaits) {
    std::vector<Opening> all;
    for (int score = 0; score <= 10; ++score) all.push_back(opened(score, score * 100ms));
    EXPECT_TRUE(tried(all)) << "however long it waits before it presses";
}

TEST(ManyScores, AreTwoDifferentOnesWithinTenSecondsOfThePage) {
    EXPECT_TRUE(tried({opened(9, 0s), opened(7, -10s)}));
    EXPECT_TRUE(tried({opened(9, 0s), opened(7, 10s)}));
    EXPECT_FALSE(tried({opened(9, 0s), opened(7, -10s - 1us)}))
        << "a scanner's visit at delivery accuses nobody for ever";
    EXPECT_FALSE(tried({opened(9, 0s), opened(9, 1s), opened(9, 2s)})) << "reloading is reloading";
    EXPECT_FALSE(tried({opened(9, 0s), opened(-1, 1s)})) << "the link without a number names none";
}

TEST(ManyScores, AreNotWhatSomebodyDoesWhoChangesTheirMindOnThePage) {
    EXPECT_FALSE(tried({opened(7, 0s)}, 9, 4s));
}

TEST(ManyScores, AreAlsoTwoThatAreSentWithinTenSeconds) {
    EXPECT_TRUE(tried({sent(2, 5min - 10s)}));
    EXPECT_FALSE(tried({sent(2, 5min - 11s)})) << "that is a correction";
    EXPECT_FALSE(tried({sent(9, 5min - 1s)})) << "that is a button pressed twice";
}

TEST(ATrapLink, CountsForThePageThatItStandsOn) {
    const auto trap = [](std::chrono::microseconds after) {
        return std::vector<Opening>{{kPage + after, -1, false, true}};
    };
    EXPECT_TRUE(fell_into_trap(trap(1s), kPage));
    EXPECT_TRUE(fell_into_trap(trap(1h), kPage)) << "waiting does not help";
    EXPECT_FALSE(fell_into_trap(trap(-1h), kPage)) << "that was somebody else's page";
    EXPECT_FALSE(fell_into_trap({}, kPage));
}

TEST(ClassOfAnAnswer, FollowsHandAndWordsUnlessThePressWasAMachines) {
    using enum AnswerClass;
    EXPECT_EQ(class_of(unverified, false, false), unverified);
    EXPECT_EQ(class_of(unverified, false, true), human);
    EXPECT_EQ(class_of(human, true, false), human) << "a hand outweighs haste";
    EXPECT_EQ(class_of(unverified, true, false), likely_bot);
    EXPECT_EQ(class_of(likely_bot, false, true), likely_bot);
}

}  // namespace
}  // namespace candour::core
