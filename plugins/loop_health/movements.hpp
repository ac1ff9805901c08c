/// From what happened to what moves.
#pragma once
#include "candour/tally.hpp"

namespace candour::loop_health {

/// The item's standing is looked at on each day on which something happened, and on each day on which it
/// changes by itself after that: what differs from the day before has moved.
/// Errors: invalid when a row says what cannot be.
Done move(const sdk::Story& story, sdk::Movements& movements);

}  // namespace candour::loop_health
