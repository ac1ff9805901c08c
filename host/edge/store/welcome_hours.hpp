/// When each of those who are asked is written to: in the hours of their account's calendar on the clock of
/// their own zone, and never more of one account on one day than the organisation allows.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/campaign/audience.hpp"
#include "edge/store/account_range.hpp"

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

    /// Reads at once how many are asked on which day: at these accounts, or at all (within one look). People
    /// of other accounts are not placed after that.
    void expect(const AccountRange& accounts);
    void expect_everybody();

    core::Slot place(const core::Candidate& one, core::Instant at);
    /// Calendar and zone alone. Without any calendar everybody is welcome at once.
    core::Slot welcome(const std::string& calendar, const std::string& zone, core::Instant at);

 private:
    /// A civil day of the organisation.
    struct Day {
        std::int64_t number = 0;
        core::Instant ends;
    };
    using AskedOnDays = std::map<std::int64_t, int>;

    const core::Calendar* calendar_of(const std::string& id) const;
    void read_days(const AccountRange* accounts);
    void count_asked(const std::string& account);
    const Day& day_of(core::Instant at);

    Session& session_;
    HoursRules rules_;
    core::Instant from_;
    std::map<std::string, core::Calendar> calendars_;
    std::string account_;  ///< whose days `asked_` counts
    AskedOnDays asked_;
    std::unordered_map<std::string, AskedOnDays> asked_at_;  ///< by account
    bool expected_ = false;                                  ///< `asked_at_` holds whoever will come
    std::map<core::Instant, Day> days_;                      ///< by the instant at which they begin
    /// Many share a calendar and a zone, and most are planned for the same few instants.
    std::map<std::pair<std::string, std::string>, std::map<core::Instant, core::Slot>> welcomes_;
};

}  // namespace candour::store
