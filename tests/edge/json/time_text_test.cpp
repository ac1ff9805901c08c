#include "edge/json/time_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candour::json {
namespace {

TEST(Rfc3339, WritesMicrosecondsOnlyWhereThereAreSome) {
    EXPECT_EQ(to_rfc3339(core::from_us(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_rfc3339(core::from_us(1'772'352'000'000'000)), "2026-03-01T08:00:00Z");
    EXPECT_EQ(to_rfc3339(core::from_us(1'772'352'000'000'001)), "2026-03-01T08:00:00.000001Z");
}

TEST(Rfc3339, ReadsBackWhatItWrote) {
    EXPECT_TRUE(rc::check("round trip", [] {
        const core::Instant at = core::from_us(*rc::gen::inRange<std::int64_t>(0, 253'402'300'799'999'999));
        const auto read = from_rfc3339("at", to_rfc3339(at));
        RC_ASSERT(read);
        RC_ASSERT(*read == at);
    }));
}

TEST(Rfc3339, UnderstandsOffsetsAndFractions) {
    const core::Instant noon = core::from_us(1'772'366'400'000'000);
    EXPECT_EQ(*from_rfc3339("at", "2026-03-01T12:00:00Z"), noon);
    EXPECT_EQ(*from_rfc3339("at", "2026-03-01T14:00:00+02:00"), noon);
    EXPECT_EQ(*from_rfc3339("at", "2026-02-28T23:15:00-12:45"), noon);
    EXPECT_EQ(*from_rfc3339("at", "2026-03-01T12:00:00.5Z"), noon + std::chrono::milliseconds(500));
    EXPECT_EQ(*from_rfc3339("at", "2026-03-01T12:00:00.1234569Z"), noon + std::chrono::microseconds(123'456));
}

TEST(Rfc3339, RefusesWhatIsNoTimeAndNamesTheField) {
    for (const char* text :
         {"", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01 12:00:00Z", "2026-02-29T12:00:00Z",
          "2026-13-01T12:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z", "2026-03-01T12:00:60Z",
          "2026-03-01T-1:00:00Z", "2026- 3-01T12:00:00Z", "+026-03-01T12:00:00Z", "2026-03-01T12:00:00.Z",
          "2026-03-01T12:00:00+2:00", "2026-03-01T12:00:00+ 2:00", "2026-03-01T12:00:00+24:00",
          "2026-03-01T12:00:00+02:60", "2026-03-01T12:00:00Zx", "1772366400"}) {
        const auto read = from_rfc3339("when", text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, ErrorCode::invalid);
        EXPECT_EQ(read.error().message,
                  "when: expected a time such as 2026-03-31T14:05:00Z, found \"" + std::string(text) + "\"");
    }
}

}  // namespace
}  // namespace candour::json
