/// Executive engagement: do their executives come themselves, and do ours meet them?
#ifndef CANDOUR_STATS_ENGAGEMENT_HPP
#define CANDOUR_STATS_ENGAGEMENT_HPP
#include <set>
#include <span>
#include <vector>

#include "candour/stats/calendar.hpp"
#include "candour/stats/proportion.hpp"

namespace candour::stats {

/// A meeting that was held.
struct Touch {
    Day date = {};
    double minutes = 0;
    bool our_executive = false;
    std::vector<std::string> attended =
        {};  ///< customers in person or on video; a delegate stands for nobody else
};

inline constexpr int kTouchDays = 90;
inline constexpr double kTouchMinutes = 20;

struct ExecutiveEngagement {
    std::int64_t mapped = 0;
    std::int64_t engaged = 0;
    std::optional<double> rate;
    std::optional<Interval> interval;  ///< Wilson's: as if these executives were a sample
    std::optional<Reason> reason;
};

/// The share of an account's mapped executives who met one of ours in the window.
///
/// Shape:  the executives' ids; repeated ids count once.
/// Unit:   share, 0..1.
/// Empty:  nobody mapped, reason no_executive_mapped; that is a finding of its own.
/// Errors: invalid when a meeting's minutes are negative.
inline Result<ExecutiveEngagement> executive_engagement(std::span<const std::string> executives,
                                                        std::span<const Touch> touches, const Window& window,
                                                        double confidence = kConfidence) {
    const std::set<std::string_view> mapped(executives.begin(), executives.end());
    std::set<std::string_view> engaged;
    for (const Touch& touch : touches) {
        if (const Done valid = check_amount("minutes", touch.minutes); !valid) return valid.error();
        if (!touch.our_executive || touch.minutes < kTouchMinutes || !window.contains(touch.date)) continue;
        for (const std::string& contact : touch.attended)
            if (mapped.contains(contact)) engaged.insert(contact);
    }
    const Result<Proportion> share =
        wilson(static_cast<double>(engaged.size()), static_cast<double>(mapped.size()), confidence);
    if (!share) return share.error();
    ExecutiveEngagement found{static_cast<std::int64_t>(mapped.size()),
                              static_cast<std::int64_t>(engaged.size()),
                              share->rate,
                              share->interval,
                              {}};
    if (mapped.empty()) found.reason = Reason::no_executive_mapped;
    return found;
}

/// Executives of many accounts.
struct EngagementPortfolio {
    std::int64_t engaged = 0;
    std::int64_t mapped = 0;
    std::int64_t accounts = 0;       ///< with a mapped executive
    std::int64_t accounts_zero = 0;  ///< of these, where nobody was met
    double rates = 0;                ///< sum of the accounts' rates

    /// Errors: invalid unless 0 <= engaged <= mapped.
    Done add(std::int64_t met, std::int64_t known) {
        if (const Done valid = detail::check_proportion(static_cast<double>(met), static_cast<double>(known));
            !valid)
            return valid;
        if (known == 0) return done();
        engaged += met;
        mapped += known;
        ++accounts;
        accounts_zero += met == 0 ? 1 : 0;
        rates += static_cast<double>(met) / static_cast<double>(known);
        return done();
    }
    EngagementPortfolio& operator+=(const EngagementPortfolio& other) {
        engaged += other.engaged;
        mapped += other.mapped;
        accounts += other.accounts;
        accounts_zero += other.accounts_zero;
        rates += other.rates;
        return *this;
    }
    std::optional<double> pooled() const {
        if (mapped == 0) return std::nullopt;
        return static_cast<double>(engaged) / static_cast<double>(mapped);
    }
    std::optional<double> account_mean() const {
        if (accounts == 0) return std::nullopt;
        return rates / static_cast<double>(accounts);
    }
};

/// Who comes when an executive is invited. What was cancelled says nothing either way.
struct Attendance {
    std::int64_t held = 0;
    Proportion attendance;
    std::optional<double> delegation;  ///< 1 - attendance
};

inline Result<Attendance> attendance(std::int64_t attended, std::int64_t delegated,
                                     double confidence = kConfidence) {
    if (const Done valid = check_count("attended", attended); !valid) return valid.error();
    if (const Done valid = check_count("delegated", delegated); !valid) return valid.error();
    Attendance found{attended + delegated, {}, {}};
    const Result<Proportion> share =
        wilson(static_cast<double>(attended), static_cast<double>(found.held), confidence);
    if (!share) return share.error();
    found.attendance = *share;
    if (found.held > 0) found.delegation = static_cast<double>(delegated) / static_cast<double>(found.held);
    return found;
}

}  // namespace candour::stats
#endif
