#include "core/loop/pace.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;

constexpr Instant kCourseBegin{std::chrono::days{20'000}};

Course heard_after(std::chrono::hours hours) {
    Course course;
    course.raised = kCourseBegin;
    course.heard = kCourseBegin + hours;
    return course;
}

const Pace* pace_in(const std::vector<Pace>& paces, State state) {
    for (const Pace& one : paces)
        if (one.state == state) return &one;
    return nullptr;
}

TEST(Paces, AreTheMedianOfThoseThatWentOn) {
    const std::vector<Course> courses{heard_after(1h), heard_after(100h), heard_after(3h)};
    const std::vector<Pace> paces = paces_of(courses);
    ASSERT_EQ(paces.size(), 1U) << "nobody left another state";
    EXPECT_EQ(paces[0].state, State::raised);
    EXPECT_EQ(paces[0].items, 3);
    EXPECT_EQ(paces[0].median, 3h);
}

TEST(Paces, LieBetweenTheMiddleTwoOfAnEvenNumber) {
    const std::vector<Course> courses{heard_after(10h), heard_after(2h), heard_after(4h), heard_after(1h)};
    EXPECT_EQ(paces_of(courses).at(0).median, 3h);
}

TEST(Paces, EndADecisionByWhatItPromised) {
    Course change = heard_after(1h), refusal = heard_after(1h);
    change.decided = refusal.decided = kCourseBegin + 2h;
    change.will_change = true;
    change.changed = kCourseBegin + 10h;
    change.told = kCourseBegin + 20h;
    refusal.told = kCourseBegin + 6h;
    const std::vector<Pace> paces = paces_of(std::vector<Course>{change, refusal});
    const Pace *decided = pace_in(paces, State::decided), *changed = pace_in(paces, State::changed);
    ASSERT_NE(decided, nullptr);
    ASSERT_NE(changed, nullptr);
    EXPECT_EQ(decided->items, 2);
    EXPECT_EQ(decided->median, 6h) << "8 hours to the change, 4 to a no that was told";
    EXPECT_EQ(changed->items, 1);
    EXPECT_EQ(changed->median, 10h);
}

TEST(Paces, LeaveOutWhatGoesBackwards) {
    Course odd;
    odd.raised = kCourseBegin + 5h;
    odd.heard = kCourseBegin;
    EXPECT_TRUE(paces_of(std::vector<Course>{odd}).empty());
    EXPECT_TRUE(paces_of({}).empty());
}

}  // namespace
}  // namespace candour::core
