/// In which counters an item stands on a day, and when that changes by time alone.
#pragma once
#include <map>

#include "story.hpp"

namespace candour::loop_health {

/// After so many days without a sign the customer is left in silence; who is in haste, earlier.
inline constexpr std::int64_t kSilenceDays = 14;
inline constexpr std::int64_t kSilenceDaysInHaste = 7;
/// A closure holds when nothing comes back within this time.
inline constexpr std::int64_t kReopenDays = 30;
/// A promise that is overdue for so long is broken.
inline constexpr std::int64_t kBrokenDays = 30;

struct Standing {
    std::map<std::int64_t, std::int64_t> counters;
    std::int64_t changes_on = CDR_NEVER;

    void count(std::int64_t kind, std::int64_t value) { ++counters[bucket(kind, value)]; }
    /// Earlier days have been already, or something else comes before.
    void look_again(std::int64_t day, std::int64_t now) {
        if (day > now && day < changes_on) changes_on = day;
    }
};

Standing standing_on(const Known& known, std::int64_t day);

}  // namespace candour::loop_health
