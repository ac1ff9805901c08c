#include "core/metrics/figure_words.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

TEST(FigureWords, SayWhatAPersonUnderstands) {
    EXPECT_EQ(figure_words("account_mean"), "mean of the accounts");
    EXPECT_EQ(figure_words("no_data"), "nothing to count");
}

TEST(FigureWords, ShowWhatNobodyWroteDownWithoutItsUnderscores) {
    EXPECT_EQ(figure_words("median_days_to_tell"), "median days to tell");
    EXPECT_EQ(figure_words("small n"), "small n");
    EXPECT_EQ(figure_words(""), "");
}

}  // namespace
}  // namespace candour::core
