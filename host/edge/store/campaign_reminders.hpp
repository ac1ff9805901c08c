/// Reminders that are due: written as messages, one at a time per contact, until somebody speaks.
#pragma once
#include "candour/result.hpp"
#include "edge/store/session.hpp"
#include "edge/store/welcome_hours.hpp"

namespace candour::store {

/// Returns how many contacts it looked at; each is looked at again when its next reminder may be due.
Result<int> write_reminders(Session& session, const HoursRules& rules, core::Instant now, int limit);

}  // namespace candour::store
