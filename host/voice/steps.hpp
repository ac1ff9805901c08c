/// One round as the steps a page or a mail shows: what was said, heard, decided, changed; and the ring above
/// them.
#pragma once
#include "voice/markup.hpp"

namespace candour::voice {

/// The steps of a round, oldest first. Each step has every value that the templates know.
List steps(const Round& round, bool first, const Catalogue& words);

/// Sets whole, arcs and ring_label: four arcs, filled as far as the last round has come; a declined third arc
/// is absent, the fourth is dashed while the customer's answer is awaited, and only the customer makes it
/// whole.
void give_ring(Data& data, const LoopFacts& facts, const Catalogue& words);

/// We said no, and said so.
bool declined(const Round& round);

}  // namespace candour::voice
