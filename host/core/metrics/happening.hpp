/// What happened to an item, as a row of the view loop.events has it. The numbers are those of
/// schemas/json/views.json: they cross to plugins.
#pragma once
#include <cstdint>

#include "core/names.hpp"

namespace candour::core {

enum class Happening : std::uint8_t {
    raised,
    heard,
    decided,
    changed,
    told,
    visibly_closed,
    reopened,
    dismissed,
    abandoned,
    bounced,
    due,
    promised,
    promise_kept,
    promise_broken,
};

/// The ledger's words for them. `due` and `promised` are no events: they stand beside one.
inline constexpr NameTable<Happening, 14> kHappenings{{
    {Happening::raised, "raised"},
    {Happening::heard, "heard"},
    {Happening::decided, "decided_will_change"},
    {Happening::decided, "decided_will_not_change"},
    {Happening::changed, "changed"},
    {Happening::told, "told"},
    {Happening::visibly_closed, "visibly_closed"},
    {Happening::reopened, "reopened"},
    {Happening::dismissed, "dismissed"},
    {Happening::abandoned, "abandoned"},
    {Happening::bounced, "bounced"},
    {Happening::promised, "promise_made"},
    {Happening::promise_kept, "promise_kept"},
    {Happening::promise_broken, "promise_broken"},
}};

}  // namespace candour::core
