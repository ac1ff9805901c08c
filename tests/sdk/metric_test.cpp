/// The metric of sdk/README.md, driven as a host would.
#include <gtest/gtest.h>

#include "driven_plugin.hpp"

namespace candour::sdk::testing {
namespace {

class ReadmeMetric : public ::testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(plugin.start()); }
    DrivenMetric metric() { return *plugin.metric("content_share", 2); }
    FakeHost host;
    DrivenPlugin plugin{host, candour_plugin_v1(CDR_ABI_MINOR)};
};

TEST_F(ReadmeMetric, CountsTheLatestAnswerUntilItIsTooOld) {
    MeasuredContact ada;
    ada.row(0, 20'000, {9, 1, 0, 0}).row(0, 20'010, {3, 1, 0, 0});
    EXPECT_EQ(metric().state(ada, 20'000)->sums, (std::vector<std::int64_t>{1, 1}));
    const auto later = metric().state(ada, 20'010);
    EXPECT_EQ(later->sums, (std::vector<std::int64_t>{0, 1}));
    EXPECT_EQ(later->changes_on, 20'010 + 182);
    const auto over = metric().state(ada, later->changes_on);
    EXPECT_EQ(over->sums, (std::vector<std::int64_t>{0, 0}));
    EXPECT_EQ(over->changes_on, CDR_NEVER);
}

TEST_F(ReadmeMetric, MakesAFigureOfSums) {
    const auto figure =
        metric().finalize({0, 0, -1, 1, 2, 1, 2, 500, 1, 2}, R"({"days": ["2024-10-04"], "accounts": 2})");
    ASSERT_TRUE(figure) << figure.error().message;
    EXPECT_NE(figure->find(R"("value": 0.5)"), std::string::npos) << *figure;
    const auto nothing = metric().finalize({0, 0, -1, 0, 0}, R"({"days": ["2024-10-04"], "accounts": 1})");
    EXPECT_NE(nothing->find("no_data"), std::string::npos);
}

TEST_F(ReadmeMetric, RefusesCellsThatDoNotFit) {
    EXPECT_EQ(metric().finalize({0, 0, -1, 1}, "{}").error().code, ErrorCode::invalid);
    const DrivenMetric other = *plugin.metric("another", 2);
    EXPECT_EQ(other.state(MeasuredContact(), 1).error().code, ErrorCode::not_found);
}

TEST(FakeHostData, AnswersWithThePageOfTheViewWhenItIsGranted) {
    FakeHost host;
    host.grants = {"data:contacts"};
    host.pages["contacts"] = R"({"columns": [], "rows": [], "next": null})";
    const Host plugin_side(host.raw());
    EXPECT_EQ(*plugin_side.data().read(R"({"view": "contacts"})"), host.pages["contacts"]);
    EXPECT_EQ(plugin_side.data().read(R"({"view": "loop.items"})").error().code, ErrorCode::denied);
}

}  // namespace
}  // namespace candour::sdk::testing
