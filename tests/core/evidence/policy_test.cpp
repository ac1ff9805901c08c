#include "core/evidence/policy.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

struct PolicyRow {
    Strength minimum;
    bool accept_recorded;
    Strength strength;
    Source source;
    bool closes;
};

TEST(EvidencePolicies, CloseWhatTheTableSays) {
    using enum Strength;
    using enum Source;
    const PolicyRow rows[] = {
        {seen, true, seen, page, true},
        {seen, true, seen, reply, true},
        {seen, true, seen, recorded, true},
        {seen, false, seen, page, true},
        {seen, false, seen, recorded, false},
        {confirmed, true, seen, page, false},
        {confirmed, true, seen, recorded, false},
        {confirmed, true, confirmed, page, true},
        {confirmed, false, confirmed, page, true},
        {seen, true, confirmed, page, true},
        {confirmed, false, seen, recorded, false},
    };
    for (const PolicyRow& row : rows)
        EXPECT_EQ(closes({row.minimum, row.accept_recorded}, row.strength, row.source), row.closes)
            << name_of(kStrengths, row.strength) << " from " << name_of(kSources, row.source) << " where "
            << name_of(kStrengths, row.minimum) << " is asked for";
}

TEST(EvidencePolicies, NeverCloseOnLessThanSeenWhateverTheyAskFor) {
    for (const auto& [minimum, minimum_name] : kStrengths)
        for (const Strength weak : {Strength::none, Strength::handed_over, Strength::delivered})
            for (const auto& [source, source_name] : kSources)
                EXPECT_FALSE(closes({minimum, true}, weak, source)) << minimum_name << " " << source_name;
}

}  // namespace
}  // namespace candour::core
