/// Did the score move? Two waves of answers, independent, paired or overlapping, and how many answers it
/// takes to tell.
#ifndef CANDOUR_STATS_NPS_WAVES_HPP
#define CANDOUR_STATS_NPS_WAVES_HPP
#include <map>

#include "candour/stats/nps.hpp"

namespace candour::stats {

/// A difference in points, second minus first, and how sure it is.
struct WaveTest {
    double delta = 0;  ///< -200..200
    double se = 0;
    std::optional<double> z;  ///< absent when nothing varies
    std::optional<double> p;  ///< two-sided
    Interval interval;
};

/// Two disjoint waves.
struct TwoWaves {
    std::optional<WaveTest> wald;  ///< diagnostic only
    std::optional<WaveTest>
        adjusted;           ///< the one to report: both waves get the adjusted Wald's pseudo-answers
    bool testable = false;  ///< false: a wave is too small; show the direction and claim nothing
    std::optional<Reason> reason;
};

namespace detail {

inline WaveTest wave_test(double delta, double se, double z_confidence) {
    WaveTest found{
        delta, se, {}, {}, truncated({delta - z_confidence * se, delta + z_confidence * se}, -200, 200)};
    if (se == 0) return found;
    found.z = delta / se;
    found.p = two_sided_p(*found.z);
    return found;
}

inline WaveTest wave_test(const NpsSpread& first, const NpsSpread& second, double z) {
    const double se = std::sqrt(first.variance / first.n + second.variance / second.n);
    return wave_test(100 * (second.mean - first.mean), 100 * se, z);
}

}  // namespace detail

/// The difference of two independent waves: fresh answers of each, never two windows that share answers.
///
/// Empty:  a wave without answers gives no test, reason no_data.
/// Errors: invalid counts or confidence.
inline Result<TwoWaves> nps_two_waves(const NpsCounts& first, const NpsCounts& second,
                                      double confidence = kConfidence) {
    if (const Done valid = check_counts(first); !valid) return valid.error();
    if (const Done valid = check_counts(second); !valid) return valid.error();
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    TwoWaves found;
    if (first.n() == 0 || second.n() == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    found.wald = detail::wave_test(detail::spread(first), detail::spread(second), *z);
    found.adjusted =
        detail::wave_test(detail::spread(first, kAdjusted), detail::spread(second, kAdjusted), *z);
    found.testable = std::min(first.n(), second.n()) >= kSmallN;
    return found;
}

/// One contact's answers in both waves, each -1 (detractor), 0 or 1 (promoter).
struct PairedAnswer {
    int first = 0;
    int second = 0;
};

namespace detail {

inline Done check_sign(int answer) {
    if (answer >= -1 && answer <= 1) return done();
    return out_of_range("answer", "-1, 0 or 1", answer);
}

}  // namespace detail

/// The same contacts twice: only each one's own change counts. Divisor n, like the variance of one wave.
///
/// Empty:  no pairs give no value.
inline Result<std::optional<WaveTest>> nps_paired(std::span<const PairedAnswer> pairs,
                                                  double confidence = kConfidence) {
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    std::int64_t sum = 0, squares = 0;
    for (const PairedAnswer& pair : pairs) {
        if (const Done valid = detail::check_sign(pair.first); !valid) return valid.error();
        if (const Done valid = detail::check_sign(pair.second); !valid) return valid.error();
        const int change = pair.second - pair.first;
        sum += change;
        squares += change * change;
    }
    if (pairs.empty()) return std::optional<WaveTest>();
    const double n = static_cast<double>(pairs.size());
    const double mean = static_cast<double>(sum) / n;
    const double variance = std::max(0.0, static_cast<double>(squares) / n - mean * mean);
    return std::optional(detail::wave_test(100 * mean, 100 * std::sqrt(variance / n), *z));
}

struct OverlapTest {
    std::int64_t n_overlap = 0;
    std::optional<WaveTest> test;
    std::optional<Reason> reason;
};

/// Contact → -1 (detractor), 0 or 1 (promoter).
using Wave = std::map<std::string, int, std::less<>>;

namespace detail {

inline Result<NpsCounts> counts_of(const Wave& wave) {
    NpsCounts counts;
    for (const auto& [contact, answer] : wave) {
        if (const Done valid = check_sign(answer); !valid) return valid.error();
        counts += NpsCounts{answer<0, answer == 0, answer> 0};
    }
    return counts;
}

/// Covariance over the contacts of both waves, divisor their number; 0 when there are none.
inline std::pair<std::int64_t, double> overlap_of(const Wave& first, const Wave& second) {
    std::int64_t n = 0, sum_first = 0, sum_second = 0, products = 0;
    for (const auto& [contact, answer] : first) {
        const auto again = second.find(contact);
        if (again == second.end()) continue;
        ++n;
        sum_first += answer;
        sum_second += again->second;
        products += answer * again->second;
    }
    if (n == 0) return {0, 0.0};
    const auto mean = [n](std::int64_t sum) { return static_cast<double>(sum) / static_cast<double>(n); };
    return {n, mean(products) - mean(sum_first) * mean(sum_second)};
}

}  // namespace detail

/// Two waves that some contacts share.
inline Result<OverlapTest> nps_overlapping(const Wave& first, const Wave& second,
                                           double confidence = kConfidence) {
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    const Result<NpsCounts> one = detail::counts_of(first);
    if (!one) return one.error();
    const Result<NpsCounts> other = detail::counts_of(second);
    if (!other) return other.error();
    if (first.empty() || second.empty()) return OverlapTest{0, {}, Reason::no_data};
    const auto [n_overlap, covariance] = detail::overlap_of(first, second);
    const detail::NpsSpread a = detail::spread(*one), b = detail::spread(*other);
    const double shared = 2 * static_cast<double>(n_overlap) * covariance / (a.n * b.n);
    const double variance = std::max(0.0, a.variance / a.n + b.variance / b.n - shared);
    return OverlapTest{
        n_overlap, detail::wave_test(100 * (b.mean - a.mean), 100 * std::sqrt(variance), *z), {}};
}

/// Is the score anything but zero? Promoters against detractors, passives aside.
///
/// Empty:  without promoters and detractors there is nothing to weigh, reason no_data.
/// Source: Q. McNemar, Psychometrika 12, 1947.
struct ZeroTest {
    std::optional<double> z;
    std::optional<double> p;
    std::optional<Reason> reason;
};
inline Result<ZeroTest> nps_against_zero(const NpsCounts& counts) {
    if (const Done valid = check_counts(counts); !valid) return valid.error();
    const std::int64_t speaking = counts.promoters + counts.detractors;
    if (speaking == 0) return ZeroTest{{}, {}, Reason::no_data};
    const double z = static_cast<double>(counts.balance()) / std::sqrt(static_cast<double>(speaking));
    return ZeroTest{z, two_sided_p(z), {}};
}

/// The worst variance that answers can have, and the usual one.
inline constexpr double kWorstVariance = 1.0;
inline constexpr double kTypicalVariance = 0.7;

namespace detail {

inline Done check_variance(double variance) {
    if (variance >= 0 && variance <= 1) return done();
    return out_of_range("variance", "0 to 1", variance);
}

inline Done check_points(std::string_view what, double points) {
    if (points > 0 && points <= 200) return done();
    return out_of_range(what, "more than 0 and at most 200 points", points);
}

/// Rounded up; a hair above a whole number is that number.
inline std::int64_t answers_needed(double exact) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(exact - 3 - 1e-9)));
}

}  // namespace detail

