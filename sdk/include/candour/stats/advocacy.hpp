/// Advocacy Rate: will they speak positively about us when we are not in the room?
///
/// A contact is confirmed by a declaration or by acts that are newer than anything negative they said. Who
/// was never asked and never seen stays in the denominator, so the rate is a floor; the ceiling counts the
/// unassessed as advocates.
#ifndef CANDOUR_STATS_ADVOCACY_HPP
#define CANDOUR_STATS_ADVOCACY_HPP
#include "candour/stats/acts.hpp"
#include "candour/stats/level.hpp"
#include "candour/stats/proportion.hpp"

namespace candour::stats {

/// An answer on its civil date; where two fall on one day, the later one stands later in its list.
struct DatedAnswer {
    Day date;
    int answer = 0;
};

/// The answers to "When we are not in the room, how do you speak about working with us?": 5 recommends
/// unprompted, 4 positive if asked, 3 neutral, 2 with reservations, 1 critical, 0 prefers not to say.
inline constexpr int kDeclaredAdvocate = 4;
inline constexpr int kDeclaredCritic = 2;
inline constexpr int kDetractor = 6;
inline constexpr int kKnownDays = 90;
inline constexpr int kAnswerDays = 365;

/// Everything known of one contact at one account.
struct AdvocacyRecord {
    std::string contact = {};
    Day known_since = {};
    bool active = true;
    std::optional<Day> opted_out = {};  ///< from this day on not eligible
    std::vector<DatedAnswer> declared = {};
    std::vector<DatedAnswer> nps = {};
    std::vector<Act> acts = {};
};

/// What one contact adds to the figures on a day.
struct AdvocacyStanding {
    bool eligible = false;
    bool respondent = false;  ///< said how they speak, within the window
    bool declared = false;    ///< confirmed by their own word
    bool observed = false;    ///< confirmed by what they did
    bool assessed = false;    ///< asked or seen in any way
    bool confirmed() const { return declared || observed; }
    friend bool operator==(const AdvocacyStanding&, const AdvocacyStanding&) = default;
};

namespace detail {

inline Done check_answers(std::string_view what, std::span<const DatedAnswer> answers, int highest) {
    for (const DatedAnswer& one : answers)
        if (one.answer < 0 || one.answer > highest)
            return out_of_range(what, "0 to " + std::to_string(highest), one.answer);
    return done();
}

inline std::optional<DatedAnswer> latest_in(const Window& window, std::span<const DatedAnswer> answers,
                                            int lowest) {
    std::optional<DatedAnswer> latest;
    for (const DatedAnswer& one : answers)
        if (one.answer >= lowest && window.contains(one.date) && (!latest || one.date >= latest->date))
            latest = one;
    return latest;
}

/// The day of the latest word against us.
inline std::optional<Day> negative_since(const std::optional<DatedAnswer>& declared,
                                         const std::optional<DatedAnswer>& nps) {
    std::optional<Day> latest;
    if (declared && declared->answer <= kDeclaredCritic) latest = declared->date;
    if (nps && nps->answer <= kDetractor && (!latest || nps->date > *latest)) latest = nps->date;
    return latest;
}

inline std::vector<Act> acts_until(std::span<const Act> acts, Day as_of) {
    std::vector<Act> past;
    for (const Act& act : acts)
        if (act.date <= as_of) past.push_back(act);
    return distinct_acts(past);
}

inline bool is_eligible(const AdvocacyRecord& record, Day as_of) {
    const bool gone = record.opted_out && *record.opted_out <= as_of;
    return record.active && !gone && days_between(record.known_since, as_of) >= kKnownDays;
}

}  // namespace detail

/// Where one contact stands on a day. Nothing later than that day is looked at.
///
/// Errors: invalid when a declaration is not 0..5 or an NPS answer is not 0..10.
inline Result<AdvocacyStanding> advocacy_standing(const AdvocacyRecord& record, Day as_of) {
    if (const Done valid = detail::check_answers("declaration", record.declared, 5); !valid)
        return valid.error();
    if (const Done valid = detail::check_answers("NPS answer", record.nps, 10); !valid) return valid.error();
    AdvocacyStanding standing;
    standing.eligible = detail::is_eligible(record, as_of);
    if (!standing.eligible) return standing;
    const Window window{as_of, kAnswerDays};
    const std::optional<DatedAnswer> declared = detail::latest_in(window, record.declared, 1);
    const std::optional<DatedAnswer> nps = detail::latest_in(window, record.nps, 0);
    const std::optional<Day> negative = detail::negative_since(declared, nps);
    const std::vector<Act> acts = detail::acts_until(record.acts, as_of);
    const bool is_live = live(strength(acts, as_of));
    const auto outlives = [&](Day positive) { return !negative || positive > *negative; };
    standing.respondent = declared.has_value();
    standing.declared = declared && declared->answer >= kDeclaredAdvocate && outlives(declared->date);
    standing.observed = is_live && outlives(acts.back().date);
    standing.assessed = declared || nps || is_live;
    return standing;
}

/// Additive: a contact's standing is added when it appears and taken away when it changes.
struct AdvocacySums {
    std::int64_t eligible = 0;
    std::int64_t respondents = 0;
    std::int64_t declared = 0;
    std::int64_t observed = 0;
    std::int64_t confirmed = 0;
    std::int64_t assessed = 0;

