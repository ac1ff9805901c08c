/// Signs that a relationship cools: fewer touches, shorter ones, silence, fewer people, talk of contracts.
/// Watch for patterns, not incidents: each sign is a test with an effect size, and says when it cannot be
/// judged.
#ifndef CANDOUR_STATS_SIGNALS_HPP
#define CANDOUR_STATS_SIGNALS_HPP
#include <boost/math/distributions/poisson.hpp>

#include "candour/stats/exact.hpp"
#include "candour/stats/level.hpp"
#include "candour/stats/ranks.hpp"

namespace candour::stats {

inline constexpr double kAlpha = 0.05;
/// How large an effect must be to matter: median length of meetings now, and share of delegated ones.
inline constexpr double kMaxMedianRatio = 0.7;
inline constexpr double kMinDelegation = 0.3;

/// Recent is 90 days, the baseline the 270 before.
struct RateDropRule {
    double recent_days = 90;
    double baseline_days = 270;
    double alpha = kAlpha;
    double max_ratio = 0.6;      ///< of the two rates
    std::int64_t min_total = 6;  ///< fewer touches in all say nothing
};

struct RateDrop {
    std::optional<double> p;
    std::optional<double> ratio;  ///< absent when the baseline is empty
    bool evaluable = false;
    bool signal = false;
};

namespace detail {

inline Done check_rule(const RateDropRule& rule) {
    if (const Done valid = check_positive("recent days", rule.recent_days); !valid) return valid;
    if (const Done valid = check_positive("baseline days", rule.baseline_days); !valid) return valid;
    return check_share("alpha", rule.alpha);
}

/// The caller has checked counts and rule.
inline RateDrop judged_rates(std::int64_t recent, std::int64_t baseline, const RateDropRule& rule) {
    const std::int64_t n = recent + baseline;
    const double share = rule.recent_days / (rule.recent_days + rule.baseline_days);
    RateDrop found;
    found.p = binomial_up_to(recent, n, share);
    if (baseline > 0)
        found.ratio = static_cast<double>(recent) / rule.recent_days /
                      (static_cast<double>(baseline) / rule.baseline_days);
    found.evaluable = n >= rule.min_total;
    found.signal = found.evaluable && found.ratio && *found.p <= rule.alpha * (1 + kTie) &&
                   stays_within(*found.ratio, rule.max_ratio);
    return found;
}

}  // namespace detail

/// Fewer touches than before? Exact conditional test of two Poisson rates. Below 11 touches a year it cannot
/// fire.
///
/// Empty:  no touches at all leave it not evaluable.
/// Errors: invalid when a count is negative or a window empty.
/// Source: J. Przyborowski, H. Wilenski, Biometrika 31, 1940.
inline Result<RateDrop> rate_drop(std::int64_t recent, std::int64_t baseline, const RateDropRule& rule = {}) {
    if (const Done valid = check_count("recent", recent); !valid) return valid.error();
    if (const Done valid = check_count("baseline", baseline); !valid) return valid.error();
    if (const Done valid = detail::check_rule(rule); !valid) return valid.error();
    return detail::judged_rates(recent, baseline, rule);
}

namespace detail {

/// The largest recent count among n that is a signal; -1 when none is.
inline std::int64_t alarming_up_to(std::int64_t n, const RateDropRule& rule) {
    std::int64_t quiet = n + 1, alarming = -1;
    while (quiet - alarming > 1) {
        const std::int64_t middle = alarming + (quiet - alarming) / 2;
        (judged_rates(middle, n - middle, rule).signal ? alarming : quiet) = middle;
    }
    return alarming;
}

}  // namespace detail

/// The probability of that signal when nothing changed, if `expected` touches come in both windows together.
///
/// Errors: invalid when `expected` is not above 0 or above a million.
inline Result<double> rate_drop_false_alarm(double expected, const RateDropRule& rule = {}) {
    if (!(expected > 0 && expected <= 1e6))
        return out_of_range("expected touches", "more than 0 and at most 1e6", expected);
    if (const Done valid = detail::check_rule(rule); !valid) return valid.error();
    const boost::math::poisson touches(expected);
    const double share = rule.recent_days / (rule.recent_days + rule.baseline_days);
    const double far = 12 * std::sqrt(expected) + 40;  // beyond it the terms are below 1e-25
    const auto last = static_cast<std::int64_t>(expected + far);
    double alarm = 0;
    for (auto n = static_cast<std::int64_t>(std::max(0.0, expected - far)); n <= last; ++n) {
        const double likely = boost::math::pdf(touches, static_cast<double>(n));
        alarm += likely * detail::binomial_up_to(detail::alarming_up_to(n, rule), n, share);
    }
    return alarm;
}

struct SilenceGap {
    std::optional<double> p;
    std::optional<bool> signal;
};

/// How surprising is a silence of `gap` days after n events in `baseline` days? (T / (T + g))^n.
///
/// Empty:  without events there is no rhythm to miss.
inline Result<SilenceGap> silence_gap(std::int64_t events, double baseline_days, double gap_days,
                                      double alpha = kAlpha) {
    if (const Done valid = check_count("events", events); !valid) return valid.error();
    if (const Done valid = check_positive("baseline days", baseline_days); !valid) return valid.error();
    if (const Done valid = check_amount("gap in days", gap_days); !valid) return valid.error();
    if (events == 0) return SilenceGap{};
    const double p = std::pow(baseline_days / (baseline_days + gap_days), static_cast<double>(events));
    return SilenceGap{p, p <= alpha * (1 + kTie)};
}

struct DurationDrop {
    double w = 0;
    std::optional<double> p;
    std::optional<double> median_ratio;
    bool evaluable = false;  ///< at least 4 recent and 6 earlier meetings
    bool signal = false;
};

/// Shorter meetings than before? Mann–Whitney on minutes, and the medians at least 30 % apart.
inline Result<DurationDrop> duration_drop(std::span<const double> recent, std::span<const double> baseline,
                                          double alpha = kAlpha) {
    for (const std::span<const double> minutes : {recent, baseline})
        for (const double one : minutes)
            if (const Done valid = check_amount("minutes", one); !valid) return valid.error();
    const Result<RankTest> longer_before = mann_whitney_greater(baseline, recent);
    if (!longer_before) return longer_before.error();
    DurationDrop found;
    if (!longer_before->p) return found;
    found.w = static_cast<double>(recent.size()) * static_cast<double>(baseline.size()) - longer_before->w;
    found.p = longer_before->p;
    const double before = median({baseline.begin(), baseline.end()});
    if (before > 0) found.median_ratio = median({recent.begin(), recent.end()}) / before;
    found.evaluable = recent.size() >= 4 && baseline.size() >= 6;
    found.signal = found.evaluable && found.median_ratio && *found.p <= alpha * (1 + kTie) &&
                   stays_within(*found.median_ratio, kMaxMedianRatio);
    return found;
}

/// Executives send others? Fisher's test on (delegated, attended) of both windows, and at least 30 %
/// delegated now.
struct DelegationRise {
    std::optional<double> p;
    std::optional<double> recent_share;
    bool signal = false;
};
inline Result<DelegationRise> delegation_rise(const Table& delegated_attended, double alpha = kAlpha) {
    const Result<double> p = fisher_greater(delegated_attended);
    if (!p) return p.error();
    const std::int64_t recent = delegated_attended.a + delegated_attended.b;
    if (recent == 0) return DelegationRise{};
    const double share = static_cast<double>(delegated_attended.a) / static_cast<double>(recent);
    return DelegationRise{*p, share, *p <= alpha * (1 + kTie) && reaches(share, kMinDelegation)};
}

/// The last executive touch lies further back than 1.5 times the segment's cadence: a note, not an alarm.
constexpr bool cadence_breached(int days_since_touch, int cadence_days) {
    return 2 * days_since_touch > 3 * cadence_days;
}

/// Threads per window: led by contract talk, or by anything else.
struct TopicDriftRule {
    double alpha = kAlpha;
    double min_rise = 0.2;  ///< of the share of contract-led threads
    std::int64_t min_recent = 8;
    int renewal_days = 60;  ///< so close to the renewal contract talk is normal
};

struct TopicDrift {
    std::optional<double> p;
    std::optional<double> rise;  ///< recent share minus earlier share
    std::optional<bool> signal;
    bool watch = false;  ///< it would be a signal, were there no renewal
    std::optional<Reason> reason;
};

/// Back to contract mechanics? Shape: a, b recent contract-led and other threads; c, d the earlier ones.
///
/// Empty:  too few recent threads, or none before: not evaluable, insufficient_n; the rise still shows the
/// direction.
inline Result<TopicDrift> topic_drift(const Table& threads, std::optional<int> days_to_renewal = {},
                                      const TopicDriftRule& rule = {}) {
    const Result<double> p = fisher_greater(threads);
    if (!p) return p.error();
    const std::int64_t recent = threads.a + threads.b, before = threads.c + threads.d;
    TopicDrift found;
    if (recent > 0 && before > 0)
        found.rise = static_cast<double>(threads.a) / static_cast<double>(recent) -
                     static_cast<double>(threads.c) / static_cast<double>(before);
    if (recent < rule.min_recent || !found.rise) {
        found.reason = Reason::insufficient_n;
        return found;
    }
    found.p = *p;
    const bool drifts = *p <= rule.alpha * (1 + kTie) && reaches(*found.rise, rule.min_rise);
    const bool renewal = days_to_renewal && std::abs(*days_to_renewal) <= rule.renewal_days;
    found.signal = drifts && !renewal;
    found.watch = drifts && renewal;
    return found;
}

/// What is known of an account's access, a quarter ago and now.
struct Access {
    Levels levels_previous = {};
    Levels levels_now = {};
    std::vector<double> monthly_contacts = {};  ///< meaningful contacts, oldest month first
    std::optional<double> breadth_previous = {};
    std::optional<double> breadth_now = {};
    std::optional<double> top_share_previous = {};
    std::optional<double> top_share_now = {};
};

enum class AccessSignal : std::uint8_t { level_loss, level_shrunk, trend, concentration };
constexpr std::string_view to_text(AccessSignal signal) {
    constexpr std::array<std::string_view, 4> names{"level_loss", "level_shrunk", "trend", "concentration"};
    return names[static_cast<std::size_t>(signal)];
}

struct NarrowingAccess {
    std::optional<double> p_trend;        ///< absent below 6 months
    std::optional<double> relative_drop;  ///< last three months against the first three
    std::vector<AccessSignal> signals;
    bool active() const { return !signals.empty(); }
    bool level_loss() const { return active() && signals.front() == AccessSignal::level_loss; }
};

namespace detail {

inline void add_levels(NarrowingAccess& found, const Access& access) {
    if (access.levels_previous.above_operational() && !access.levels_now.above_operational())
        found.signals.push_back(AccessSignal::level_loss);
    else if (access.levels_now.size() < access.levels_previous.size())
        found.signals.push_back(AccessSignal::level_shrunk);
}

inline Done add_trend(NarrowingAccess& found, const Access& access) {
    constexpr std::size_t kTrendMonths = 6;
    constexpr double kMaxLeft = 0.75;
    for (const double month : access.monthly_contacts)
        if (const Done valid = check_amount("contacts of a month", month); !valid) return valid;
    const std::vector<double>& months = access.monthly_contacts;
    if (months.size() < kTrendMonths) return done();
    const Result<TrendTest> test = mann_kendall_less(months);
    if (!test) return test.error();
    found.p_trend = test->p;
    const double first = months[0] + months[1] + months[2];
    const double last = months[months.size() - 3] + months[months.size() - 2] + months.back();
    if (first == 0) return done();
    found.relative_drop = 1 - last / first;
    if (*found.p_trend <= kAlpha * (1 + kTie) && stays_within(last / first, kMaxLeft))
        found.signals.push_back(AccessSignal::trend);
    return done();
}

inline void add_concentration(NarrowingAccess& found, const Access& access) {
    constexpr double kMaxBreadthLeft = 0.7, kTopShare = 0.6, kTopRise = 0.15;
    const bool narrower = access.breadth_previous && access.breadth_now && *access.breadth_previous > 0 &&
                          stays_within(*access.breadth_now, kMaxBreadthLeft * *access.breadth_previous);
    const bool heavier = access.top_share_previous && access.top_share_now &&
                         reaches(*access.top_share_now, kTopShare) &&
                         reaches(*access.top_share_now - *access.top_share_previous, kTopRise);
    if (narrower || heavier) found.signals.push_back(AccessSignal::concentration);
}

}  // namespace detail

/// Is our access to the customer narrowing? A level lost outweighs a level fewer: only the graver one is
/// listed. Who covers no level at all any more has lost the upper ones too.
inline Result<NarrowingAccess> narrowing_access(const Access& access) {
    NarrowingAccess found;
    detail::add_levels(found, access);
    if (const Done valid = detail::add_trend(found, access); !valid) return valid.error();
    detail::add_concentration(found, access);
    return found;
}

enum class RiskState : std::uint8_t { grey, green_partial, green, amber, red };
constexpr std::string_view to_text(RiskState state) {
    constexpr std::array<std::string_view, 5> names{"GREY", "GREEN_PARTIAL", "GREEN", "AMBER", "RED"};
    return names[static_cast<std::size_t>(state)];
}

/// One state of all signals; absent is "not evaluable", and what cannot be judged is never green.
inline RiskState risk_state(std::span<const std::optional<bool>> signals, bool level_loss) {
    const auto active = std::ranges::count(signals, std::optional(true));
    const auto unknown = std::ranges::count(signals, std::optional<bool>());
    if (level_loss || active >= 2) return RiskState::red;
    if (active == 1) return RiskState::amber;
    if (unknown == std::ssize(signals)) return RiskState::grey;
    return unknown > 0 ? RiskState::green_partial : RiskState::green;
}

}  // namespace candour::stats
#endif
