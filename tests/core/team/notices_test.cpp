#include "core/team/notices.hpp"

#include <tuple>

#include "core/loop/story.hpp"

namespace candour::core {
namespace {

using Told = std::tuple<std::string, NoticeKind, std::string>;

class Notices : public testing::Test {
 protected:
    Notices() { story.item.owner = "tea_owner"; }

    /// Who hears what of these events, which all happened in one step.
    std::vector<Told> told(const std::vector<LedgerEvent>& events,
                           const std::vector<std::string>& watchers = {}) {
        std::vector<Told> all;
        for (const Notice& one : notices_of(story.item, events, watchers))
            all.emplace_back(one.teammate, one.kind, one.about);
        return all;
    }
    LedgerEvent event(Event what, const std::string& actor, Content content = {}) const {
        return {what, actor, story.now, std::move(content)};
    }

    Story story;
};

TEST_F(Notices, TellTheOwnerWhatTheCustomerDoes) {
    const std::pair<Event, NoticeKind> rows[] = {
        {Event::raised, NoticeKind::assignment},
        {Event::answered_again, NoticeKind::customer_answered},
        {Event::corrected, NoticeKind::customer_answered},
        {Event::replied, NoticeKind::customer_answered},
        {Event::closing_answered, NoticeKind::customer_answered},
        {Event::seen, NoticeKind::customer_answered},
        {Event::confirmed, NoticeKind::customer_answered},
        {Event::reopened, NoticeKind::reopened},
        {Event::undeliverable, NoticeKind::undelivered},
        {Event::bounced, NoticeKind::undelivered},
        {Event::message_bounced, NoticeKind::undelivered},
    };
    for (const auto& [what, kind] : rows) {
        EXPECT_EQ(told({event(what, "con_ada")}),
                  (std::vector<Told>{{"tea_owner", kind, std::string(name_of(kEvents, what))}}));
        EXPECT_TRUE(is_news(what));
    }
}

TEST_F(Notices, SayNothingOfWhatWeDoOurselves) {
    for (const Event ours : {Event::heard, Event::decided_will_change, Event::changed, Event::tell_requested,
                             Event::told, Event::visibly_closed, Event::noted, Event::joined_theme,
                             Event::dismissed, Event::quiet, Event::delivered}) {
        EXPECT_TRUE(told({event(ours, "tea_grace")}, {"tea_watch"}).empty()) << name_of(kEvents, ours);
        EXPECT_FALSE(is_news(ours));
    }
}

TEST_F(Notices, TellTheNewOwnerUnlessTheyTookItThemselves) {
    EXPECT_EQ(told({event(Event::handed_on, "tea_boss", {{"owner", "tea_owner"}})}),
              (std::vector<Told>{{"tea_owner", NoticeKind::assignment, "handed_on"}}));
    EXPECT_TRUE(told({event(Event::handed_on, "tea_owner", {{"owner", "tea_owner"}})}).empty());
    EXPECT_TRUE(told({event(Event::seen, "tea_owner", {{"source", "recorded"}})}).empty())
        << "the owner spoke with them";
}

TEST_F(Notices, TellOfOneStepOnce) {
    EXPECT_EQ(told({event(Event::closing_answered, "con_ada"), event(Event::seen, "con_ada")}),
              (std::vector<Told>{{"tea_owner", NoticeKind::customer_answered, "closing_answered"}}));
    EXPECT_EQ(told({event(Event::not_yet, "con_ada"), event(Event::reopened, "host")}),
              (std::vector<Told>{{"tea_owner", NoticeKind::reopened, "reopened"}}));
    EXPECT_TRUE(told({event(Event::objected, "tea_owner"), event(Event::reopened, "host")}).empty())
        << "the owner reopened it";
}

TEST_F(Notices, TellWatchersTheSameAsOnlyWatching) {
    EXPECT_EQ(told({event(Event::replied, "con_ada")}, {"tea_watch", "tea_owner", "tea_other"}),
              (std::vector<Told>{{"tea_owner", NoticeKind::customer_answered, "replied"},
                                 {"tea_watch", NoticeKind::watching, "replied"},
                                 {"tea_other", NoticeKind::watching, "replied"}}));
    story.item.owner.clear();
    EXPECT_EQ(told({event(Event::replied, "con_ada")}, {"tea_watch"}),
              (std::vector<Told>{{"tea_watch", NoticeKind::watching, "replied"}}));
}

TEST_F(Notices, TellOfWhatIsLateWhomTheLedgerNames) {
    const Content late{{"step", "decide"}, {"teammate", "tea_boss"}};
    EXPECT_EQ(told({event(Event::manager_reminded, "host", late)}, {"tea_watch"}),
              (std::vector<Told>{{"tea_boss", NoticeKind::overdue, "decide"}}));
    EXPECT_EQ(told({event(Event::channel_asked, "host", {{"teammate", "tea_owner"}})}),
              (std::vector<Told>{{"tea_owner", NoticeKind::overdue, "another_channel"}}));
    EXPECT_TRUE(
        told({event(Event::sponsor_reminded, "host", {{"step", "decide"}, {"teammate", ""}})}).empty());
}

TEST_F(Notices, NameTheEventOnTheLedger) {
    story.item.version = 7;
    const std::vector<Notice> notices =
        notices_of(story.item, {event(Event::not_yet, "con_ada"), event(Event::reopened, "host")}, {});
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices.front().n, 7);
}

TEST(NoticeChoices, CanWaitWhereNobodyIsAsked) {
    for (const auto& [kind, name] : kNoticeKinds) {
        const bool waits = kind == NoticeKind::due_soon || kind == NoticeKind::watching;
        EXPECT_EQ(usual_choice(kind), waits ? NoticeChoice::digest : NoticeChoice::now) << name;
    }
}

TEST(NoticeWatchers, AreReadFromTheListOfTheLedger) {
    EXPECT_EQ(listed("tea_a,tea_b"), (std::vector<std::string>{"tea_a", "tea_b"}));
    EXPECT_TRUE(listed("").empty());
    EXPECT_EQ(listed(",tea_a,,"), (std::vector<std::string>{"tea_a"}));
}

}  // namespace
}  // namespace candour::core
