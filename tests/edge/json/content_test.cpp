#include "edge/json/content.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candour::json {
namespace {

TEST(LedgerContent, IsCanonicalBecauseDigestsAreTakenOverIt) {
    EXPECT_EQ(write_content({}), "{}");
    EXPECT_EQ(write_content({{"why", "b"}, {"text", "a"}}), R"({"text":"a","why":"b"})");
    EXPECT_EQ(write_content({{"text", "\"\\\n\t/ü🙂\x01</script>"}}),
              "{\"text\":\"\\\"\\\\\\n\\t/ü🙂\\u0001</script>\"}");
}

TEST(LedgerContent, RoundTripsAnyText) {
    EXPECT_TRUE(rc::check("round trip", [] {
        const auto piece = rc::gen::element<std::string>("a", "\"", "\\", "\n", "\x01", "/", "{", "ü", "€",
                                                         "🙂", "\x7f", " ");
        const auto pieces = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
            rc::gen::pair(piece, piece));
        core::Content content;
        std::string grown;
        for (const auto& [key, value] : pieces) content[grown += key] = value + grown;
        const auto read = read_content(write_content(content));
        RC_ASSERT(read);
        RC_ASSERT(*read == content);
    }));
}

TEST(LedgerContent, IsCorruptWhenItIsNotAnObjectOfTexts) {
    for (const char* text : {"", "[]", "null", "{", R"({"a":1})", R"({"a":null})", R"({"a":{}})",
                             R"({"a":"b"} x)", "{\"a\":\"\xff\"}"}) {
        const auto read = read_content(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    }
}

}  // namespace
}  // namespace candour::json
