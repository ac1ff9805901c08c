/// Shares of several answers at once, and the exact bootstrap of three.
#ifndef CANDOUR_STATS_MULTINOMIAL_HPP
#define CANDOUR_STATS_MULTINOMIAL_HPP
#include <span>
#include <vector>

#include "candour/stats/nps.hpp"

namespace candour::stats {

/// Simultaneous intervals of all shares, in the order of the counts: together they hold with the given
/// confidence.
///
/// Unit:   shares, 0..1.
/// Empty:  all counts zero give no intervals.
/// Errors: invalid when a count is negative or there are fewer than two of them.
/// Source: L. A. Goodman, Technometrics 7, 1965.
inline Result<std::vector<Interval>> goodman(std::span<const std::int64_t> counts,
                                             double confidence = kConfidence) {
    if (!(confidence > 0 && confidence < 1))
        return out_of_range("confidence", "more than 0 and less than 1", confidence);
    if (counts.size() < 2)
        return out_of_range("categories", "at least 2", static_cast<double>(counts.size()));
    double n = 0;
    for (const std::int64_t count : counts) {
        if (const Done valid = check_count("count", count); !valid) return valid.error();
        n += static_cast<double>(count);
    }
    std::vector<Interval> found;
    if (n == 0) return found;
    const double alpha = (1 - confidence) / static_cast<double>(counts.size());
    const double chi_squared = std::pow(boost::math::erfc_inv(alpha), 2) * 2;  // of one degree of freedom
    for (const std::int64_t count : counts) {
        const double x = static_cast<double>(count);
        const double centre = chi_squared + 2 * x;
        const double reach = std::sqrt(chi_squared * (chi_squared + 4 * x * (n - x) / n));
        found.push_back(truncated(
            {(centre - reach) / (2 * (n + chi_squared)), (centre + reach) / (2 * (n + chi_squared))}, 0, 1));
    }
    return found;
}

/// The exact bootstrap is an n-fold convolution: n² steps.
inline constexpr std::int64_t kMostBootstrapped = 20'000;

namespace detail {

/// The distribution of promoters minus detractors among n draws; index 0 is -n.
inline std::vector<double> balance_distribution(const NpsCounts& counts) {
    const double n = static_cast<double>(counts.n());
    const double down = static_cast<double>(counts.detractors) / n;
    const double stay = static_cast<double>(counts.passives) / n;
    const double up = static_cast<double>(counts.promoters) / n;
    std::vector<double> of{1.0};
    std::vector<double> next;
    for (std::int64_t draw = 0; draw < counts.n(); ++draw) {
        next.assign(of.size() + 2, 0.0);
        for (std::size_t at = 0; at < of.size(); ++at) {
            next[at] += of[at] * down;
            next[at + 1] += of[at] * stay;
            next[at + 2] += of[at] * up;
        }
        of.swap(next);
    }
    return of;
}

/// The smallest index whose cumulated probability reaches `level`.
inline std::size_t quantile_index(std::span<const double> probabilities, double level) {
    double sum = 0;
    for (std::size_t at = 0; at < probabilities.size(); ++at) {
        sum += probabilities[at];
        if (sum >= level * (1 - kTie)) return at;
    }
    return probabilities.size() - 1;
}

}  // namespace detail

/// The percentile interval that an endless bootstrap of the answers would give, without drawing lots. Not to
/// be shown alone below 20 answers: it has no width when all answer alike.
///
/// Unit:   points.
/// Empty:  no answers, no interval.
/// Errors: exhausted above 20,000 answers; the adjusted Wald interval says the same there.
inline Result<std::optional<Interval>> nps_exact_bootstrap(const NpsCounts& counts,
                                                           double confidence = kConfidence) {
    if (const Done valid = check_counts(counts); !valid) return valid.error();
    if (!(confidence > 0 && confidence < 1))
        return out_of_range("confidence", "more than 0 and less than 1", confidence);
    const std::int64_t n = counts.n();
    if (n > kMostBootstrapped)
        return Error{ErrorCode::exhausted,
                     "exact bootstrap: expected at most 20000 answers, found " + std::to_string(n)};
    if (n == 0) return std::optional<Interval>();
    const std::vector<double> distribution = detail::balance_distribution(counts);
    const auto points = [&](double level) {
        const std::size_t index = detail::quantile_index(distribution, level);
        return 100 * (static_cast<double>(index) - static_cast<double>(n)) / static_cast<double>(n);
    };
    const double alpha = 1 - confidence;
    return std::optional(Interval{points(alpha / 2), points(1 - alpha / 2)});
}

}  // namespace candour::stats
#endif
