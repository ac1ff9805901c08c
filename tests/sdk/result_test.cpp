#include "candour/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using candour::Error;
using candour::ErrorCode;
using candour::Result;

namespace {

Result<std::string> words(bool right) {
    if (right) return "content";
    return Error{ErrorCode::invalid, "no words"};
}

TEST(Result, TakesWhatItsValueCanBeMadeOf) {
    ASSERT_TRUE(words(true));
    EXPECT_EQ(*words(true), "content");
    const Result<std::optional<int>> some = 3;
    EXPECT_EQ(**some, 3);
    const Result<std::shared_ptr<const int>> shared = std::make_shared<int>(4);
    EXPECT_EQ(**shared, 4);
}

TEST(Result, OfAnErrorStaysAnError) {
    ASSERT_FALSE(words(false));
    EXPECT_EQ(words(false).error().message, "no words");
    EXPECT_FALSE(Result<std::string>());
}

TEST(Result, IsCopiedAndMovedAsItself) {
    Result<std::vector<int>> first = std::vector<int>{1, 2};
    const Result<std::vector<int>> second = first;
    const Result<std::vector<int>> third = std::move(first);
    EXPECT_EQ(*second, *third);
}

}  // namespace
