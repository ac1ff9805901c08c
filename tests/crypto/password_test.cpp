#include "crypto/password.hpp"

#include <gtest/gtest.h>

namespace candour::crypto {
namespace {

TEST(Password, IsKnownByItsHashAndNeverStandsInIt) {
    const std::string hash = hash_password("gentle otters count rivers");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$")) << hash;
    EXPECT_EQ(hash.find("otters"), std::string::npos);
    EXPECT_TRUE(is_password(hash, "gentle otters count rivers"));
    EXPECT_FALSE(is_password(hash, "gentle otters count river"));
    EXPECT_FALSE(is_password(hash, ""));
    EXPECT_NE(hash, hash_password("gentle otters count rivers")) << "each has a salt of its own";
}

TEST(Password, FitsNothingThatIsNoHash) {
    for (const std::string& text : {std::string(), std::string("$argon2id$"), std::string(500, 'x')})
        EXPECT_FALSE(is_password(text, "gentle otters count rivers"));
}

}  // namespace
}  // namespace candour::crypto
