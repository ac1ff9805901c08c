#include "edge/http/encoding.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace candour::http {
namespace {

TEST(PercentDecoding, ReadsEscapesInBothCases) {
    EXPECT_EQ(*percent_decode("a%2fb%2F%C3%a9"), "a/b/é");
}

TEST(PercentDecoding, KeepsAPlusUnlessItStandsForASpace) {
    EXPECT_EQ(*percent_decode("a+b"), "a+b");
    EXPECT_EQ(*percent_decode("a+b", Plus::is_space), "a b");
}

TEST(PercentDecoding, RefusesEscapesThatAreCutOffOrNotHexadecimal) {
    for (const char* bad : {"%", "a%", "%4", "a%4", "%zz", "%4g", "%%41", "% 1", "%-1"}) {
        const Result<std::string> decoded = percent_decode(bad);
        ASSERT_FALSE(decoded) << bad;
        EXPECT_EQ(decoded.error().code, ErrorCode::invalid);
    }
}

RC_GTEST_PROP(PercentDecoding, GivesBackWhatWasEncoded, (const std::string& text)) {
    RC_ASSERT(*percent_decode(percent_encode(text)) == text);
}

TEST(Utf8, AcceptsEveryLengthUpToTheLastCharacter) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(
        is_utf8("a\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesWhatOnlyLooksLikeIt) {
    const char* const bad[] = {
        "\x80",         "\xC3",     "\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFF",         "\xC3(",    "\xE2(\x82",        "\xE2\x82("};
    for (const char* text : bad) EXPECT_FALSE(is_utf8(text)) << percent_encode(text);
}

}  // namespace
}  // namespace candour::http
