/// When each mail of a campaign is due, how many reminders follow it, and how fast it all goes. Civil dates
/// and welcome hours are for others to say: these are instants.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/relationship/segment.hpp"

namespace candour::core {

inline constexpr std::size_t kMaxReminders = 5;
/// A mail sooner than that nags, one later than that is a new question.
inline constexpr std::chrono::days kSoonestReminder{1};
inline constexpr std::chrono::days kLatestReminder{60};
/// Whoever spreads a campaign over more than that asks at different times.
inline constexpr std::chrono::days kLongestSpread{90};

/// Days between one mail and the next: {7, 14} reminds a week after the invitation and two weeks after that.
using Reminders = std::vector<std::chrono::days>;

/// Errors: invalid: more than five, or a gap outside 1 to 60 days.
Done check(const Reminders& reminders);
/// "7,14"; "" for none.
std::string write_reminders(const Reminders& reminders);
/// What `write_reminders` wrote.
Reminders read_reminders(std::string_view text);

/// The place of one contact within a campaign's days: the same for ever, and even over all of them, however
/// many there are and in whatever order they are looked at.
Instant due_at(Instant from, std::chrono::microseconds over, std::string_view campaign,
               std::string_view contact);

/// How long somebody of this segment is left in peace when asking follows the cadence: twice a year for those
/// with whom the relationship is deepest, once for everybody else.
std::chrono::days cadence_of(Segment segment);

/// What is known of somebody who was invited, when a reminder may be due.
struct Invited {
    int reminded = 0;        ///< how many reminders were written
    Instant handed_over_at;  ///< of the invitation or of the last reminder; kNever: not yet
    bool waits = false;      ///< the mail before is still on its way out
    bool spoke = false;      ///< answered, replied, opted out, or the mail did not arrive
};
/// When to look again; kNever: no more, since they spoke or everything was said.
struct NextReminder {
    bool now = false;
    Instant look_at;
};
NextReminder next_reminder(const Reminders& reminders, const Invited& invited, Instant now);

/// How fast it went lately, and when what waits will have left.
struct Outlook {
    double per_minute = 0;
    std::optional<Instant> ends_at;  ///< nobody can say while nothing moves
};
struct Flow {
    std::int64_t waiting = 0;
    std::int64_t sent_lately = 0;  ///< within `kLately`
    Instant last_due;              ///< of what waits
};
inline constexpr std::chrono::minutes kLately{5};
Outlook outlook(const Flow& flow, Instant now);

}  // namespace candour::core
