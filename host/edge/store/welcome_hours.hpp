/// When each of those who are asked is written to: in the hours of their account's calendar on the clock of
/// their own zone, and never more of one account on one day than the organisation allows.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "core/campaign/audience.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

struct HoursRules {
    std::string zone = "UTC";     ///< where the organisation's days begin
    int per_account_per_day = 0;  ///< 0: no limit
};

/// Lives as long as one planning, within one session: what it placed counts for those who come after, as long
/// as accounts come one after the other.
class WelcomeHours {
 public:
    /// Reads the calendars. `from`: nobody is placed before then.
    WelcomeHours(Session& session, HoursRules rules, core::Instant from);

    core::Slot place(const core::Candidate& one, core::Instant at);
    /// Calendar and zone alone. Without any calendar everybody is welcome at once.
    core::Slot welcome(const std::string& calendar, const std::string& zone, core::Instant at);

 private:
    const core::Calendar* calendar_of(const std::string& id) const;
    void count_asked(const std::string& account);
    core::Instant next_day(core::Instant at) const;

    Session& session_;
    HoursRules rules_;
    core::Instant from_;
    std::map<std::string, core::Calendar> calendars_;
    std::string account_;                ///< whose days `asked_` counts
    std::map<std::int64_t, int> asked_;  ///< on each civil day of the organisation
    /// Many share a calendar and a zone, and most are planned for the same instant.
    struct Remembered {
        core::Instant at;
        core::Slot slot;
    };
    std::map<std::pair<std::string, std::string>, Remembered> welcomes_;
};

}  // namespace candour::store
