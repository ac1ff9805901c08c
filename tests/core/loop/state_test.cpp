#include "core/loop/state.hpp"

#include <gtest/gtest.h>

#include <map>

namespace candour::core {
namespace {

/// The picture of a round, drawn once more: what moves an item, from where, to where.
std::map<std::pair<State, Event>, State> moves() {
    using enum State;
    return {{{raised, Event::heard}, heard},
            {{heard, Event::decided_will_change}, decided},
            {{heard, Event::decided_will_not_change}, decided},
            {{decided, Event::changed}, changed},
            {{decided, Event::told}, told},
            {{changed, Event::told}, told},
            {{told, Event::visibly_closed}, visibly_closed},
            {{told, Event::reopened}, raised},
            {{visibly_closed, Event::reopened}, raised},
            {{dismissed, Event::reopened}, raised},
            {{abandoned, Event::reopened}, raised},
            {{raised, Event::dismissed}, dismissed},
            {{heard, Event::dismissed}, dismissed},
            {{raised, Event::abandoned}, abandoned},
            {{heard, Event::abandoned}, abandoned},
            {{decided, Event::abandoned}, abandoned},
            {{changed, Event::abandoned}, abandoned},
            {{told, Event::abandoned}, abandoned}};
}

/// What is only noted, and where it can happen.
std::map<Event, std::vector<State>> notes() {
    using enum State;
    const std::vector<State> everywhere{raised, heard,          decided,   changed,
                                        told,   visibly_closed, dismissed, abandoned};
    const std::vector<State> before_told{raised, heard, decided, changed};
    const std::vector<State> tellable{decided, changed, told};
    const std::vector<State> after_told{told, visibly_closed};
    const std::vector<State> at_rest{told, visibly_closed, dismissed, abandoned};
    return {{Event::answered_again, everywhere},
            {Event::message_bounced, everywhere},
            {Event::replied, everywhere},
            {Event::closing_answered, after_told},
            {Event::delivered, after_told},
            {Event::no_objection, at_rest},
            {Event::objected, at_rest},
            {Event::corrected, before_told},
            {Event::tell_requested, tellable},
            {Event::tell_cancelled, tellable},
            {Event::undeliverable, tellable},
            {Event::told, {told}},
            {Event::seen, after_told},
            {Event::confirmed, after_told},
            {Event::not_yet, after_told},
            {Event::owner_reminded, before_told},
            {Event::manager_reminded, before_told},
            {Event::sponsor_reminded, before_told},
            {Event::channel_asked, {told}},
            {Event::quiet, {told}},
            {Event::handed_on, {raised, heard, decided, changed, told, visibly_closed}},
            {Event::our_failure, {raised, heard, decided}},
            {Event::not_our_failure, {raised, heard, decided}},
            {Event::joined_theme, {raised, heard, decided, changed, told, visibly_closed}},
            {Event::left_theme, everywhere},
            {Event::merged_in, {raised, heard, decided, changed, told}},
            {Event::noted, everywhere}};
}

std::optional<State> expected(State from, Event on) {
    const auto all_moves = moves();
    const auto moved = all_moves.find({from, on});
    if (moved != all_moves.end()) return moved->second;
    const auto all_notes = notes();
    const auto noted = all_notes.find(on);
    if (noted == all_notes.end()) return std::nullopt;
    for (const State state : noted->second)
        if (state == from) return from;
    return std::nullopt;
}

TEST(TransitionTable, IsThePictureOfARoundAndNothingElse) {
    for (const auto& [state, state_name] : kStates)
        for (const auto& [event, event_name] : kEvents) {
            const auto says = next(state, event), should = expected(state, event);
            EXPECT_EQ(says, should) << event_name << " in " << state_name << " leads to "
                                    << (says ? name_of(kStates, *says) : "nothing");
        }
}

TEST(TransitionTable, NamesNoStepTwice) {
    for (const Transition& one : kTransitions) {
        int same = 0;
        for (const Transition& other : kTransitions)
            same += one.from == other.from && one.on == other.on ? 1 : 0;
        EXPECT_EQ(same, 1) << name_of(kStates, one.from) << " " << name_of(kEvents, one.on);
    }
}

TEST(TransitionTable, LetsEveryStateBeReachedAndEveryUnclosedOneBeEnded) {
    for (const auto& [state, name] : kStates) {
        const bool reached = state == State::raised || std::any_of(kTransitions.begin(), kTransitions.end(),
                                                                   [s = state](const Transition& row) {
                                                                       return row.to == s && row.from != s;
                                                                   });
        EXPECT_TRUE(reached) << name;
        const bool left =
            std::any_of(kTransitions.begin(), kTransitions.end(),
                        [s = state](const Transition& row) { return row.from == s && row.to != s; });
        EXPECT_TRUE(left) << name;
    }
}

TEST(Names, ServeBothDirectionsAndKnowNoDefault) {
    for (const auto& [state, name] : kStates) EXPECT_EQ(value_of(kStates, name), state);
    for (const auto& [event, name] : kEvents) EXPECT_EQ(value_of(kEvents, name), event);
    EXPECT_EQ(value_of(kStates, "closed"), std::nullopt);
    EXPECT_EQ(value_of(kStates, "Raised"), std::nullopt);
    EXPECT_EQ(value_of(kEvents, ""), std::nullopt);
}

}  // namespace
}  // namespace candour::core
