/// From a fact to an item: the ledger's first event, the acknowledgement it promises, or one more event for
/// an item that the same person and key raised before.
#pragma once
#include "core/feedback/observation.hpp"
#include "core/feedback/rules.hpp"
#include "core/policies.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// Empty when the observation stays an observation.
ItemId raise_or_join(Session& session, const core::Policies& policies, const core::Rules& rules,
                     const core::Observation& observation, std::int64_t seq, core::Instant now);

}  // namespace candour::store
