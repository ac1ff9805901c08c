/// The states of a round, what may be done in them, and what the ledger then says. LOOP.md is this file in prose.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "core/names.hpp"

namespace candour::core {

enum class State : std::uint8_t { raised, heard, decided, changed, told, visibly_closed, dismissed, abandoned };

inline constexpr NameTable<State, 8> kStates{{
    {State::raised, "raised"},
    {State::heard, "heard"},
    {State::decided, "decided"},
    {State::changed, "changed"},
    {State::told, "told"},
    {State::visibly_closed, "visibly_closed"},
    {State::dismissed, "dismissed"},
    {State::abandoned, "abandoned"},
}};

/// What the ledger can say. The outcome is part of the name, so that the state can be folded from events alone,
/// even after the personal content beside them was erased.
enum class Event : std::uint8_t {
    raised,
    answered_again,         ///< another answer of the same person to the same question
    corrected,              ///< the customer says: that is not what I meant
    heard,
    decided_will_change,
    decided_will_not_change,
    changed,
    tell_requested,
    tell_cancelled,
    told,
    undeliverable,          ///< the closing message bounced in session: nobody was told
    bounced,                ///< it came back after it was handed over: the item returns to where it was told from
    message_bounced,        ///< another message of ours (acknowledgement, heard) did not arrive; the state stays
    seen,
    confirmed,
    visibly_closed,
    not_yet,
    reopened,
    dismissed,
    abandoned,
};

inline constexpr NameTable<Event, 20> kEvents{{
    {Event::raised, "raised"},
    {Event::answered_again, "answered_again"},
    {Event::corrected, "corrected"},
    {Event::heard, "heard"},
    {Event::decided_will_change, "decided_will_change"},
    {Event::decided_will_not_change, "decided_will_not_change"},
    {Event::changed, "changed"},
    {Event::tell_requested, "tell_requested"},
    {Event::tell_cancelled, "tell_cancelled"},
    {Event::told, "told"},
    {Event::undeliverable, "undeliverable"},
    {Event::bounced, "bounced"},
    {Event::message_bounced, "message_bounced"},
    {Event::seen, "seen"},
    {Event::confirmed, "confirmed"},
    {Event::visibly_closed, "visibly_closed"},
    {Event::not_yet, "not_yet"},
    {Event::reopened, "reopened"},
    {Event::dismissed, "dismissed"},
    {Event::abandoned, "abandoned"},
}};

struct Transition {
    State from;
    Event on;
    State to;
};

/// Events that are not listed for a state cannot happen in it. `bounced` is not here: it leads back to the state
/// the item was told from, which the fold remembers.
inline constexpr std::array kTransitions{
    Transition{State::raised, Event::answered_again, State::raised},
    Transition{State::raised, Event::corrected, State::raised},
    Transition{State::raised, Event::message_bounced, State::raised},
    Transition{State::raised, Event::heard, State::heard},
    Transition{State::raised, Event::dismissed, State::dismissed},
    Transition{State::raised, Event::abandoned, State::abandoned},

    Transition{State::heard, Event::answered_again, State::heard},
    Transition{State::heard, Event::corrected, State::heard},
    Transition{State::heard, Event::message_bounced, State::heard},
    Transition{State::heard, Event::decided_will_change, State::decided},
    Transition{State::heard, Event::decided_will_not_change, State::decided},
    Transition{State::heard, Event::dismissed, State::dismissed},
    Transition{State::heard, Event::abandoned, State::abandoned},

    Transition{State::decided, Event::answered_again, State::decided},
    Transition{State::decided, Event::corrected, State::decided},
    Transition{State::decided, Event::message_bounced, State::decided},
    Transition{State::decided, Event::changed, State::changed},
    Transition{State::decided, Event::tell_requested, State::decided},
    Transition{State::decided, Event::tell_cancelled, State::decided},
    Transition{State::decided, Event::undeliverable, State::decided},
    Transition{State::decided, Event::told, State::told},
    Transition{State::decided, Event::abandoned, State::abandoned},

    Transition{State::changed, Event::answered_again, State::changed},
    Transition{State::changed, Event::corrected, State::changed},
    Transition{State::changed, Event::message_bounced, State::changed},
    Transition{State::changed, Event::tell_requested, State::changed},
    Transition{State::changed, Event::tell_cancelled, State::changed},
    Transition{State::changed, Event::undeliverable, State::changed},
    Transition{State::changed, Event::told, State::told},
    Transition{State::changed, Event::abandoned, State::abandoned},

    Transition{State::told, Event::answered_again, State::told},
    Transition{State::told, Event::message_bounced, State::told},
    Transition{State::told, Event::tell_requested, State::told},
    Transition{State::told, Event::tell_cancelled, State::told},
    Transition{State::told, Event::undeliverable, State::told},
    Transition{State::told, Event::told, State::told},
    Transition{State::told, Event::seen, State::told},
    Transition{State::told, Event::confirmed, State::told},
    Transition{State::told, Event::visibly_closed, State::visibly_closed},
    Transition{State::told, Event::not_yet, State::told},
    Transition{State::told, Event::reopened, State::raised},
    Transition{State::told, Event::abandoned, State::abandoned},

    Transition{State::visibly_closed, Event::answered_again, State::visibly_closed},
    Transition{State::visibly_closed, Event::message_bounced, State::visibly_closed},
    Transition{State::visibly_closed, Event::seen, State::visibly_closed},
    Transition{State::visibly_closed, Event::confirmed, State::visibly_closed},
    Transition{State::visibly_closed, Event::not_yet, State::visibly_closed},
    Transition{State::visibly_closed, Event::reopened, State::raised},

    Transition{State::dismissed, Event::answered_again, State::dismissed},
    Transition{State::dismissed, Event::message_bounced, State::dismissed},
    Transition{State::dismissed, Event::reopened, State::raised},

    Transition{State::abandoned, Event::answered_again, State::abandoned},
    Transition{State::abandoned, Event::message_bounced, State::abandoned},
    Transition{State::abandoned, Event::reopened, State::raised},
};

constexpr std::optional<State> next(State from, Event on) {
    for (const Transition& row : kTransitions)
        if (row.from == from && row.on == on) return row.to;
    return std::nullopt;
}

static_assert(!next(State::changed, Event::visibly_closed), "an item nobody told about cannot be visibly closed");
static_assert(!next(State::raised, Event::told) && !next(State::heard, Event::told), "nothing to tell before a decision");
static_assert(!next(State::decided, Event::dismissed), "after a decision an item is owed an answer");

}  // namespace candour::core
