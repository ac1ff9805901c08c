#include "edge/mail/submission/throttle.hpp"

#include <gtest/gtest.h>

namespace candour::mail {
namespace {

using namespace std::chrono_literals;
const SteadyTime kStart{1000h};

TEST(Throttle, LetsABurstGoAndThenTheRate) {
    Throttle throttle({.per_second = 2, .burst = 3}, {}, kStart);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(throttle.ready_at("a.example", kStart), kStart);
        throttle.take("a.example", kStart);
    }
    EXPECT_EQ(throttle.ready_at("a.example", kStart), kStart + 500ms);
    EXPECT_EQ(throttle.ready_at("a.example", kStart + 500ms), kStart + 500ms);
    EXPECT_EQ(throttle.ready_at("b.example", kStart), kStart) << "another domain has a bucket of its own";
}

TEST(Throttle, CountsEveryDomainAgainstTheTotal) {
    Throttle throttle({}, {.per_second = 1, .burst = 1}, kStart);
    throttle.take("a.example", kStart);
    EXPECT_EQ(throttle.ready_at("b.example", kStart), kStart + 1s);
}

TEST(Throttle, HasNoLimitWhenTheRateIsZero) {
    Throttle throttle({}, {}, kStart);
    for (int i = 0; i < 1000; ++i) throttle.take("a.example", kStart);
    EXPECT_EQ(throttle.ready_at("a.example", kStart), kStart);
}

TEST(Throttle, HalvesTheRateOfADomainThatAsksForItAndRecoversAfterQuietMinutes) {
    Throttle throttle({.per_second = 4, .burst = 8}, {}, kStart);
    throttle.slow_down("a.example", kStart);
    EXPECT_EQ(throttle.ready_at("a.example", kStart), kStart + 500ms)
        << "the burst is gone and the rate is two";
    throttle.slow_down("a.example", kStart);
    EXPECT_EQ(throttle.ready_at("a.example", kStart), kStart + 1s);
    EXPECT_EQ(throttle.ready_at("b.example", kStart), kStart);
    const SteadyTime later = kStart + 2min + 10s;
    for (int i = 0; i < 8; ++i) throttle.take("a.example", later);
    EXPECT_EQ(throttle.ready_at("a.example", later), later + 250ms) << "back to four a second";
}

TEST(Throttle, SlowsEvenADomainWithoutALimit) {
    Throttle throttle({}, {}, kStart);
    throttle.slow_down("a.example", kStart);
    EXPECT_EQ(throttle.ready_at("a.example", kStart), kStart + 125ms);
    EXPECT_EQ(throttle.ready_at("a.example", kStart + 1min), kStart + 1min);
}

TEST(Throttle, NeverStopsADomainForGood) {
    Throttle throttle({.per_second = 1, .burst = 1}, {}, kStart);
    for (int i = 0; i < 100; ++i) throttle.slow_down("a.example", kStart);
    EXPECT_LE(throttle.ready_at("a.example", kStart), kStart + 64s);
}

}  // namespace
}  // namespace candour::mail