/// How many answers make the adjusted Wald interval reach `margin` points to either side.
inline Result<std::int64_t> nps_min_n(double margin, double variance = kWorstVariance,
                                      double confidence = kConfidence) {
    if (const Done valid = detail::check_points("margin", margin); !valid) return valid.error();
    if (const Done valid = detail::check_variance(variance); !valid) return valid.error();
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    return detail::answers_needed(variance * *z * *z / (margin * margin / 1e4));
}

/// What a planned comparison of two waves assumes.
struct TwoWavePlan {
    double difference = 10;  ///< points worth finding
    double variance1 = kTypicalVariance;
    double variance2 = kTypicalVariance;
    double confidence = kConfidence;
    double power = 0.8;  ///< probability to find such a difference
};

/// How many answers each of two waves needs to find a difference.
inline Result<std::int64_t> nps_min_n_two_waves(const TwoWavePlan& plan) {
    if (const Done valid = detail::check_points("difference", plan.difference); !valid) return valid.error();
    if (const Done valid = detail::check_variance(plan.variance1); !valid) return valid.error();
    if (const Done valid = detail::check_variance(plan.variance2); !valid) return valid.error();
    const Result<double> alpha = z_of(plan.confidence);
    if (!alpha) return alpha.error();
    const Result<double> beta = normal_quantile(plan.power);
    if (!beta) return beta.error();
    const double z = *alpha + *beta;
    return detail::answers_needed((plan.variance1 + plan.variance2) * z * z /
                                  (plan.difference * plan.difference / 1e4));
}

/// The margin that `n` answers buy, in points.
inline Result<double> nps_margin(std::int64_t n, double variance = kTypicalVariance,
                                 double confidence = kConfidence) {
    if (const Done valid = check_count("n", n); !valid) return valid.error();
    if (const Done valid = detail::check_variance(variance); !valid) return valid.error();
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    return 100 * *z * std::sqrt(variance / (static_cast<double>(n) + 3));
}

}  // namespace candour::stats
#endif
