/// The states of a round, what may be done in them, and what the ledger then says. LOOP.md is this file in
/// prose.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "core/names.hpp"

namespace candour::core {

enum class State : std::uint8_t {
    raised,
    heard,
    decided,
    changed,
    told,
    visibly_closed,
    dismissed,
    abandoned
};

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

/// What the ledger can say. The outcome is part of the name, so that the state can be folded from events
/// alone, even after the personal content beside them was erased.
enum class Event : std::uint8_t {
    raised,
    answered_again,    ///< another answer of the same person to the same question
    corrected,         ///< the customer says: that is not what I meant
    replied,           ///< their words by mail, in answer to a message of ours
    closing_answered,  ///< the same, in answer to the closing message: the owner says what it means
    no_objection,      ///< what the owner made of such a reply
    objected,
    delivered,  ///< the closing message reached their mailbox; nobody has read it yet
    heard,
    decided_will_change,
    decided_will_not_change,
    changed,
    tell_requested,
    tell_cancelled,
    told,
    undeliverable,    ///< the closing message bounced in session: nobody was told
    bounced,          ///< it came back after it was handed over: the item returns to where it was told from
    message_bounced,  ///< another message of ours (acknowledgement, heard) did not arrive; the state stays
    seen,
    confirmed,
    visibly_closed,
    not_yet,
    reopened,
    dismissed,
    abandoned,
    owner_reminded,  ///< a step is overdue: first its owner hears of it, then the manager, then the sponsor
    manager_reminded,
    sponsor_reminded,
    channel_asked,  ///< nobody has seen what came of it: the owner is asked for another way to tell them
    quiet,          ///< and still nobody; it leaves the due lists, and counts as not closed
    handed_on,      ///< another teammate answers for it from now on
    our_failure,    ///< the fault was ours: three texts are owed with the change
    not_our_failure,
    joined_theme,  ///< one decision for many
    left_theme,
    merged_in,  ///< the words of another item of the same person go on here
    noted,      ///< a word among ourselves; no customer ever reads it
};

inline constexpr NameTable<Event, 37> kEvents{{
    {Event::raised, "raised"},
    {Event::answered_again, "answered_again"},
    {Event::corrected, "corrected"},
    {Event::replied, "replied"},
    {Event::closing_answered, "closing_answered"},
    {Event::no_objection, "no_objection"},
    {Event::objected, "objected"},
    {Event::delivered, "delivered"},
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
    {Event::owner_reminded, "owner_reminded"},
    {Event::manager_reminded, "manager_reminded"},
    {Event::sponsor_reminded, "sponsor_reminded"},
    {Event::channel_asked, "channel_asked"},
    {Event::quiet, "quiet"},
    {Event::handed_on, "handed_on"},
    {Event::our_failure, "our_failure"},
    {Event::not_our_failure, "not_our_failure"},
    {Event::joined_theme, "joined_theme"},
    {Event::left_theme, "left_theme"},
    {Event::merged_in, "merged_in"},
    {Event::noted, "noted"},
}};

/// What the host writes down because time passed, and nobody did anything.
constexpr bool said_by_time(Event event) {
    return event == Event::owner_reminded || event == Event::manager_reminded ||
           event == Event::sponsor_reminded || event == Event::channel_asked || event == Event::quiet;
}

struct Transition {
    State from;
    Event on;
    State to;
};

/// Events that are not listed for a state cannot happen in it. `bounced` is not here: it leads back to the
/// state the item was told from, which the fold remembers.
inline constexpr std::array kTransitions{
    Transition{State::raised, Event::answered_again, State::raised},
    Transition{State::raised, Event::replied, State::raised},
    Transition{State::raised, Event::corrected, State::raised},
    Transition{State::raised, Event::message_bounced, State::raised},
    Transition{State::raised, Event::heard, State::heard},
    Transition{State::raised, Event::dismissed, State::dismissed},
    Transition{State::raised, Event::abandoned, State::abandoned},

    Transition{State::heard, Event::answered_again, State::heard},
    Transition{State::heard, Event::replied, State::heard},
    Transition{State::heard, Event::corrected, State::heard},
    Transition{State::heard, Event::message_bounced, State::heard},
    Transition{State::heard, Event::decided_will_change, State::decided},
    Transition{State::heard, Event::decided_will_not_change, State::decided},
    Transition{State::heard, Event::dismissed, State::dismissed},
    Transition{State::heard, Event::abandoned, State::abandoned},

    Transition{State::decided, Event::answered_again, State::decided},
    Transition{State::decided, Event::replied, State::decided},
    Transition{State::decided, Event::corrected, State::decided},
    Transition{State::decided, Event::message_bounced, State::decided},
    Transition{State::decided, Event::changed, State::changed},
    Transition{State::decided, Event::tell_requested, State::decided},
    Transition{State::decided, Event::tell_cancelled, State::decided},
    Transition{State::decided, Event::undeliverable, State::decided},
    Transition{State::decided, Event::told, State::told},
    Transition{State::decided, Event::abandoned, State::abandoned},

    Transition{State::changed, Event::answered_again, State::changed},
    Transition{State::changed, Event::replied, State::changed},
    Transition{State::changed, Event::corrected, State::changed},
    Transition{State::changed, Event::message_bounced, State::changed},
    Transition{State::changed, Event::tell_requested, State::changed},
    Transition{State::changed, Event::tell_cancelled, State::changed},
    Transition{State::changed, Event::undeliverable, State::changed},
    Transition{State::changed, Event::told, State::told},
    Transition{State::changed, Event::abandoned, State::abandoned},

    Transition{State::told, Event::answered_again, State::told},
    Transition{State::told, Event::replied, State::told},
    Transition{State::told, Event::closing_answered, State::told},
    Transition{State::told, Event::delivered, State::told},
    Transition{State::told, Event::no_objection, State::told},
    Transition{State::told, Event::objected, State::told},
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
    Transition{State::visibly_closed, Event::replied, State::visibly_closed},
    Transition{State::visibly_closed, Event::closing_answered, State::visibly_closed},
    Transition{State::visibly_closed, Event::delivered, State::visibly_closed},
    Transition{State::visibly_closed, Event::no_objection, State::visibly_closed},
    Transition{State::visibly_closed, Event::objected, State::visibly_closed},
    Transition{State::visibly_closed, Event::message_bounced, State::visibly_closed},
    Transition{State::visibly_closed, Event::seen, State::visibly_closed},
    Transition{State::visibly_closed, Event::confirmed, State::visibly_closed},
    Transition{State::visibly_closed, Event::not_yet, State::visibly_closed},
    Transition{State::visibly_closed, Event::reopened, State::raised},

    Transition{State::dismissed, Event::answered_again, State::dismissed},
    Transition{State::dismissed, Event::replied, State::dismissed},
    Transition{State::dismissed, Event::no_objection, State::dismissed},
    Transition{State::dismissed, Event::objected, State::dismissed},
    Transition{State::dismissed, Event::message_bounced, State::dismissed},
    Transition{State::dismissed, Event::reopened, State::raised},

    Transition{State::abandoned, Event::answered_again, State::abandoned},
    Transition{State::abandoned, Event::replied, State::abandoned},
    Transition{State::abandoned, Event::no_objection, State::abandoned},
    Transition{State::abandoned, Event::objected, State::abandoned},
    Transition{State::abandoned, Event::message_bounced, State::abandoned},
    Transition{State::abandoned, Event::reopened, State::raised},
};

/// What is only written down: it can happen in every state from the first to the last, and moves nothing.
struct Note {
    Event on;
    State first;
    State last;
};

inline constexpr std::array kNotes{
    Note{Event::owner_reminded, State::raised, State::changed},
    Note{Event::manager_reminded, State::raised, State::changed},
    Note{Event::sponsor_reminded, State::raised, State::changed},
    Note{Event::channel_asked, State::told, State::told},
    Note{Event::quiet, State::told, State::told},
    Note{Event::handed_on, State::raised, State::visibly_closed},
    Note{Event::our_failure, State::raised, State::decided},
    Note{Event::not_our_failure, State::raised, State::decided},
    Note{Event::joined_theme, State::raised, State::visibly_closed},
    Note{Event::left_theme, State::raised, State::abandoned},
    Note{Event::merged_in, State::raised, State::told},
    Note{Event::noted, State::raised, State::abandoned},
};

constexpr std::optional<State> next(State from, Event on) {
    for (const Transition& row : kTransitions)
        if (row.from == from && row.on == on) return row.to;
    for (const Note& note : kNotes)
        if (note.on == on && note.first <= from && from <= note.last) return from;
    return std::nullopt;
}

static_assert(!next(State::changed, Event::visibly_closed),
              "an item nobody told about cannot be visibly closed");
static_assert(!next(State::raised, Event::told) && !next(State::heard, Event::told),
              "nothing to tell before a decision");
static_assert(!next(State::decided, Event::dismissed), "after a decision an item is owed an answer");

}  // namespace candour::core
