#include <gtest/gtest.h>

#include "core/delivery/message.hpp"

namespace candour::core {
namespace {

using namespace std::chrono_literals;

TEST(BackOff, WaitsLongerEachTimeUpToFourHours) {
    const std::chrono::microseconds waits[] = {5min, 15min, 1h, 4h, 4h, 4h};
    for (int attempts = 1; attempts <= 6; ++attempts)
        EXPECT_EQ(back_off(attempts, 1h), waits[attempts - 1]) << attempts;
    EXPECT_EQ(back_off(0, 0s), std::chrono::microseconds(5min));
    EXPECT_EQ(back_off(1'000'000, 1h), std::chrono::microseconds(4h));
}

TEST(BackOff, GivesUpAfterTwoDays) {
    EXPECT_TRUE(back_off(9, 48h - 1us));
    EXPECT_FALSE(back_off(9, 48h));
    EXPECT_FALSE(back_off(1, 1000h));
}

}  // namespace
}  // namespace candour::core
