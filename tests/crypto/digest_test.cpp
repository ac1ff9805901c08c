#include "crypto/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candour::crypto {
namespace {

TEST(Digests, AreThoseOfTheStandard) {
    EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Macs, AreThoseOfRfc4231) {
    EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                                 "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hexadecimal, RoundTripsAnyBytesAndRefusesTheRest) {
    EXPECT_TRUE(rc::check("hexadecimal",
                          [](const std::string& bytes) { RC_ASSERT(from_hex(to_hex(bytes)) == bytes); }));
    EXPECT_EQ(from_hex("4A4b"), "JK");
    for (const char* text : {"4", "4g", "zz", "4a4", " 4a"}) EXPECT_EQ(from_hex(text), "") << text;
}

TEST(Comparison, TellsWhatDiffersAnywhere) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    for (const char* other : {"Abc", "aBc", "abC", "ab", "abcd", ""})
        EXPECT_FALSE(equal_in_constant_time("abc", other)) << other;
}

TEST(Randomness, HasTheSizeThatWasAskedForAndDiffers) {
    EXPECT_EQ(random_bytes(0).size(), 0U);
    EXPECT_EQ(random_bytes(1000).size(), 1000U);
    EXPECT_NE(random_bytes(32), random_bytes(32));
}

}  // namespace
}  // namespace candour::crypto
