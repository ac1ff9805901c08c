/// What each figure says of a few items whose story everybody can read.
#include "items.hpp"

namespace candour::loop_health {
namespace {

class LoopHealth : public Measured {};

TEST_F(LoopHealth, SaysNoDataAndNeverZeroBeforeTheFirstItem) {
    for (const char* metric : {"time_to_heard", "time_to_closed", "visible_closure_rate", "reopen_rate",
                               "silence_rate", "sla_breach_rate", "promises_kept"}) {
        const bj::value none = figure(metric, {}, kDay);
        EXPECT_TRUE(none.at("value").is_null()) << metric;
        EXPECT_EQ(none.at("reason").as_string(), "no_data") << metric;
    }
}

TEST_F(LoopHealth, TimeToHeardCountsWhoIsStillWaiting) {
    const std::vector<MeasuredItem> items{Item(kDay).heard(kDay + 1), Item(kDay).heard(kDay + 3), Item(kDay)};
    const bj::value early = figure("time_to_heard", items, kDay + 2);
    EXPECT_TRUE(early.at("value").is_null()) << "one of three by day 1, nobody knows of the others yet";
    EXPECT_EQ(early.at("reason").as_string(), "not_reached");
    EXPECT_EQ(early.at("badges").as_array().back().as_string(), "> 2 days");
    const bj::value later = figure("time_to_heard", items, kDay + 40);
    EXPECT_EQ(number(later, "/value"), 3) << "two of three were heard by day 3";
    EXPECT_EQ(number(later, "/n"), 3);
    EXPECT_EQ(number(later, "/parts/waiting"), 1);
    EXPECT_NEAR(number(later, "/parts/by_day_30/share"), 2.0 / 3, 1e-12) << "and not 1 of those heard";
    EXPECT_TRUE(later.at_pointer("/parts/by_day_60").is_null()) << "nobody was watched for so long";
}

TEST_F(LoopHealth, AnItemAgesWithoutAnythingHappening) {
    const std::vector<MeasuredItem> items{Item(kDay), Item(kDay).heard(kDay)};
    for (const int days : {0, 1, 30, 400})
        EXPECT_EQ(number(figure("time_to_heard", items, kDay + days), "/parts/last_follow_up"), days);
}

TEST_F(LoopHealth, WhatWasDismissedOrRefusedWaitsForNothingAnyMore) {
    const std::vector<MeasuredItem> items{Item(kDay).dismissed(kDay + 2),
                                          Item(kDay).heard(kDay + 1).will_not_change(kDay + 4)};
    EXPECT_EQ(number(figure("time_to_heard", items, kDay + 50), "/parts/left_early"), 1);
    const bj::value changed = figure("time_to_changed", items, kDay + 50);
    EXPECT_EQ(number(changed, "/parts/left_early"), 2);
    EXPECT_EQ(number(changed, "/parts/waiting"), 0);
    EXPECT_EQ(number(figure("time_to_told", items, kDay + 50), "/parts/waiting"), 1);
}

TEST_F(LoopHealth, GivingUpMakesNoFigureBetter) {
    const std::vector<MeasuredItem> waiting{Item(kDay).heard(kDay + 1)};
    const std::vector<MeasuredItem> given_up{Item(kDay).heard(kDay + 1).abandoned(kDay + 5)};
    EXPECT_EQ(figure("time_to_told", waiting, kDay + 90).at("parts"),
              figure("time_to_told", given_up, kDay + 90).at("parts"));
    EXPECT_EQ(number(figure("visible_closure_rate", given_up, kDay + 90), "/value"), 0);
    EXPECT_TRUE(figure("silence_rate", given_up, kDay + 90).at("value").is_null()) << "nothing is open";
}

TEST_F(LoopHealth, ABounceTakesBackThatSomebodyWasTold) {
    Item item(kDay);
    item.heard(kDay).will_change(kDay).changed(kDay + 1).told(kDay + 2).bounced(kDay + 4).told(kDay + 9);
    EXPECT_EQ(number(figure("time_to_told", {item}, kDay + 3), "/value"), 2);
    EXPECT_TRUE(figure("time_to_told", {item}, kDay + 5).at("value").is_null());
    EXPECT_EQ(number(figure("time_to_told", {item}, kDay + 9), "/value"), 9);
    EXPECT_EQ(number(figure("reopen_rate", {item}, kDay + 60), "/parts/closures"), 1);
}

TEST_F(LoopHealth, AVisibleClosureSaysWhoHasSeenItHow) {
    std::vector<MeasuredItem> items;
    for (const std::int64_t source : {0, 0, 1, 2})
        items.push_back(Item(kDay).heard(kDay).will_not_change(kDay).told(kDay + 1).seen(kDay + 2, source));
    items.push_back(Item(kDay).heard(kDay).will_not_change(kDay).told(kDay + 1));
    items.push_back(Item(kDay).heard(kDay));  // open: it is not in the rate
    const bj::value now = figure("visible_closure_rate", items, kDay + 3);
    EXPECT_DOUBLE_EQ(number(now, "/value"), 0.8);
    EXPECT_EQ(number(now, "/n"), 5);
    EXPECT_EQ(number(now, "/parts/seen_by/page"), 2);
    EXPECT_EQ(number(now, "/parts/seen_by/recorded"), 1);
    EXPECT_EQ(number(figure("visible_closure_rate", items, kDay + 1), "/value"), 0) << "told, seen by nobody";
}

TEST_F(LoopHealth, WhatComesBackWithinThirtyDaysWasNoClosure) {
    const auto closed = [] { return Item(kDay).heard(kDay).will_not_change(kDay).told(kDay).seen(kDay); };
    const std::vector<MeasuredItem> items{closed().reopened(kDay + 30), closed().reopened(kDay + 31),
                                          closed()};
    EXPECT_EQ(figure("reopen_rate", items, kDay + 29).at("reason").as_string(), "no_data");
    const bj::value later = figure("reopen_rate", items, kDay + 40);
    EXPECT_DOUBLE_EQ(number(later, "/value"), 1.0 / 3);
    EXPECT_EQ(number(figure("time_to_heard", items, kDay + 40), "/n"), 5) << "two rounds began anew";
}

TEST_F(LoopHealth, SilenceBeginsEarlierForWhoIsUnhappyOrAnExecutive) {
    const std::vector<MeasuredItem> items{Item(kDay, 9, 0), Item(kDay, 6, 0), Item(kDay, 10, 2),
                                          Item(kDay, -1, -1)};
    EXPECT_EQ(number(figure("silence_rate", items, kDay + 6), "/parts/silent"), 0);
    EXPECT_EQ(number(figure("silence_rate", items, kDay + 7), "/parts/silent"), 2);
    EXPECT_EQ(number(figure("silence_rate", items, kDay + 13), "/parts/silent"), 2);
    EXPECT_EQ(number(figure("silence_rate", items, kDay + 14), "/parts/silent"), 4);
    const std::vector<MeasuredItem> heard{Item(kDay).heard(kDay + 20)};
    EXPECT_EQ(number(figure("silence_rate", heard, kDay + 19), "/value"), 1);
    EXPECT_EQ(number(figure("silence_rate", heard, kDay + 20), "/value"), 0) << "a sign ends it";
    EXPECT_EQ(number(figure("silence_rate", heard, kDay + 34), "/value"), 1);
}

TEST_F(LoopHealth, ALimitIsKeptToTheInstantAndPassedTheDayAfter) {
    Item in_time(kDay), late(kDay), open(kDay), excused(kDay);
    in_time.due(0, kDay + 2).heard(kDay + 2, 720);
    late.due(0, kDay + 2).heard(kDay + 2, 721);
    open.due(0, kDay + 2);
    excused.due(0, kDay + 2).dismissed(kDay + 1);
    const std::vector<MeasuredItem> items{in_time, late, open, excused};
    EXPECT_EQ(figure("sla_breach_rate", items, kDay + 1).at("reason").as_string(), "no_data");
    EXPECT_DOUBLE_EQ(number(figure("sla_breach_rate", items, kDay + 2), "/value"), 0.5);
    const bj::value after = figure("sla_breach_rate", items, kDay + 3);
    EXPECT_DOUBLE_EQ(number(after, "/value"), 2.0 / 3);
    EXPECT_EQ(number(after, "/parts/hear/count"), 2);
    EXPECT_TRUE(after.at_pointer("/parts/tell/rate").is_null());
}

TEST_F(LoopHealth, APromiseIsKeptLateOrBroken) {
    const auto promised = [] { return Item(kDay).heard(kDay).promised(kDay, kDay + 10); };
    std::vector<MeasuredItem> items{promised().changed(kDay + 10, 720), promised().changed(kDay + 10, 721),
                                    promised(), promised().abandoned(kDay + 3)};
    items.push_back(
        MeasuredItem().row(kDay, {11, 0, Item::noon(kDay + 1), kDay + 1}).row(kDay + 1, {12, 0, 0, 0}));
    const bj::value now = figure("promises_kept", items, kDay + 20);
    EXPECT_DOUBLE_EQ(number(now, "/value"), 0.5);
    EXPECT_EQ(number(now, "/parts/late"), 1);
    EXPECT_EQ(number(now, "/parts/broken"), 1);
    EXPECT_EQ(number(now, "/parts/open"), 1);
    EXPECT_EQ(number(figure("promises_kept", items, kDay + 40), "/parts/broken"), 1);
    EXPECT_EQ(number(figure("promises_kept", items, kDay + 41), "/parts/broken"), 2) << "thirty days overdue";
}

TEST_F(LoopHealth, SaysNothingAheadThatTheHostWouldNotKeep) {
    const auto movements = tallies.movements("loop", {Item(kDay).promised(kDay, kDay + 100'000)});
    ASSERT_TRUE(movements);
    for (const auto& movement : *movements) EXPECT_LE(movement.day, kDay + CDR_FARTHEST_DAYS);
}

TEST_F(LoopHealth, AnItemThatComesBackForEverStaysWithinWhatTheHostTakes) {
    Item item(kDay);
    for (int i = 0; i < 1'000; ++i) {
        item.due(0, kDay + i).heard(kDay + i).will_not_change(kDay + i).told(kDay + i).reopened(kDay + i + 1);
    }
    const auto movements = tallies.movements("loop", {item});
    ASSERT_TRUE(movements);
    EXPECT_LT(movements->size(), std::size_t{CDR_MOST_MOVEMENTS});
}

TEST_F(LoopHealth, RefusesRowsAndRequestsThatMakeNoSense) {
    EXPECT_EQ(tallies.movements("loop", {MeasuredItem().row(kDay, {1, 0, 0, 0})}).error().code,
              ErrorCode::invalid);
    EXPECT_EQ(tallies.movements("loop", {Item(kDay).due(7, kDay)}).error().code, ErrorCode::invalid);
    EXPECT_EQ(tallies.movements("other", {Item(kDay)}).error().code, ErrorCode::not_found);
    for (const char* request :
         {"", "{}", R"({"days": []})", R"({"days": ["2026-13-40"]})", R"({"days": [7]})"})
        EXPECT_EQ(tallies.summarise("time_to_heard", {{}}, request).error().code, ErrorCode::invalid)
            << request;
    EXPECT_EQ(tallies.summarise("another", {{}}, R"({"days": ["2026-03-31"]})").error().code,
              ErrorCode::not_found);
}

}  // namespace
}  // namespace candour::loop_health
