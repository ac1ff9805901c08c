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

TEST(AudienceText, CarriesLastAnswerAndSample) {
    const std::string text =
        R"({"roles":["sponsor"],"tags":["key"],"last_answer":{"before":"2026-07-01","after":"2026-01-01",)"
        R"("class":["passive"]},"sample":{"per_account":5,"per_level":2,"share":{"operational":20}}})";
    const auto read = read_audience(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->sample.share.at(core::Level::operational), 20);
    EXPECT_EQ(read->last_answer.before - read->last_answer.after, 181);
    EXPECT_EQ(write_audience(*read), text);
    EXPECT_TRUE(read_audience(R"({"last_answer":{"never":true}})")->last_answer.never);
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
        {R"({"last_answer":{"before":"2026-02-30"}})", "last_answer.before"},
        {R"({"last_answer":{"since":"2026-02-03"}})", "\"since\""},
        {R"({"last_answer":true})", "last_answer"},
        {R"({"sample":{"per_account":1.5}})", "sample.per_account"},
        {R"({"sample":{"share":{"boss":5}}})", "\"boss\""},
        {R"({"sample":{"half":true}})", "\"half\""},
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
