/// Which observations become items. The default; rules of an organisation's own come later.
#pragma once
#include "core/feedback/observation.hpp"

namespace candour::core {

/// Scores up to here want an answer even without words.
inline constexpr int kDetractorScore = 6;

/// What a person wrote to us of their own accord wants an answer, whatever its words are.
inline constexpr const char* kMailSource = "mail";

/// Anonymous answers stay observations, and so does what a machine pressed.
inline bool raises_item(const Observation& observation) {
    if (observation.contact.empty() || observation.answer_class == AnswerClass::likely_bot) return false;
    if (observation.source == kMailSource || observation.contact_me || !observation.verbatim.empty())
        return true;
    return observation.score && *observation.score <= kDetractorScore;
}

}  // namespace candour::core
