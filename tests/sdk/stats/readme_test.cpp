/// The statistics of sdk/README.md are compiled as they stand there, and say what the page says.
#include <gtest/gtest.h>

#include "stats_of_the_readme.hpp"

TEST(StatsReadme, ItsSnippetSaysWhatThePageSays) {
    EXPECT_EQ(sentence({3, 5, 12}), "NPS 45, between 8 and 70 (n = 20)");
    EXPECT_EQ(sentence({}), "no figure: no_data");
    EXPECT_EQ(sentence({-1, 0, 0}), "detractors: expected a count from 0 to 1e15, found -1");
}
