/// Mean and spread as a state that merges, and t intervals on it.
#ifndef CANDOUR_STATS_MOMENTS_HPP
#define CANDOUR_STATS_MOMENTS_HPP
#include <boost/math/distributions/students_t.hpp>
#include <span>

#include "candour/stats/figure.hpp"

namespace candour::stats {

/// Number, mean and sum of squared deviations. Halves merge in any order to the figure of the whole.
///
/// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, COMPSTAT 1982.
struct Moments {
    std::int64_t n = 0;
    double mean = 0;
    double m2 = 0;

    constexpr Moments& operator+=(const Moments& other) {
        if (other.n == 0) return *this;
        const double total = static_cast<double>(n + other.n);
        const double apart = other.mean - mean;
        m2 += other.m2 + apart * apart * (static_cast<double>(n) / total) * static_cast<double>(other.n);
        mean += apart * (static_cast<double>(other.n) / total);
        n += other.n;
        return *this;
    }
    /// Takes a part back out that was added before.
    constexpr Moments& operator-=(const Moments& part) {
        if (part.n == 0) return *this;
        if (part.n >= n) return *this = {};
        const double rest = static_cast<double>(n - part.n);
        const double before = mean + (mean - part.mean) * (static_cast<double>(part.n) / rest);
        const double apart = part.mean - before;
        m2 = std::max(0.0, m2 - part.m2 -
                               apart * apart * (rest / static_cast<double>(n)) * static_cast<double>(part.n));
        mean = before;
        n -= part.n;
        return *this;
    }
    constexpr void add(double x) { *this += Moments{1, x, 0}; }
    /// Sample standard deviation, divisor n - 1; absent below two values.
    std::optional<double> sd() const {
        if (n < 2) return std::nullopt;
        return std::sqrt(m2 / static_cast<double>(n - 1));
    }
    std::optional<double> se() const {
        if (n < 2) return std::nullopt;
        return *sd() / std::sqrt(static_cast<double>(n));
    }
};

inline Moments moments_of(std::span<const double> values) {
    Moments found;
    for (const double value : values) found.add(value);
    return found;
}

/// Half the width of the t interval of a mean; absent below two values.
inline Result<std::optional<double>> t_reach(const Moments& of, double confidence = kConfidence) {
    if (!(confidence > 0 && confidence < 1))
        return out_of_range("confidence", "more than 0 and less than 1", confidence);
    if (of.n < 2) return std::optional<double>();
    const boost::math::students_t freedom(static_cast<double>(of.n - 1));
    return std::optional(boost::math::quantile(boost::math::complement(freedom, (1 - confidence) / 2)) *
                         *of.se());
}

}  // namespace candour::stats
#endif
