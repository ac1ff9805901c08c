#include "core/loop/reminders.hpp"

#include "core/loop/story.hpp"

namespace candour::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Rungs kPeople{"tea_owner", "tea_manager", "tea_sponsor"};

class Overdue : public testing::Test {
 protected:
    Overdue() {
        story.item.due = {story.now + days{1}, story.now + days{5}, story.now + days{30},
                          story.now + days{40}};
    }

    std::vector<Event> remind(const Rungs& people = kPeople) {
        const Result<Step> step = core::remind(story.item, {"host", story.now}, patience, people);
        EXPECT_TRUE(step) << step.error().message;
        std::vector<Event> events;
        for (const LedgerEvent& event : step->events) events.push_back(event.event);
        const Content content = step->events.empty() ? Content{} : step->events.front().content;
        reminded = content.contains("teammate") ? content.at("teammate") : "";
        about = content.contains("step") ? content.at("step") : "";
        story.must(step);
        return events;
    }
    void pass(std::chrono::microseconds time) { story.now += time; }

    Story story;
    Patience patience;
    std::string reminded, about;
};

TEST_F(Overdue, SaysNothingUntilTheDueInstantHasPassed) {
    EXPECT_TRUE(remind().empty());
    pass(days{1});
    EXPECT_TRUE(remind().empty()) << "at the instant itself it is in time";
    pass(1us);
    EXPECT_EQ(remind(), std::vector{Event::owner_reminded});
    EXPECT_EQ(reminded, "tea_owner");
    EXPECT_EQ(about, "hear");
}

TEST_F(Overdue, ClimbsFromTheOwnerToTheManagerToTheSponsorOnceEach) {
    pass(days{1} + 1us);
    EXPECT_EQ(remind(), std::vector{Event::owner_reminded});
    EXPECT_TRUE(remind().empty()) << "once";
    pass(days{2} - 1us);
    EXPECT_TRUE(remind().empty());
    pass(1us);
    EXPECT_EQ(remind(), std::vector{Event::manager_reminded});
    EXPECT_EQ(reminded, "tea_manager");
    pass(days{2});
    EXPECT_EQ(remind(), std::vector{Event::sponsor_reminded});
    pass(days{99});
    EXPECT_TRUE(remind().empty()) << "there is nobody above";
    EXPECT_EQ(watched(story.item).why, Watch::none);
}

TEST_F(Overdue, LeavesOutWhoIsNotThereAndWhoWasRemindedAlready) {
    pass(days{1} + 1us);
    EXPECT_EQ(remind({"", "tea_manager", "tea_manager"}), std::vector{Event::manager_reminded});
    pass(days{2});
    EXPECT_EQ(remind({"", "tea_manager", "tea_manager"}), std::vector{Event::sponsor_reminded})
        << "the ledger says that nobody is left";
    EXPECT_EQ(reminded, "") << "and nobody is written to twice";
}

TEST_F(Overdue, SaysOnTheLedgerThatThereIsNobody) {
    pass(days{1} + 1us);
    EXPECT_EQ(remind({}), std::vector{Event::sponsor_reminded});
    EXPECT_TRUE(story.promises.empty());
    pass(days{9});
    EXPECT_TRUE(remind({}).empty());
}

TEST_F(Overdue, BeginsAgainWithTheNextStep) {
    pass(days{1} + 1us);
    remind();
    story.heard();
    EXPECT_EQ(story.item.reminders, 0);
    EXPECT_TRUE(remind().empty());
    pass(days{5});
    EXPECT_EQ(remind(), std::vector{Event::owner_reminded});
    EXPECT_EQ(about, "decide");
}

TEST_F(Overdue, HoldsUsToWhatWasPromisedAndNotToTheSegment) {
    story.heard().decided();
    EXPECT_EQ(debt_of(story.item).step, Owed::change);
    EXPECT_EQ(debt_of(story.item).due, story.item.promised_by);
    pass(48h + 1us);
    EXPECT_EQ(remind(), std::vector{Event::owner_reminded});
    EXPECT_EQ(about, "change");
}

TEST_F(Overdue, IsNothingWhileTheCustomerIsBeingTold) {
    story.changed_round().telling();
    EXPECT_EQ(debt_of(story.item).step, Owed::nothing);
    pass(days{99});
    EXPECT_TRUE(remind().empty());
}

TEST_F(Overdue, AsksForAnotherChannelAndThenFallsQuiet) {
    story.changed_round().told();
    pass(days{7} - 1us);
    EXPECT_TRUE(remind().empty());
    pass(1us);
    EXPECT_EQ(remind(), std::vector{Event::channel_asked});
    EXPECT_EQ(reminded, "tea_owner");
    EXPECT_EQ(debt_of(story.item).step, Owed::another_channel);
    pass(days{7});
    EXPECT_EQ(remind(), std::vector{Event::quiet});
    EXPECT_TRUE(story.item.quiet);
    EXPECT_EQ(story.item.state, State::told) << "it counts as not closed";
    EXPECT_EQ(debt_of(story.item).step, Owed::nothing) << "and leaves the due lists";
    pass(days{99});
    EXPECT_TRUE(remind().empty());
    story.must(press_seen(story.item, story.by("con_ada"), {}));
    EXPECT_FALSE(story.item.quiet) << "whoever comes back late comes back";
}

TEST_F(Overdue, WaitsForNobodyWhoHasSeenItOrAnswered) {
    story.changed_round().told();
    story.must(press_seen(story.item, story.by("con_ada"), {Strength::confirmed, true}));
    EXPECT_EQ(story.item.state, State::told);
    pass(days{99});
    EXPECT_TRUE(remind().empty());
}

TEST_F(Overdue, BeginsTheSilenceAnewWhenTheMessageWasRepeated) {
    story.changed_round().told();
    pass(days{6});
    const MessageId again(IdBytes{9});
    story.told(again);
    pass(days{6});
    EXPECT_TRUE(remind().empty());
    pass(days{1});
    EXPECT_EQ(remind(), std::vector{Event::channel_asked});
}

TEST_F(Overdue, ForgetsTheSilenceOfARoundThatIsOver) {
    story.changed_round().told();
    pass(days{7});
    remind();
    story.must(reopen(story.item, story.by(), "again", story.due()));
    EXPECT_FALSE(story.item.channel_asked);
    EXPECT_FALSE(happened(story.item.silent_since));
}

}  // namespace
}  // namespace candour::core
