#include "core/feedback/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candour::core {
namespace {

using namespace std::string_literals;

struct Bytes {
    const char* what;
    std::string text;
};

TEST(Utf8, CountsCodePointsOfWhatIsValid) {
    const std::pair<std::string, std::size_t> valid[] = {{"", 0},
                                                         {"a", 1},
                                                         {"\x7f", 1},
                                                         {"\xc2\x80", 1},
                                                         {"\xdf\xbf", 1},
                                                         {"\xe0\xa0\x80", 1},
                                                         {"\xed\x9f\xbf", 1},
                                                         {"\xee\x80\x80", 1},
                                                         {"\xef\xbf\xbf", 1},
                                                         {"\xf0\x90\x80\x80", 1},
                                                         {"\xf4\x8f\xbf\xbf", 1},
                                                         {"a\xc3\xa4\xe2\x82\xac\xf0\x9f\x99\x82", 4},
                                                         {"e\xcc\x81", 2},
                                                         {"\0"s, 1}};
    for (const auto& [text, count] : valid) EXPECT_EQ(code_points(text), count) << text;
}

TEST(Utf8, RefusesWhatOnlyLooksLikeIt) {
    const Bytes invalid[] = {{"a lone continuation", "\x80"},
                             {"a continuation after ASCII", "a\xbf"},
                             {"two bytes for ASCII", "\xc0\x80"},
                             {"two bytes for ASCII", "\xc1\xbf"},
                             {"three bytes for two", "\xe0\x9f\xbf"},
                             {"four bytes for three", "\xf0\x8f\xbf\xbf"},
                             {"the first surrogate", "\xed\xa0\x80"},
                             {"the last surrogate", "\xed\xbf\xbf"},
                             {"beyond U+10FFFF", "\xf4\x90\x80\x80"},
                             {"beyond everything", "\xf5\x80\x80\x80"},
                             {"five bytes", "\xf8\x88\x80\x80\x80"},
                             {"0xFE", "\xfe"},
                             {"0xFF", "\xff"},
                             {"an end too early, of two", "\xc3"},
                             {"an end too early, of three", "\xe2\x82"},
                             {"an end too early, of four", "\xf0\x9f\x99"},
                             {"a lead instead of a continuation", "\xc3\xc3"},
                             {"ASCII instead of the third", "\xe2\x82x"},
                             {"Latin-1", "f\xfcr"}};
    for (const Bytes& bytes : invalid) EXPECT_EQ(code_points(bytes.text), std::nullopt) << bytes.what;
}

/// The definition, without any table of ranges.
std::string encoded(std::uint32_t point) {
    const auto tail = [point](unsigned shift) { return static_cast<char>(0x80U | (point >> shift & 0x3FU)); };
    if (point < 0x80) return {static_cast<char>(point)};
    if (point < 0x800) return {static_cast<char>(0xC0U | point >> 6U), tail(0)};
    if (point < 0x10000) return {static_cast<char>(0xE0U | point >> 12U), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | point >> 18U), tail(12), tail(6), tail(0)};
}

TEST(Utf8, TakesEveryCodePointAndNoSurrogate) {
    for (std::uint32_t point = 0; point < 0x110000; ++point) {
        const bool surrogate = point >= 0xD800 && point < 0xE000;
        ASSERT_EQ(code_points(encoded(point)).has_value(), !surrogate) << std::hex << point;
    }
    EXPECT_FALSE(code_points(encoded(0x110000)));
}

TEST(Utf8, CountsConcatenationsAsSums) {
    EXPECT_TRUE(rc::check("sums", [](const std::string& one, const std::string& other) {
        const auto a = code_points(one), b = code_points(other);
        if (a && b) RC_ASSERT(code_points(one + other) == *a + *b);
        if (a && !b) RC_ASSERT(!code_points(one + other));
    }));
}

TEST(Texts, AreLimitedByCodePointsAndNotByBytes) {
    std::string longest;
    for (std::size_t i = 0; i < kMaxText; ++i) longest += "€";
    EXPECT_TRUE(check_text("reason", longest));
    const Done too_long = check_text("reason", longest + "x");
    ASSERT_FALSE(too_long);
    EXPECT_EQ(too_long.error(),
              (Error{ErrorCode::invalid, "reason: expected at most 8000 characters, found 8001"}));
    EXPECT_TRUE(check_text("name", "abc", 3));
    EXPECT_FALSE(check_text("name", "abcd", 3));
}

TEST(Texts, AreRefusedWithNulAndWithBytesThatAreNotUtf8) {
    EXPECT_EQ(check_text("reason", "a\0b"s).error().message, "reason: expected text, found a NUL character");
    EXPECT_EQ(check_text("reason", "\0"s).error().code, ErrorCode::invalid);
    EXPECT_EQ(check_text("reason", "\xff").error().message,
              "reason: expected UTF-8 text, found bytes that are not UTF-8");
}

TEST(Texts, MaySayNothingButWordsMustSaySomething) {
    EXPECT_TRUE(check_text("reason", ""));
    for (const char* nothing : {"", " ", "\t\r\n  "})
        EXPECT_EQ(check_words("reason", nothing).error().message, "reason: expected a text, found nothing");
    EXPECT_TRUE(check_words("reason", " . "));
    EXPECT_FALSE(check_words("reason", "\xff"));
}

TEST(Scores, AreTheElevenWholeNumbers) {
    for (int score = 0; score <= 10; ++score) EXPECT_EQ(*read_score("score", std::to_string(score)), score);
}

TEST(Scores, AreNeverBentIntoRange) {
    for (const char* text : {"", " ", "-1", "11", "100", "7.5", "7,5", "07", "00", "+7", " 7", "7 ", "eleven",
                             "1e1", "0x7", "٣", "１０", "NaN", "10\n"}) {
        const Result<int> score = read_score("a", text);
        ASSERT_FALSE(score) << text;
        EXPECT_EQ(score.error().code, ErrorCode::invalid);
        EXPECT_EQ(score.error().message,
                  "a: expected a whole number from 0 to 10, found \"" + std::string(text) + "\"");
    }
    EXPECT_LT(read_score("a", std::string(100'000, '9')).error().message.size(), 200U)
        << "what was found is quoted shortly";
}

}  // namespace
}  // namespace candour::core
