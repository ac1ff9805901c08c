#include "core/loop/commitment.hpp"

#include <gtest/gtest.h>

#include "core/loop/theme.hpp"

namespace candour::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Instant kNow = from_us(1'900'000'000'000'000);

Commitment wanted() {
    Commitment one;
    one.account = AccountId(IdBytes{1});
    one.promise = "Two training days";
    one.source = PromisedIn::sales;
    one.due_at = kNow + days{10};
    return one;
}

Commitment made() {
    Commitment one;
    one.id = CommitmentId(IdBytes{5});
    return *fold(one, *make(wanted(), {"tea_1", kNow}, ""));
}

TEST(APromiseThatStandsAlone, FoldsToWhatWasPromised) {
    const Commitment one = made();
    EXPECT_EQ(one.promise, "Two training days");
    EXPECT_EQ(one.source, PromisedIn::sales);
    EXPECT_EQ(one.due_at, kNow + days{10});
    EXPECT_EQ(one.standing, Standing::open);
    EXPECT_EQ(one.version, 1);
}

TEST(APromiseThatStandsAlone, IsKeptByItsDueInstantAndLateAfterIt) {
    const auto kept_at = [](Instant when) {
        return fold(made(), *keep(made(), {"tea_1", when}, ""))->standing;
    };
    EXPECT_EQ(kept_at(kNow + days{10}), Standing::kept) << "to the last moment";
    EXPECT_EQ(kept_at(kNow + days{10} + 1us), Standing::late);
}

TEST(APromiseThatStandsAlone, IsBrokenForAReasonOrByThirtyDays) {
    EXPECT_EQ(break_it(made(), {"tea_1", kNow}, " ").error().code, ErrorCode::invalid);
    EXPECT_EQ(fold(made(), *break_it(made(), {"tea_1", kNow}, "The trainer left"))->standing,
              Standing::broken);
    const Instant due = kNow + days{10};
    EXPECT_EQ(standing_at(Standing::open, due, due + days{30}), Standing::open);
    EXPECT_EQ(standing_at(Standing::open, due, due + days{30} + 1us), Standing::broken);
    EXPECT_EQ(standing_at(Standing::kept, due, due + days{99}), Standing::kept);
}

TEST(APromiseThatStandsAlone, IsSettledOnce) {
    const Commitment kept = *fold(made(), *keep(made(), {"tea_1", kNow}, ""));
    EXPECT_EQ(keep(kept, {"tea_1", kNow}, "").error().code, ErrorCode::conflict);
    EXPECT_EQ(break_it(kept, {"tea_1", kNow}, "no").error().code, ErrorCode::conflict);
}

TEST(APromiseThatStandsAlone, NeedsWordsSomebodyAndADayToCome) {
    const auto refused = [](Commitment one) {
        const auto entry = make(one, {"tea_1", kNow}, "");
        return entry ? std::string() : entry.error().message.substr(0, entry.error().message.find(':'));
    };
    Commitment one = wanted();
    one.promise = "";
    EXPECT_EQ(refused(one), "promise");
    one = wanted();
    one.account = {};
    EXPECT_EQ(refused(one), "account");
    one = wanted();
    one.due_at = kNow;
    EXPECT_EQ(refused(one), "by");
    one = wanted();
    one.source = PromisedIn::loop;
    EXPECT_EQ(refused(one), "source") << "deciding about an item makes its own promise";
}

TEST(APromiseThatStandsAlone, GoesToSomebodyElse) {
    const Commitment handed = *fold(made(), *hand_on(made(), {"tea_1", kNow}, "tea_2", "on leave"));
    EXPECT_EQ(handed.owner, "tea_2");
    EXPECT_EQ(handed.standing, Standing::open);
}

TEST(ATheme, IsOpenedOnceAndBeforeAnythingIsSaid) {
    Theme theme;
    theme.id = ThemeId(IdBytes{4});
    EXPECT_FALSE(fold(theme, {ThemeEvent::decided, "tea_1", kNow, {}}));
    const Theme opened = *fold(theme, {ThemeEvent::opened, "tea_1", kNow, {{"title", "Exports"}}});
    EXPECT_EQ(opened.title, "Exports");
    EXPECT_FALSE(fold(opened, {ThemeEvent::opened, "tea_1", kNow, {}}));
    EXPECT_EQ(fold(opened, {ThemeEvent::decided, "tea_1", kNow + 1us, {}})->version, 2);
}

}  // namespace
}  // namespace candour::core
