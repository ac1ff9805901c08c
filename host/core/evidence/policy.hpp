/// How strong a proof must be before an item counts as visibly closed, per segment.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/names.hpp"

namespace candour::core {

/// Weakest first. Only `seen` and `confirmed` can close; a policy asks for one of these two.
enum class Strength : std::uint8_t { none, handed_over, delivered, seen, confirmed };

inline constexpr NameTable<Strength, 5> kStrengths{{
    {Strength::none, "none"},
    {Strength::handed_over, "handed_over"},
    {Strength::delivered, "delivered"},
    {Strength::seen, "seen"},
    {Strength::confirmed, "confirmed"},
}};

/// Where the proof comes from: every closure figure is split by it.
enum class Source : std::uint8_t { page, reply, recorded };

inline constexpr NameTable<Source, 3> kSources{{
    {Source::page, "page"},
    {Source::reply, "reply"},
    {Source::recorded, "recorded"},
}};

struct EvidencePolicy {
    Strength minimum = Strength::seen;
    bool accept_recorded = true;
    friend bool operator==(const EvidencePolicy&, const EvidencePolicy&) = default;
};

constexpr bool closes(const EvidencePolicy& policy, Strength strength, Source source) {
    if (strength == Strength::confirmed) return true;
    if (strength < Strength::seen || strength < policy.minimum) return false;
    return source != Source::recorded || policy.accept_recorded;
}

static_assert(closes({}, Strength::seen, Source::page));
static_assert(!closes({}, Strength::delivered, Source::page), "arriving is not seeing");
static_assert(closes({Strength::confirmed, false}, Strength::confirmed, Source::page));

}  // namespace candour::core
