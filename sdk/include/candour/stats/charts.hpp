/// Control charts: a small change that lasts adds up until it shows.
#ifndef CANDOUR_STATS_CHARTS_HPP
#define CANDOUR_STATS_CHARTS_HPP
#include <span>
#include <vector>

#include "candour/stats/figure.hpp"

namespace candour::stats {

enum class Direction : std::uint8_t { lower, upper };

/// A CUSUM of counts: `k` is taken off each time, `h` is the alarm, its bound included.
struct CusumDesign {
    double k = 0;
    double h = 0;
    Direction direction = Direction::lower;
    friend bool operator==(const CusumDesign&, const CusumDesign&) = default;
};

namespace detail {

inline Done check_design(const CusumDesign& design) {
    if (const Done valid = check_amount("k", design.k); !valid) return valid;
    return check_positive("h", design.h);
}

}  // namespace detail

struct CusumPath {
    std::vector<double> c;                    ///< before the reset that follows an alarm
    std::optional<std::size_t> first_signal;  ///< position, from 0
};

/// Where a CUSUM goes: C = max(0, C ± (k - x)), back to 0 after each alarm.
///
/// Errors: invalid when h is not above 0, k is negative or a value is not finite.
inline Result<CusumPath> poisson_cusum(std::span<const double> counts, const CusumDesign& design) {
    if (const Done valid = detail::check_design(design); !valid) return valid.error();
    CusumPath path;
    double c = 0;
    for (const double x : counts) {
        if (const Done valid = check_amount("count", x); !valid) return valid.error();
        c = std::max(0.0, c + (design.direction == Direction::lower ? design.k - x : x - design.k));
        path.c.push_back(c);
        if (!reaches(c, design.h)) continue;
        if (!path.first_signal) path.first_signal = path.c.size() - 1;
        c = 0;
    }
    return path;
}

/// The chart of monthly executive touches for a baseline mean. In-control run lengths: 357, 236 and 536
/// months.
///
/// Empty:  below 0.75 a month there is too little to lose.
inline std::optional<CusumDesign> touch_chart(double monthly_mean) {
    if (!(monthly_mean >= 0.75)) return std::nullopt;
    if (monthly_mean < 1.5) return CusumDesign{0.5, 3, Direction::lower};
    if (monthly_mean < 3) return CusumDesign{1.5, 6, Direction::lower};
    return CusumDesign{3, 8, Direction::lower};
}

/// An exponentially weighted mean. With lambda 0.3 and L 2.7 it alarms every 193 months for nothing, and 9
/// months after a shift by one sigma.
struct EwmaDesign {
    double mean = 0;
    double sigma = 1;  ///< from at least 8 months of baseline
    double lambda = 0.3;
    double width = 2.7;
};

inline constexpr int kEwmaBaseline = 8;

struct EwmaPoint {
    double z = 0;
    double low = 0;
    double high = 0;
};

struct EwmaPath {
    std::vector<EwmaPoint> points;
    std::optional<std::size_t> first_signal;
};

namespace detail {

inline Done check_ewma(double lambda, double width) {
    if (!(lambda > 0 && lambda <= 1)) return out_of_range("lambda", "more than 0 and at most 1", lambda);
    return check_positive("width", width);
}

}  // namespace detail

/// The path of an EWMA with its exact limits, which widen as it forgets its start. Beyond a limit is an
/// alarm.
///
/// Errors: invalid when lambda is not in (0, 1], sigma or width not above 0, or a value not finite.
/// Source: S. W. Roberts, Technometrics 1, 1959; J. M. Lucas, M. S. Saccucci, Technometrics 32, 1990.
inline Result<EwmaPath> ewma(std::span<const double> values, const EwmaDesign& design) {
    if (const Done valid = detail::check_ewma(design.lambda, design.width); !valid) return valid.error();
    if (const Done valid = check_positive("sigma", design.sigma); !valid) return valid.error();
    if (const Done valid = check_finite("mean", design.mean); !valid) return valid.error();
    EwmaPath path;
    double z = design.mean, forgotten = 1;
    for (const double x : values) {
        if (const Done valid = check_finite("value", x); !valid) return valid.error();
        z = design.lambda * x + (1 - design.lambda) * z;
        forgotten *= (1 - design.lambda) * (1 - design.lambda);
        const double reach =
            design.width * design.sigma * std::sqrt(design.lambda / (2 - design.lambda) * (1 - forgotten));
        path.points.push_back({z, design.mean - reach, design.mean + reach});
        if (!path.first_signal && std::abs(z - design.mean) > reach)
            path.first_signal = path.points.size() - 1;
    }
    return path;
}

}  // namespace candour::stats
#endif