    AdvocacySums& operator+=(const AdvocacySums& other) {
        eligible += other.eligible;
        respondents += other.respondents;
        declared += other.declared;
        observed += other.observed;
        confirmed += other.confirmed;
        assessed += other.assessed;
        return *this;
    }
    friend bool operator==(const AdvocacySums&, const AdvocacySums&) = default;
};

constexpr AdvocacySums sums_of(const AdvocacyStanding& standing) {
    if (!standing.eligible) return {};
    return {1,
            standing.respondent ? 1 : 0,
            standing.declared ? 1 : 0,
            standing.observed ? 1 : 0,
            standing.declared || standing.observed ? 1 : 0,
            standing.assessed ? 1 : 0};
}

struct AdvocacyRate {
    AdvocacySums sums;
    std::optional<double> rate;        ///< the floor
    std::optional<Interval> interval;  ///< Wilson's, of the rate
    std::optional<double> ceiling;     ///< if everybody who was never assessed were an advocate
    std::optional<double> coverage;    ///< assessed among eligible
    std::optional<Reason> reason;
};

/// Advocacy Rate: confirmed advocates among the eligible.
///
/// Shape:  the sums of any number of contacts; their order and grouping do not matter.
/// Unit:   shares, 0..1.
/// Empty:  nobody eligible gives no value, reason no_data.
/// Errors: invalid when a sum is negative or above the eligible.
inline Result<AdvocacyRate> advocacy_rate(const AdvocacySums& sums, double confidence = kConfidence) {
    if (const Done valid = check_count("assessed", sums.assessed); !valid) return valid.error();
    if (sums.assessed > sums.eligible || sums.confirmed > sums.assessed)
        return Error{ErrorCode::invalid, "advocacy: expected confirmed <= assessed <= eligible"};
    const double eligible = static_cast<double>(sums.eligible);
    const double confirmed = static_cast<double>(sums.confirmed);
    const Result<Proportion> floor = wilson(confirmed, eligible, confidence);
    if (!floor) return floor.error();
    AdvocacyRate found{sums, floor->rate, floor->interval, {}, {}, floor->reason};
    if (sums.eligible == 0) return found;
    found.coverage = static_cast<double>(sums.assessed) / eligible;
    found.ceiling = (confirmed + static_cast<double>(sums.eligible - sums.assessed)) / eligible;
    return found;
}

/// Accounts with an advocate, and those with advocates on two levels or more.
struct AdvocateCoverage {
    std::int64_t accounts = 0;
    std::int64_t with_advocate = 0;
    std::int64_t with_two_levels = 0;
    Proportion share;
};

/// Shape:  for each account the levels of its confirmed advocates, and how many there are; a level may be
/// unknown.
struct AccountAdvocates {
    std::int64_t advocates = 0;
    Levels levels;
};

inline Result<AdvocateCoverage> advocate_coverage(std::span<const AccountAdvocates> accounts,
                                                  double confidence = kConfidence) {
    AdvocateCoverage found;
    for (const AccountAdvocates& account : accounts) {
        ++found.accounts;
        found.with_advocate += account.advocates > 0 ? 1 : 0;
        found.with_two_levels += account.advocates > 0 && account.levels.size() >= 2 ? 1 : 0;
    }
    const Result<Proportion> share =
        wilson(static_cast<double>(found.with_advocate), static_cast<double>(found.accounts), confidence);
    if (!share) return share.error();
    found.share = *share;
    return found;
}

/// Growth that customers brought: what they spend again, and what their word brought in, against last year.
struct EarnedGrowth {
    std::optional<double> retention;   ///< returning revenue / prior revenue
    std::optional<double> earned_new;  ///< new revenue that came by recommendation / prior revenue
    std::optional<double> rate;        ///< retention + earned_new - 1
    std::optional<Reason> reason;
};

/// Unit:   shares of prior revenue; the rate is above -1.
/// Empty:  without prior revenue there is nothing to grow from, reason no_data.
/// Source: F. Reichheld, D. Darnell, M. Burns, Harvard Business Review 99(6), 2021.
inline Result<EarnedGrowth> earned_growth(double prior, double returning, double earned_new) {
    if (const Done valid = check_amount("prior revenue", prior); !valid) return valid.error();
    if (const Done valid = check_amount("returning revenue", returning); !valid) return valid.error();
    if (const Done valid = check_amount("earned new revenue", earned_new); !valid) return valid.error();
    if (prior == 0) return EarnedGrowth{{}, {}, {}, Reason::no_data};
    return EarnedGrowth{
        returning / prior, earned_new / prior, returning / prior + earned_new / prior - 1, {}};
}

}  // namespace candour::stats
#endif
