/// The metric of sdk/README.md that counts items, driven as a host would.
#include <gtest/gtest.h>

#include "driven_plugin.hpp"

namespace candour::sdk::testing {
namespace {

class ReadmeItems : public ::testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(plugin.start()); }
    std::string figure(const std::vector<MeasuredItem>& items, std::int64_t day) {
        const auto movements = plugin.tallies()->movements("open", items);
        EXPECT_TRUE(movements) << movements.error().message;
        return plugin.tallies()
            ->summarise("unheard_items", {counters_on(*movements, day)}, R"({"days": ["2024-10-04"]})")
            .value_or("refused");
    }
    FakeHost host;
    DrivenPlugin plugin{host, candour_plugin_v1(CDR_ABI_MINOR)};
};

TEST_F(ReadmeItems, CountsWhoWaitsLongerThanAWeekUntilTheyAreHeard) {
    MeasuredItem waiting, heard_late;
    waiting.row(20'000, {0, 9, 0, 0});
    heard_late.row(20'000, {0, 9, 0, 0}).row(20'010, {1, 0, 0, 0}).row(20'011, {4, 0, 0, 0});
    EXPECT_EQ(figure({waiting, heard_late}, 20'006), R"({"value": 0, "n": 2})");
    EXPECT_EQ(figure({waiting, heard_late}, 20'007), R"({"value": 2, "n": 2})");
    EXPECT_EQ(figure({waiting, heard_late}, 20'010), R"({"value": 1, "n": 2})");
    EXPECT_EQ(figure({waiting, heard_late}, 20'011), R"({"value": 1, "n": 1})");
    EXPECT_NE(figure({}, 20'011).find("no_data"), std::string::npos);
}

TEST(TallyCells, ThatDoNotFitAreRefused) {
    const std::vector<std::int64_t> two_pairs_announced{2, 7, 1};
    const cdr_bytes cells{reinterpret_cast<const std::uint8_t*>(two_pairs_announced.data()), 3 * 8};
    EXPECT_EQ(Tallies::read(cells).error().code, ErrorCode::invalid);
    EXPECT_EQ(Tallies::read({cells.ptr, 7}).error().code, ErrorCode::invalid);
    const std::vector<std::int64_t> beyond{0, 1};
    const cdr_bytes units{reinterpret_cast<const std::uint8_t*>(beyond.data()), 2 * 8};
    EXPECT_EQ(MovementPlan::read({nullptr, 0}, units).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace candour::sdk::testing
