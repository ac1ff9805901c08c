/// When somebody may be written to: in the hours of their account's calendar, read on the clock of their own
/// zone. Core sees wall time only; whoever asks turns instants into it and back.
#pragma once
#include <cstdint>

#include "core/instant.hpp"
#include "core/names.hpp"
#include "core/relationship/calendar.hpp"

namespace candour::core {

/// Why somebody who is asked is not written to at once.
enum class Waits : std::uint8_t { no, quiet_hours, day_off, holiday, account_day };
inline constexpr NameTable<Waits, 5> kWaits{{
    {Waits::no, ""},
    {Waits::quiet_hours, "quiet_hours"},
    {Waits::day_off, "day_off"},
    {Waits::holiday, "holiday"},
    {Waits::account_day, "account_day"},
}};
std::string_view words_of(Waits);

struct Welcome {
    WallTime at;
    Waits waits = Waits::no;
};

/// The first moment from `from` on at which the calendar is open, and what it is that keeps it shut until
/// then. A calendar without hours keeps its holidays alone.
Welcome first_welcome(const Calendar& calendar, WallTime from);

/// The same as an instant: what a message is planned for.
struct Slot {
    Instant at;
    Waits waits = Waits::no;
};

}  // namespace candour::core
