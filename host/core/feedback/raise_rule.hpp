/// Which observations become items. The default of DECISIONS 8; rules of an organisation's own come later.
#pragma once
#include "core/feedback/observation.hpp"

namespace candour::core {

/// Scores up to here want an answer even without words.
inline constexpr int kDetractorScore = 6;

/// Anonymous answers stay observations, and so does what a machine pressed.
inline bool raises_item(const Observation& observation) {
    if (observation.contact.empty() || observation.answer_class == AnswerClass::likely_bot) return false;
    if (observation.contact_me || !observation.verbatim.empty()) return true;
    return observation.score && *observation.score <= kDetractorScore;
}

}  // namespace candour::core
