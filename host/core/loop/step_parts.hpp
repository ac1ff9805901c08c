/// What several commands of the loop are made of; nobody outside this folder needs it.
#pragma once
#include "core/loop/commands.hpp"

namespace candour::core {

/// What the item's state does not allow.
Error refused(const Item& item, const std::string& why);
/// A step that cannot be folded is refused here, before anything is written.
Result<Step> checked(const Item& item, Step step);
/// The due instants as an event carries them.
Content due_content(const Due& due);
/// Whoever has seen it needs no repetition: one that still waits is taken back.
void close_if_proven(Step& step, const Item& item, const Act& act, const EvidencePolicy& policy,
                     Strength strength, Source source);

}  // namespace candour::core
