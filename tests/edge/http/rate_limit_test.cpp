#include "edge/http/rate_limit.hpp"

#include <gtest/gtest.h>

namespace candour::http {
namespace {

using namespace std::chrono_literals;

const RateLimiter::Time kStart{std::chrono::hours(1000)};

TEST(RateLimit, LetsAMinutesRequestsThroughAtOnceAndThenSaysHowLongToWait) {
    RateLimiter limiter(60);
    for (int i = 0; i < 60; ++i) EXPECT_FALSE(limiter.refuse("a", kStart)) << i;
    EXPECT_EQ(limiter.refuse("a", kStart), 1s);
    EXPECT_FALSE(limiter.refuse("b", kStart)) << "somebody else has a bucket of their own";
    EXPECT_FALSE(limiter.refuse("a", kStart + 1s));
    EXPECT_TRUE(limiter.refuse("a", kStart + 1s));
}

TEST(RateLimit, FillsUpAgainAndNoFurther) {
    RateLimiter limiter(2);
    EXPECT_FALSE(limiter.refuse("a", kStart));
    EXPECT_FALSE(limiter.refuse("a", kStart));
    EXPECT_EQ(limiter.refuse("a", kStart), 30s);
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(limiter.refuse("a", kStart + 24h));
    EXPECT_TRUE(limiter.refuse("a", kStart + 24h));
}

TEST(RateLimit, OfZeroIsNone) {
    RateLimiter limiter(0);
    for (int i = 0; i < 100'000; ++i) ASSERT_FALSE(limiter.refuse("a", kStart));
}

Route route(const char* pattern, Audience audience) {
    return {Method::get, pattern, {}, {audience, 1024}, {}};
}
Request from(const char* peer, const char* forwarded = "") {
    Request request;
    request.peer = peer;
    if (*forwarded != '\0') request.headers.add("X-Forwarded-For", forwarded);
    return request;
}

TEST(Doorkeeper, CountsCustomersAndProgramsApart) {
    Doorkeeper door({2, 1, {}});
    const Route page = route("/s/{token}", Audience::customer), api = route("/api/v1/items", Audience::api);
    EXPECT_FALSE(door.refuse(page, from("203.0.113.7"), kStart));
    const auto refused = door.refuse(page, from("203.0.113.7"), kStart);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 429U);
    EXPECT_EQ(refused->headers.front().name, "Retry-After");
    EXPECT_EQ(refused->headers.front().value, "60");
    EXPECT_FALSE(door.refuse(api, from("203.0.113.7"), kStart));
    EXPECT_FALSE(door.refuse(route("/healthz", Audience::api), from("203.0.113.7"), kStart));
}

TEST(Doorkeeper, BelievesOnlyTheProxiesItKnowsAndOnlyTheirOwnWord) {
    Doorkeeper door({10, 1, {"127.0.0.1"}});
    const Route page = route("/s/{token}", Audience::customer);
    EXPECT_FALSE(door.refuse(page, from("127.0.0.1", "198.51.100.1, 203.0.113.7"), kStart));
    EXPECT_TRUE(door.refuse(page, from("127.0.0.1", "192.0.2.1, 203.0.113.7"), kStart))
        << "the client made up another beginning";
    EXPECT_FALSE(door.refuse(page, from("198.51.100.9", "192.0.2.77"), kStart));
    EXPECT_TRUE(door.refuse(page, from("198.51.100.9", "192.0.2.78"), kStart))
        << "nobody's proxy may speak for others";
}

TEST(Doorkeeper, DoesNotCountTheHostsOwnMachine) {
    Doorkeeper door({1, 1, {}});
    const Route page = route("/s/{token}", Audience::customer);
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(door.refuse(page, from("127.0.0.1", "203.0.113.7"), kStart));
}

}  // namespace
}  // namespace candour::http
