/// Where one contact stands on a day, from the rows that are known of them.
#pragma once
#include "candour/measure.hpp"
#include "candour/stats/advocacy.hpp"

namespace candour::advocacy_rate {

/// Cells of a unit's state, in the order of stats::AdvocacySums.
enum Cell : std::size_t { kEligible, kRespondents, kDeclared, kObserved, kConfirmed, kAssessed, kWidth };

/// nullopt: nobody has recorded since when we know the contact, so they are not eligible yet.
std::optional<stats::AdvocacyRecord> record_of(const sdk::Evaluation& evaluation);

/// Errors: invalid when a row holds an answer that does not exist.
Done fill(const sdk::Evaluation& evaluation, sdk::UnitState& state);

}  // namespace candour::advocacy_rate
