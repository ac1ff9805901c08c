#include "core/relationship/segment.hpp"

#include <gtest/gtest.h>

#include "core/policies.hpp"

namespace candour::core {
namespace {

using std::chrono::days;

TEST(DueDates, AreTheOnesOfTheSegment) {
    const Instant raised = from_us(1'900'000'000'000'000);
    const std::tuple<Segment, int, int, int, int> rows[] = {{Segment::co_creator, 1, 5, 30, 60},
                                                            {Segment::opportunity, 1, 7, 30, 60},
                                                            {Segment::reliable, 2, 10, 45, 60},
                                                            {Segment::edge, 3, 15, 60, 60},
                                                            {Segment::unclassified, 2, 10, 45, 60}};
    for (const auto& [segment, hear, decide, change, tell] : rows) {
        const Due due = due_after(default_policy(segment), raised);
        EXPECT_EQ(due, (Due{raised + days(hear), raised + days(decide), raised + days(change),
                            raised + days(tell)}))
            << name_of(kSegments, segment);
        EXPECT_EQ(due_after(Policies{}.of(segment), raised), due)
            << "the policies know the segment by its place";
    }
}

}  // namespace
}  // namespace candour::core
