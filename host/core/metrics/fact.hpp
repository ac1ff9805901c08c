/// What metrics are computed from: rows of views, each with the civil day that was stored with it.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "core/names.hpp"

namespace candour::core {

/// A civil date of the organisation, counted from 1970-01-01.
using Day = std::int64_t;

/// The numbers stand in the database; schemas/json/views.json says what the values of a row mean.
enum class View : std::uint8_t { answers = 1, declared = 2, acts = 3, contacts = 4, loop_events = 5 };
inline constexpr NameTable<View, 5> kViews{{
    {View::answers, "relationship.answers"},
    {View::declared, "advocacy.declared"},
    {View::acts, "advocacy.acts"},
    {View::contacts, "contacts"},
    {View::loop_events, "loop.events"},
}};

/// The first value of a row of `contacts`.
enum class Aspect : std::uint8_t { known_since, level, active, opted_out };
inline constexpr NameTable<Aspect, 4> kAspects{{
    {Aspect::known_since, "known_since"},
    {Aspect::level, "level"},
    {Aspect::active, "active"},
    {Aspect::opted_out, "opted_out"},
}};

/// The second value of a row of `relationship.answers` and `advocacy.declared`, as AnswerClass has them.
inline constexpr std::int64_t kHuman = 0;
inline constexpr std::int64_t kLikelyBot = 2;

struct Fact {
    View view = View::answers;
    Day day = 0;
    std::int64_t at_us = 0;
    std::int64_t seq = 0;     ///< order of arrival within its view
    std::int64_t thread = 0;  ///< facts of one thread take each other's place; 0: this one has none
    bool withdrawn = false;   ///< takes the place of the thread's facts and counts for nothing itself
    std::array<std::int64_t, 4> value{};
};

/// All that is known of one contact at one account.
struct Unit {
    std::string contact;
    std::string account;
    std::vector<Fact> facts;
};

/// A clock that runs ahead by more than this is wrong, not early.
inline constexpr std::chrono::minutes kClockSkew{5};

/// The facts that count now: none that lies in the future, none whose place another one took. They come back
/// in order of instant, then arrival, with days that never fall. A machine's answer never takes the place of
/// a person's.
struct StandingFacts {
    std::vector<Fact> facts;
    std::optional<Instant> next_due;  ///< when the first one that is held back is due
};
StandingFacts standing_facts(std::vector<Fact> facts, Instant now);

}  // namespace candour::core
