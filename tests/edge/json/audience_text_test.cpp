#include "edge/json/audience_text.hpp"

#include <gtest/gtest.h>

namespace candour::json {
namespace {

TEST(AudienceText, ComesBackAsItWasWritten) {
    core::Audience audience;
    audience.segments = {"edge", "reliable"};
    audience.contacts = {"ada@example.org"};
    const std::string text = write_audience(audience);
    EXPECT_EQ(text, R"({"segments":["edge","reliable"],"contacts":["ada@example.org"]})");
    const auto read = read_audience(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(write_audience(*read), text);
    audience = {};
    audience.all = true;
    EXPECT_EQ(write_audience(audience), R"({"all":true})");
    EXPECT_TRUE(read_audience(R"({"all":true})")->all);
}

TEST(AudienceText, IsRefusedByTheNameOfItsField) {
    const std::pair<const char*, const char*> wrong[] = {
        {"", "JSON"},
        {"[]", "an object"},
        {R"({"al":true})", "\"al\""},
        {R"({"all":1})", "audience.all"},
        {R"({"segments":"edge"})", "audience.segments"},
        {R"({"levels":[1]})", "audience.levels"},
        {R"({"contacts":[""]})", "audience.contacts"},
        {"{\"accounts\":[\"a\\u0000b\"]}", "audience.accounts"},
    };
    for (const auto& [text, place] : wrong) {
        const auto read = read_audience(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, ErrorCode::invalid);
        EXPECT_NE(read.error().message.find(place), std::string::npos)
            << text << ": " << read.error().message;
    }
}

TEST(AudienceText, HasBounds) {
    std::string many = R"({"contacts":["x")";
    for (int i = 0; i < 10'000; ++i) many += R"(,"x")";
    EXPECT_FALSE(read_audience(many + "]}"));
    EXPECT_FALSE(read_audience(R"({"contacts":[")" + std::string(321, 'x') + R"("]})"));
}

}  // namespace
}  // namespace candour::json
