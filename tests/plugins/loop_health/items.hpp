/// Items as the plugin sees them, and what it makes of them.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <chrono>
#include <map>
#include <string>

#include "driven_plugin.hpp"

namespace candour::loop_health {

namespace bj = boost::json;
using sdk::testing::Counters;
using sdk::testing::MeasuredItem;

constexpr std::int64_t kDay = 20'000;  // 2024-10-04

inline std::string date_of(std::int64_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()));
    return text;
}

/// What happened, one after the other.
class Item : public MeasuredItem {
 public:
    explicit Item(std::int64_t day, std::int64_t score = 9, std::int64_t level = 0) {
        row(day, {0, score, level, 0});
    }
    Item& heard(std::int64_t day, std::int64_t minute = 720) { return at(day, {1, 0, 0, 0}, minute); }
    Item& will_change(std::int64_t day) { return at(day, {2, 1, 0, 0}); }
    Item& will_not_change(std::int64_t day) { return at(day, {2, 0, 0, 0}); }
    Item& changed(std::int64_t day, std::int64_t minute = 720) { return at(day, {3, 0, 0, 0}, minute); }
    Item& told(std::int64_t day) { return at(day, {4, 0, 0, 0}); }
    Item& seen(std::int64_t day, std::int64_t source = 0) { return at(day, {5, source, 0, 0}); }
    Item& reopened(std::int64_t day) { return at(day, {6, 9, 0, 0}); }
    Item& dismissed(std::int64_t day) { return at(day, {7, 0, 0, 0}); }
    Item& abandoned(std::int64_t day) { return at(day, {8, 0, 0, 0}); }
    Item& bounced(std::int64_t day) { return at(day, {9, 0, 0, 0}); }
    /// At noon.
    Item& due(std::int64_t step, std::int64_t day) { return at(last_, {10, step, noon(day), day}); }
    Item& promised(std::int64_t day, std::int64_t due) { return at(day, {11, 0, noon(due), due}); }
    Item& row(std::int64_t day, std::array<std::int64_t, 4> value) { return at(day, value); }
    static std::int64_t noon(std::int64_t day) { return day * 86'400'000'000 + 43'200'000'000; }

 private:
    Item& at(std::int64_t day, std::array<std::int64_t, 4> value, std::int64_t minute = 720) {
        last_ = day;
        MeasuredItem::row(day, value, minute);
        return *this;
    }
    std::int64_t last_ = 0;
};

class Measured : public testing::Test {
 public:
    void SetUp() override {
        ASSERT_TRUE(plugin.start());
        tallies = plugin.tallies().value_or({nullptr, nullptr});
    }
    Counters counters(const std::vector<MeasuredItem>& items, std::int64_t day) const {
        const auto movements = tallies.movements("loop", items);
        EXPECT_TRUE(movements) << movements.error().message;
        return sdk::testing::counters_on(*movements, day);
    }
    bj::value figure(std::string_view metric, const std::vector<MeasuredItem>& items,
                     std::int64_t day) const {
        const Result<std::string> text =
            tallies.summarise(metric, {counters(items, day)}, R"({"days": [")" + date_of(day) + R"("]})");
        EXPECT_TRUE(text) << text.error().message;
        return bj::parse(text.value_or("null"));
    }
    static double number(const bj::value& figure, const char* pointer) {
        return figure.at_pointer(pointer).to_number<double>();
    }

    sdk::testing::FakeHost host;
    sdk::testing::DrivenPlugin plugin{host, candour_plugin_v1(CDR_ABI_MINOR)};
    sdk::testing::DrivenTallies tallies{nullptr, nullptr};
};

}  // namespace candour::loop_health
