#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "crypto/id_source.hpp"

namespace candour::crypto {
namespace {

IdBytes any_bytes() {
    IdBytes bytes{};
    for (std::uint8_t& byte : bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    return bytes;
}

TEST(Ids, RoundTripAnyBytes) {
    EXPECT_TRUE(rc::check("round trip", [] {
        const IdBytes bytes = any_bytes();
        const ItemId id(bytes);
        RC_ASSERT(id.bytes() == bytes);
        RC_ASSERT(ItemId::parse(id.text()) == std::optional(id));
    }));
}

TEST(Ids, SortAsTheirBytesDo) {
    EXPECT_TRUE(rc::check("order", [] {
        const IdBytes one = any_bytes(), other = any_bytes();
        RC_ASSERT((ItemId(one).text() < ItemId(other).text()) == (one < other));
    }));
}

TEST(Ids, SortByTime) {
    std::string before;
    for (std::int64_t ms = 1'900'000'000'000; ms < 1'900'000'000'000 + 100'000'000; ms += 999'983) {
        const std::string id = new_id<ItemId>(core::from_us(ms * 1000)).text();
        EXPECT_LT(before, id);
        before = id;
    }
}

TEST(Ids, DifferWithinOneMillisecond) {
    std::set<std::string> ids;
    for (int i = 0; i < 10'000; ++i)
        ids.insert(new_id<MessageId>(core::from_us(1'900'000'000'000'000)).text());
    EXPECT_EQ(ids.size(), 10'000U);
}

TEST(Ids, AreReadInAnyCaseOfTheirAlphabetAndAreNothingElse) {
    IdBytes all_ones{};
    all_ones.fill(0xFF);
    const std::string text = ItemId(all_ones).text();
    EXPECT_EQ(text, "itm_7" + std::string(25, 'z'));
    EXPECT_TRUE(ItemId::parse("itm_7" + std::string(25, 'Z')));
    for (const std::string& wrong :
         {std::string(), std::string("itm_"), text.substr(4), "con" + text.substr(3), text + "0",
          text.substr(0, text.size() - 1), "itm_8" + std::string(25, '0'),
          "itm_0" + std::string(24, '0') + "u", "itm_0" + std::string(24, '0') + " ", "ITM" + text.substr(3)})
        EXPECT_EQ(ItemId::parse(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace candour::crypto
