/// The normal distribution, and what confidence means in its units.
#ifndef CANDOUR_STATS_NORMAL_HPP
#define CANDOUR_STATS_NORMAL_HPP
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

#include "candour/stats/figure.hpp"

namespace candour::stats {

inline double normal_density(double x) {
    return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}
/// Keeps its relative precision far out on the left.
inline double normal_cdf(double x) {
    return std::erfc(-x / std::numbers::sqrt2) / 2;
}
/// Probability of a standard normal at least as far from zero as z, on either side.
inline double two_sided_p(double z) {
    return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

/// z with P(|Z| < z) = confidence: exactly 1.959963984540054 for 0.95, not 1.96.
///
/// Errors: invalid unless 0 < confidence < 1.
inline Result<double> z_of(double confidence) {
    if (!(confidence > 0 && confidence < 1))
        return out_of_range("confidence", "more than 0 and less than 1", confidence);
    return std::numbers::sqrt2 * boost::math::erf_inv(confidence);
}

/// z with P(Z < z) = p.
///
/// Errors: invalid unless 0 < p < 1.
inline Result<double> normal_quantile(double p) {
    if (!(p > 0 && p < 1)) return out_of_range("probability", "more than 0 and less than 1", p);
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p);
}

}  // namespace candour::stats
#endif
