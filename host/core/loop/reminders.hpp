/// What time alone does to an item: somebody of ours is reminded, in the end the item falls quiet. Pure;
/// whoever looks brings the clock.
///
///     a step is overdue        its owner is reminded, `escalate` later the manager, and as much later the
///     sponsor told, and nobody saw it  after `visibility` the owner is asked for another way to tell them,
///     after as much
///                              again the item is quiet: it leaves the due lists and counts as not closed
#pragma once
#include "core/loop/commands.hpp"
#include "core/loop/patience.hpp"

namespace candour::core {

/// The step that an item owes its customer now.
enum class Owed : std::uint8_t { nothing, hear, decide, change, tell, another_channel };
inline constexpr NameTable<Owed, 6> kOwed{{
    {Owed::nothing, "nothing"},
    {Owed::hear, "hear"},
    {Owed::decide, "decide"},
    {Owed::change, "change"},
    {Owed::tell, "tell"},
    {Owed::another_channel, "another_channel"},
}};

struct Debt {
    Owed step = Owed::nothing;
    Instant due = kNever;
};
/// A closing message that is on its way is owed no more.
Debt debt_of(const Item&);

/// Why an item is looked at again, and since when that holds: what a search for work needs to know of it.
enum class Watch : std::uint8_t { none, overdue, escalation, silence };
inline constexpr NameTable<Watch, 4> kWatches{{
    {Watch::none, ""},
    {Watch::overdue, "overdue"},
    {Watch::escalation, "escalation"},
    {Watch::silence, "silence"},
}};
struct Watched {
    Watch why = Watch::none;
    Instant since = kNever;
};
Watched watched(const Item&);

/// Whom a reminder can go to: teammates' ids, empty when there is none.
struct Rungs {
    std::string owner;
    std::string manager;
    std::string sponsor;
};

/// What is due at `act.at`, once: an empty step when nothing is. Nobody is reminded twice of the same step,
/// also when one person stands on two rungs; the event names them, and they hear of it (core/team/notices).
/// When nobody is left to tell, the ledger says that.
Result<Step> remind(const Item&, const Act&, const Patience&, const Rungs&);

}  // namespace candour::core
