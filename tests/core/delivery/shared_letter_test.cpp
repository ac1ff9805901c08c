#include "core/delivery/shared_letter.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

TEST(SharedLetter, IsPutTogetherWithEachReadersParts) {
    const std::string shared = place_of(0) + "Hello " + place_of(1) + ",\r\n" + place_of(2) + place_of(1);
    EXPECT_EQ(put_together(shared, join_parts({"To: a\r\n", "Ann", "https://x"})),
              "To: a\r\nHello Ann,\r\nhttps://xAnn");
    EXPECT_EQ(put_together(shared, join_parts({"", "", ""})), "Hello ,\r\n");
}

TEST(SharedLetter, HoldsAnyTextBesideItsPlaces) {
    EXPECT_EQ(put_together("", join_parts({"a"})), "");
    EXPECT_EQ(put_together("nobody in it", join_parts({"a"})), "nobody in it");
    const std::string long_part(100'000, 'w');
    EXPECT_EQ(put_together("<" + place_of(17) + ">", join_parts(std::vector<std::string>(18, long_part))),
              "<" + long_part + ">");
}

TEST(SharedLetter, LeavesAPlaceEmptyWhosePartIsMissing) {
    EXPECT_EQ(put_together("<" + place_of(3) + ">", join_parts({"a", "b"})), "<>");
    EXPECT_EQ(put_together("<" + place_of(0) + ">", ""), "<>");
    EXPECT_EQ(put_together(std::string("cut off ") + place_of(0)[0], join_parts({"a"})),
              std::string("cut off ") + place_of(0)[0]);
}

}  // namespace
}  // namespace candour::core
