#include "core/brand/colour.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace candour::core {
namespace {

TEST(Colour, IsReadAsItIsWrittenInStyles) {
    const Result<Colour> green = read_colour("#0B6b49");
    ASSERT_TRUE(green) << green.error().message;
    EXPECT_EQ(*green, (Colour{11, 107, 73}));
    EXPECT_EQ(to_text(*green), "#0b6b49");
    for (const char* wrong : {"", "0b6b49", "#0b6b4", "#0b6b499", "#0b6b4g", "#+1-2 3", "green", "#\n12345"})
        EXPECT_FALSE(read_colour(wrong)) << wrong;
}

TEST(Contrast, IsThatOfTheGuidelines) {
    const Colour white{255, 255, 255}, black{0, 0, 0};
    EXPECT_NEAR(contrast(white, black), 21.0, 1e-9);
    EXPECT_NEAR(contrast(black, white), 21.0, 1e-9);
    EXPECT_DOUBLE_EQ(contrast(white, white), 1.0);
    // #767676 is the lightest grey that WCAG's own examples call readable on white.
    EXPECT_NEAR(contrast({0x76, 0x76, 0x76}, white), 4.54, 0.005);
    EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, white), 4.48, 0.005);
}

TEST(Text, IsWhiteAsLongAsItCanBeRead) {
    EXPECT_EQ(text_on({0x76, 0x76, 0x76}), (Colour{255, 255, 255}));
    EXPECT_EQ(text_on({0x77, 0x77, 0x77}), (Colour{0, 0, 0}));
    EXPECT_EQ(text_on({255, 230, 0}), (Colour{0, 0, 0}));
}

RC_GTEST_PROP(Text, CanBeReadOnEveryColour, (Colour ground)) {
    RC_ASSERT(contrast(ground, text_on(ground)) >= 4.5);
    RC_ASSERT(*read_colour(to_text(ground)) == ground);
}

}  // namespace
}  // namespace candour::core
