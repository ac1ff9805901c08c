/// What a segment promises its customers: how fast each step is owed and how strong the closing proof must
/// be.
#pragma once
#include <chrono>
#include <cstdint>

#include "core/evidence/policy.hpp"
#include "core/instant.hpp"
#include "core/loop/item.hpp"
#include "core/names.hpp"

namespace candour::core {

enum class Segment : std::uint8_t { co_creator, opportunity, reliable, edge, unclassified };

inline constexpr NameTable<Segment, 5> kSegments{{
    {Segment::co_creator, "co_creator"},
    {Segment::opportunity, "opportunity"},
    {Segment::reliable, "reliable"},
    {Segment::edge, "edge"},
    {Segment::unclassified, "unclassified"},
}};

struct SegmentPolicy {
    std::chrono::days hear{2};
    std::chrono::days decide{10};
    std::chrono::days change{45};
    std::chrono::days tell{60};
    EvidencePolicy evidence;
};

/// Heard, decided and changed as METRICS 8.5 has them; told is owed by day 60 for everybody (6.7).
constexpr SegmentPolicy default_policy(Segment segment) {
    using std::chrono::days;
    switch (segment) {
        case Segment::co_creator:
            return {days{1}, days{5}, days{30}, days{60}, {}};
        case Segment::opportunity:
            return {days{1}, days{7}, days{30}, days{60}, {}};
        case Segment::edge:
            return {days{3}, days{15}, days{60}, days{60}, {}};
        case Segment::reliable:
        case Segment::unclassified:
            break;
    }
    return {};
}

constexpr Due due_after(const SegmentPolicy& policy, Instant raised) {
    return {raised + policy.hear, raised + policy.decide, raised + policy.change, raised + policy.tell};
}

}  // namespace candour::core
