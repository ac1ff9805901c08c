/// Rates: a count among a count, its interval, and the difference of two rates.
#ifndef CANDOUR_STATS_PROPORTION_HPP
#define CANDOUR_STATS_PROPORTION_HPP
#include "candour/stats/normal.hpp"

namespace candour::stats {

/// `x` and `n` are doubles, because a design effect makes them so.
struct Proportion {
    double x = 0;
    double n = 0;
    std::optional<double> rate;        ///< 0..1
    std::optional<Interval> interval;  ///< Wilson's
    std::optional<Reason> reason;
};

namespace detail {

inline Done check_proportion(double x, double n) {
    if (const Done valid = check_amount("n", n); !valid) return valid;
    if (const Done valid = check_amount("x", x); !valid) return valid;
    if (x <= n) return done();
    return out_of_range("x", "at most n = " + in_digits(n), x);
}

/// The caller has checked that 0 <= x <= n and n > 0. The bounds at x = 0 and x = n are exact, not nearly so.
inline Interval wilson_interval(double x, double n, double z) {
    const double p = x / n;
    const double shift = z * z / n;
    const double centre = p + shift / 2;
    const double reach = z * std::sqrt(p * (1 - p) / n + shift / (4 * n));
    Interval found{(centre - reach) / (1 + shift), (centre + reach) / (1 + shift)};
    if (x == 0) found.low = 0;
    if (x == n) found.high = 1;
    return truncated(found, 0, 1);
}

}  // namespace detail

/// A rate with Wilson's score interval.
///
/// Shape:  x of n; both may be fractions.
/// Unit:   share, 0..1.
/// Empty:  n = 0 gives no value, reason no_data.
/// Errors: invalid when x or n is negative, not finite, or x > n.
/// Source: E. B. Wilson, JASA 22, 1927; R. G. Newcombe, Statistics in Medicine 17, 1998.
inline Result<Proportion> wilson(double x, double n, double confidence = kConfidence) {
    if (const Done valid = detail::check_proportion(x, n); !valid) return valid.error();
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    Proportion found{.x = x, .n = n, .rate = {}, .interval = {}, .reason = {}};
    if (n == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    found.rate = x / n;
    found.interval = detail::wilson_interval(x, n, *z);
    return found;
}

/// The rate of a portfolio whose answers come in clusters: n and x are divided by max(1, design effect), then
/// Wilson.
inline Result<Proportion> wilson_clustered(double x, double n, double design_effect,
                                           double confidence = kConfidence) {
    if (const Done valid = check_amount("design effect", design_effect); !valid) return valid.error();
    const double shrink = std::max(1.0, design_effect);
    return wilson(x / shrink, n / shrink, confidence);
}

struct ProportionDifference {
    std::optional<double> delta;  ///< first minus second, -1..1
    std::optional<Interval> interval;
    std::optional<Reason> reason;
};

/// The difference of two independent rates with Newcombe's hybrid score interval.
///
/// Empty:  no_data when either n is 0.
/// Source: R. G. Newcombe, Statistics in Medicine 17, 1998 (method 10).
inline Result<ProportionDifference> newcombe(double x1, double n1, double x2, double n2,
                                             double confidence = kConfidence) {
    const Result<Proportion> first = wilson(x1, n1, confidence);
    if (!first) return first.error();
    const Result<Proportion> second = wilson(x2, n2, confidence);
    if (!second) return second.error();
    if (!first->rate || !second->rate) return ProportionDifference{{}, {}, Reason::no_data};
    const double delta = *first->rate - *second->rate;
    const double down =
        std::hypot(*first->rate - first->interval->low, second->interval->high - *second->rate);
    const double up = std::hypot(first->interval->high - *first->rate, *second->rate - second->interval->low);
    return ProportionDifference{delta, truncated({delta - down, delta + up}, -1, 1), {}};
}

struct ZTest {
    std::optional<double> z;
    std::optional<double> p;  ///< two-sided
    std::optional<Reason> reason;
};

/// The pooled z test of two independent rates. Without any variation (all or none) there is no test.
inline Result<ZTest> two_proportions(double x1, double n1, double x2, double n2) {
    if (const Done valid = detail::check_proportion(x1, n1); !valid) return valid.error();
    if (const Done valid = detail::check_proportion(x2, n2); !valid) return valid.error();
    if (n1 == 0 || n2 == 0) return ZTest{{}, {}, Reason::no_data};
    const double pooled = (x1 + x2) / (n1 + n2);
    const double se = std::sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
    if (se == 0) return ZTest{{}, {}, Reason::insufficient_n};
    const double z = (x1 / n1 - x2 / n2) / se;
    return ZTest{z, two_sided_p(z), {}};
}

}  // namespace candour::stats
#endif
