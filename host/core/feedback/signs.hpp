/// Machines open every link and press some buttons. What tells them from people, as rules over plain facts.
#pragma once
#include <chrono>
#include <span>

#include "core/feedback/answer_class.hpp"
#include "core/instant.hpp"

namespace candour::core {

/// Nobody opens two scores of one link, or sends two of them, this close together.
inline constexpr std::chrono::seconds kBurst{10};

/// A link was opened (GET, HEAD) or answered (POST).
struct Opening {
    Instant at;
    int score = -1;  ///< the one it names; -1: none
    bool sent = false;
    bool trap = false;  ///< the link that nobody sees
};

/// Whether two different scores were opened around the instant at which the page was made, or sent around
/// `now`, where `score` is being sent. Opening one and sending another is what people do who change their
/// mind.
bool tried_many_scores(std::span<const Opening> openings, Instant page_at, Instant now, int score);
/// Whether the page's hidden link was followed before its button was pressed.
bool fell_into_trap(std::span<const Opening> openings, Instant page_at);

/// The class of an answer. `pressed` is what the press of the button shows: likely_bot (a trap, or faster
/// than anybody reads), human (a gesture of a hand was seen), else unverified. Words are a person's, unless
/// the press was none.
constexpr AnswerClass class_of(AnswerClass pressed, bool many_scores, bool words) {
    if (pressed == AnswerClass::likely_bot) return pressed;
    if (words || pressed == AnswerClass::human) return AnswerClass::human;
    return many_scores ? AnswerClass::likely_bot : AnswerClass::unverified;
}

static_assert(class_of(AnswerClass::likely_bot, false, true) == AnswerClass::likely_bot,
              "machines fill in every field");
static_assert(class_of(AnswerClass::unverified, true, true) == AnswerClass::human,
              "no customer's words are lost to haste");

}  // namespace candour::core
