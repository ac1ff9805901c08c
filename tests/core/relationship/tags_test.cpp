#include "core/relationship/tags.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using TagList = std::vector<std::string>;

TEST(Tags, AreKeptOnceInOrderAndInLowerCase) {
    EXPECT_EQ(*clean_tags({" Pilot ", "board", "pilot"}), (TagList{"board", "pilot"}));
    EXPECT_EQ(joined(*clean_tags({"b", "a"})), "a,b");
    EXPECT_TRUE(clean_tags({})->empty());
}

TEST(Tags, ThatCouldNotBeToldApartAreRefused) {
    for (const char* tag : {"", "  ", "a,b", "a;b", "a\nb"}) {
        const auto clean = clean_tags({tag});
        ASSERT_FALSE(clean) << tag;
        EXPECT_EQ(clean.error().code, ErrorCode::invalid);
    }
    EXPECT_FALSE(clean_tags({std::string(41, 'x')}));
    EXPECT_TRUE(clean_tags({std::string(40, 'x')}));
    TagList many;
    for (int i = 0; i <= 20; ++i) many.push_back("tag" + std::to_string(i));
    EXPECT_FALSE(clean_tags(many));
}

TEST(Tags, OfAFileStandInOneCell) {
    EXPECT_EQ(split_tags("board; pilot;; "), (TagList{"board", "pilot"}));
    EXPECT_TRUE(split_tags("").empty());
}

TEST(Tags, AreFoundAsWholeWords) {
    EXPECT_TRUE(holds_one_of("board,key", {"key"}));
    EXPECT_FALSE(holds_one_of("keys,board", {"key"}));
    EXPECT_FALSE(holds_one_of("", {"key"}));
    EXPECT_FALSE(holds_one_of("key", {}));
}

}  // namespace
}  // namespace candour::core
