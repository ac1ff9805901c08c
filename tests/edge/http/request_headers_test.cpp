#include "edge/http/request_headers.hpp"

#include <gtest/gtest.h>

namespace candour::http {
namespace {

Request carrying(std::string_view name, std::string_view value) {
    Request request;
    request.headers.add(name, value);
    return request;
}

TEST(ContentType, MatchesWithoutCaseAndParameters) {
    EXPECT_TRUE(
        has_content_type(carrying("content-type", "Application/JSON; charset=UTF-8"), "application/json"));
    EXPECT_TRUE(has_content_type(carrying("Content-Type", "application/json;v=1; charset=\"utf-8\""),
                                 "application/json"));
}

TEST(ContentType, DoesNotMatchAnotherTypeOrAnotherCharset) {
    EXPECT_FALSE(has_content_type(Request{}, "application/json"));
    EXPECT_FALSE(has_content_type(carrying("Content-Type", "application/jsonp"), "application/json"));
    EXPECT_FALSE(has_content_type(carrying("Content-Type", "text/plain"), "application/json"));
    EXPECT_FALSE(
        has_content_type(carrying("Content-Type", "application/json; charset=utf-16"), "application/json"));
}

struct Wish {
    std::string header;
    std::string gets;
};

class Languages : public testing::TestWithParam<Wish> {};

TEST_P(Languages, GivesTheBestOfWhatThereIs) {
    constexpr std::array<std::string_view, 3> offered{"en", "de", "pt-BR"};
    EXPECT_EQ(accept_language(GetParam().header, offered), GetParam().gets) << GetParam().header;
}

INSTANTIATE_TEST_SUITE_P(Table, Languages,
                         testing::Values(Wish{"", "en"}, Wish{"de", "de"}, Wish{"DE-at", "de"},
                                         Wish{"fr, de;q=0.5", "de"}, Wish{"en;q=0.4,de;q=0.6", "de"},
                                         Wish{"fr", "en"}, Wish{"pt", "pt-BR"}, Wish{"*", "en"},
                                         Wish{"en;q=0, *", "de"}, Wish{"de;q=0", "en"},
                                         Wish{"de;q=1.000, en;q=0.999", "de"}, Wish{"de;q=x, en;q=0.1", "en"},
                                         Wish{"de;q=9", "en"}, Wish{",,;;q=,", "en"}));

TEST(AcceptLanguage, HasNothingToGiveWhenNothingIsOffered) {
    EXPECT_EQ(accept_language("de", {}), "");
}

TEST(AcceptLanguage, IsGoneThroughByWhatIsWantedMost) {
    using All = std::vector<std::string>;
    EXPECT_EQ(accepted_languages("en;q=0.4, sv-SE, sv;q=0.9, *;q=0.1"), (All{"sv-SE", "sv", "en"}));
    EXPECT_EQ(accepted_languages("de;q=0, <b>, x, fr;q=no"), All{}) << "refused, or no language at all";
    EXPECT_EQ(accepted_languages("aa,ab,ac,ad,ae,af,ag,ah,ai,aj").size(), 8U);
    EXPECT_EQ(accepted_languages(""), All{});
}

TEST(BearerToken, IsTakenFromAuthorizationAlone) {
    EXPECT_EQ(bearer_token(carrying("Authorization", "Bearer cdr_abc")), "cdr_abc");
    EXPECT_EQ(bearer_token(carrying("authorization", "bearer  cdr_abc ")), "cdr_abc");
    EXPECT_EQ(bearer_token(Request{}), std::nullopt);
    for (const char* bad : {"Bearer", "Bearer ", "Basic abc", "Bearerabc", "Bearer a b"}) {
        EXPECT_EQ(bearer_token(carrying("Authorization", bad)), std::nullopt) << bad;
    }
}

TEST(IfMatch, IsOneQuotedVersion) {
    EXPECT_EQ(**if_match(carrying("If-Match", "\"3\"")), 3);
    EXPECT_EQ(**if_match(carrying("If-Match", " \"0\" ")), 0);
}

TEST(IfMatch, MissingIsNoErrorButNoVersionEither) {
    const Result<std::optional<std::int64_t>> version = if_match(Request{});
    ASSERT_TRUE(version);
    EXPECT_FALSE(version->has_value());
}

TEST(IfMatch, RefusesEverythingThatWouldLetAnUnseenVersionPass) {
    for (const char* bad : {"*", "W/\"3\"", "\"3\", \"4\"", "3", "\"\"", "\"x\"", "\"-1\"", "\"3x\"",
                            "\"99999999999999999999\"", ""}) {
        const auto version = if_match(carrying("If-Match", bad));
        ASSERT_FALSE(version) << bad;
        EXPECT_EQ(version.error().code, ErrorCode::invalid);
        EXPECT_NE(version.error().message.find("\"3\""), std::string::npos);
    }
}

TEST(IdempotencyKey, IsTakenWithOrWithoutQuotes) {
    EXPECT_EQ(**idempotency_key(carrying("Idempotency-Key", "order-1")), "order-1");
    EXPECT_EQ(**idempotency_key(carrying("Idempotency-Key", "\"order-1\"")), "order-1");
    EXPECT_FALSE(idempotency_key(Request{})->has_value());
}

TEST(IdempotencyKey, RefusesWhatCouldNotBeRepeatedExactly) {
    EXPECT_FALSE(idempotency_key(carrying("Idempotency-Key", "")));
    EXPECT_FALSE(idempotency_key(carrying("Idempotency-Key", "a b")));
    EXPECT_FALSE(idempotency_key(carrying("Idempotency-Key", std::string(256, 'a'))));
}

TEST(Html, IsPreferredOnlyWhereItIsAskedForByName) {
    EXPECT_TRUE(prefers_html(carrying("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")));
    EXPECT_FALSE(prefers_html(carrying("Accept", "*/*")));
    EXPECT_FALSE(prefers_html(carrying("Accept", "application/json, text/html")));
    EXPECT_FALSE(prefers_html(Request{}));
}

}  // namespace
}  // namespace candour::http
