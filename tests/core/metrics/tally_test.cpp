/// Counters of items: what one item moves, and what many of them add up to.
#include "core/metrics/tally.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace candour::core {
namespace {

constexpr Day kFirst = 20'000;

rc::Gen<Movements> any_movements() {
    const auto movement =
        rc::gen::build<Movement>(rc::gen::set(&Movement::day, rc::gen::inRange<Day>(kFirst, kFirst + 90)),
                                 rc::gen::set(&Movement::bucket, rc::gen::inRange<std::int64_t>(0, 12)),
                                 rc::gen::set(&Movement::change, rc::gen::inRange<std::int64_t>(-3, 4)));
    return rc::gen::map(rc::gen::container<std::vector<Movement>>(movement),
                        [](Movements said) { return *settled(std::move(said), kFirst, kFirst + 90); });
}

TEST(Movements, AreInOrderEachPairOnceAndWithoutZeros) {
    const Result<Movements> movements =
        settled({{kFirst + 9, 7, 1}, {kFirst, 7, 2}, {kFirst, 3, 1}, {kFirst, 7, -1}, {kFirst + 9, 7, -1}},
                kFirst, kFirst + 9);
    ASSERT_TRUE(movements) << movements.error().message;
    EXPECT_EQ(*movements, (Movements{{kFirst, 3, 1}, {kFirst, 7, 1}}));
}

TEST(Movements, ThatCannotBeAreRefusedWithWhatWasExpected) {
    const auto why = [](Movements said) { return settled(std::move(said), kFirst, kFirst).error().message; };
    EXPECT_NE(why({{kFirst - 1, 1, 1}}).find("expected one from 20000"), std::string::npos);
    EXPECT_NE(why({{kFirst + kFarthestDays + 1, 1, 1}}).find("to 23660"), std::string::npos);
    EXPECT_NE(why({{kFirst, -1, 1}}).find("expected 0 or more"), std::string::npos);
    EXPECT_NE(why({{kFirst, 1, kLargestChange + 1}}).find("expected at most"), std::string::npos);
    EXPECT_NE(why(Movements(kMostMovements + 1)).find("4096 movements"), std::string::npos);
}

TEST(Movements, ThatWereStoredWrongAreCorruptAndSayWhatMendsThem) {
    for (const char* text : {"x", "1 2", "1 2 3;", "1 2 3 4", "1 2 3,4 5 6", ";1 2 3"})
        EXPECT_EQ(read_movements(text).error().code, ErrorCode::corrupt) << text;
    TallySum sum;
    for (const char* text : {"x", "1", "1 2;", "1 2 3", "1 2,3 4"})
        EXPECT_EQ(sum.add_text(text).error().code, ErrorCode::corrupt) << text;
}

RC_GTEST_PROP(Movements, ComeBackFromTheirTextAsTheyWere, ()) {
    const Movements movements = *any_movements();
    RC_ASSERT(*read_movements(to_text(movements)) == movements);
}

RC_GTEST_PROP(TallySum, IsTheSameFromTextAndFromMovements, ()) {
    const Movements movements = *any_movements();
    const Day day = *rc::gen::inRange<Day>(kFirst, kFirst + 100);
    TallySum direct;
    direct.add_until(movements, day);
    TallySum read;
    RC_ASSERT(bool(read.add_text(to_text(direct.take()))));
    RC_ASSERT(read.take() == direct.take());
}

/// Months before the day's own, then its days: the same as every movement up to the day.
RC_GTEST_PROP(TallyDeltas, AddUpToWhatTheItemsMoved, ()) {
    const auto items = *rc::gen::container<std::vector<Movements>>(any_movements());
    const Day day = *rc::gen::inRange<Day>(kFirst - 5, kFirst + 120);
    TallyDeltas deltas;
    TallySum direct;
    for (const Movements& item : items) {
        add_movements(deltas, "reliable", "executive", item, 1);
        direct.add_until(item, day);
    }
    for (const auto& [segment, level] : {std::pair<std::string, std::string>("*", "*"),
                                         std::pair<std::string, std::string>("reliable", "executive")}) {
        TallySum sum;
        for (const auto& [cell, counts] : deltas) {
            const bool month = cell.grain == Grain::month && cell.day < month_start(day);
            const bool days = cell.grain == Grain::day && cell.day >= month_start(day) && cell.day <= day;
            if (cell.segment == segment && cell.level == level && (month || days))
                for (const auto& [bucket, count] : counts) sum.add(bucket, count);
        }
        RC_ASSERT(sum.take() == direct.take());
    }
    for (const Movements& item : items) add_movements(deltas, "reliable", "executive", item, -1);
    drop_zeros(deltas);
    RC_ASSERT(deltas.empty());
}

}  // namespace
}  // namespace candour::core
