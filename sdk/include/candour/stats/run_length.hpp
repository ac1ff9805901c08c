/// How long a control chart runs until it alarms, on average: for nothing, and after a change.
#ifndef CANDOUR_STATS_RUN_LENGTH_HPP
#define CANDOUR_STATS_RUN_LENGTH_HPP
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/quadrature/gauss.hpp>

#include "candour/stats/charts.hpp"
#include "candour/stats/normal.hpp"

namespace candour::stats {

namespace detail {

/// A x = b, by elimination with pivots; b becomes x. The matrices here are small and far from singular.
inline void solve(std::vector<std::vector<double>>& a, std::vector<double>& b) {
    const std::size_t n = b.size();
    for (std::size_t column = 0; column < n; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < n; ++row)
            if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
        std::swap(a[pivot], a[column]);
        std::swap(b[pivot], b[column]);
        for (std::size_t row = column + 1; row < n; ++row) {
            const double factor = a[row][column] / a[column][column];
            for (std::size_t at = column; at < n; ++at) a[row][at] -= factor * a[column][at];
            b[row] -= factor * b[column];
        }
    }
    for (std::size_t row = n; row-- > 0;) {
        for (std::size_t at = row + 1; at < n; ++at) b[row] -= a[row][at] * b[at];
        b[row] /= a[row][row];
    }
}

/// The smallest number that makes k, h and h/2 whole.
inline std::optional<int> lattice_of(const CusumDesign& design) {
    const auto whole = [](double x) { return std::abs(x - std::round(x)) < 1e-9; };
    for (int parts = 1; parts <= 100; ++parts)
        if (whole(design.k * parts) && whole(design.h * parts) && whole(design.h * parts / 2)) return parts;
    return std::nullopt;
}

inline constexpr int kMostStates = 2000;

}  // namespace detail

struct RunLength {
    double from_zero = 0;
    double from_half = 0;  ///< with the head start h/2
};

/// The run length of a Poisson CUSUM: its values are a lattice, so the Markov chain is exact.
///
/// Unit:   observations, e.g. months.
/// Errors: invalid when k and h are not multiples of some 1/100 or coarser, or the mean is not above 0.
/// Source: D. Brook, D. A. Evans, Biometrika 59, 1972; J. M. Lucas, Technometrics 27, 1985.
inline Result<RunLength> poisson_cusum_run_length(const CusumDesign& design, double mean) {
    if (const Done valid = detail::check_design(design); !valid) return valid.error();
    if (const Done valid = check_positive("mean", mean); !valid) return valid.error();
    const std::optional<int> parts = detail::lattice_of(design);
    if (!parts || design.h * *parts > detail::kMostStates)
        return Error{ErrorCode::invalid,
                     "cusum: expected k and h as multiples of a common fraction, found k = " +
                         in_digits(design.k) + ", h = " + in_digits(design.h)};
    const auto states = static_cast<std::size_t>(std::llround(design.h * *parts));
    const auto k = std::llround(design.k * *parts);
    const boost::math::poisson count(mean);
    std::vector<std::vector<double>> a(states, std::vector<double>(states, 0.0));
    std::vector<double> length(states, 1.0);
    for (std::size_t from = 0; from < states; ++from) {
        a[from][from] += 1;
        const auto start = static_cast<std::int64_t>(from);
        // The counts that lead to 1 … h-1; upwards each further one, downwards all from some count on, lead
        // beyond.
        for (std::int64_t x = 0;; ++x) {
            const std::int64_t to =
                design.direction == Direction::upper ? start + x * *parts - k : start - x * *parts + k;
            if (design.direction == Direction::upper && to >= static_cast<std::int64_t>(states)) break;
            if (design.direction == Direction::lower && to <= 0) {  // this count and all above
                a[from][0] -=
                    x == 0 ? 1 : boost::math::cdf(boost::math::complement(count, static_cast<double>(x - 1)));
                break;
            }
            if (to >= static_cast<std::int64_t>(states)) continue;
            a[from][static_cast<std::size_t>(std::max<std::int64_t>(0, to))] -=
                boost::math::pdf(count, static_cast<double>(x));
        }
    }
    detail::solve(a, length);
    return RunLength{length[0], length[states / 2]};
}

namespace detail {

inline constexpr std::size_t kNodes = 100;

struct Node {
    double at = 0;
    double weight = 0;
};

/// Gauss–Legendre on [from, to].
inline std::vector<Node> nodes_on(double from, double to) {
    using Rule = boost::math::quadrature::gauss<double, kNodes>;
    const double centre = (from + to) / 2, half = (to - from) / 2;
    std::vector<Node> nodes;
    for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
        nodes.push_back({centre - half * Rule::abscissa()[i], half * Rule::weights()[i]});
        nodes.push_back({centre + half * Rule::abscissa()[i], half * Rule::weights()[i]});
    }
    return nodes;
}

/// One-sided, upwards, from zero: an integral equation on (0, h) with an atom at 0.
inline double normal_cusum_one_sided(double k, double h, double shift) {
    const std::vector<Node> nodes = nodes_on(0, h);
    const std::size_t n = nodes.size();
    std::vector<std::vector<double>> a(n + 1, std::vector<double>(n + 1, 0.0));
    std::vector<double> length(n + 1, 1.0);
    for (std::size_t row = 0; row <= n; ++row) {
        const double from = row == n ? 0 : nodes[row].at;
        for (std::size_t to = 0; to < n; ++to)
            a[row][to] = -nodes[to].weight * normal_density(nodes[to].at - from + k - shift);
        a[row][n] = -normal_cdf(k - from - shift);
        a[row][row] += 1;
    }
    solve(a, length);
    return length[n];
}

}  // namespace detail

/// The run length of a CUSUM of standard normal values after a shift of their mean; two-sided by default.
///
/// Errors: invalid when k is negative or h not above 0.
/// Source: J. M. Lucas, R. B. Crosier, Technometrics 24, 1982; two sides combine as 1/L = 1/L⁺ + 1/L⁻.
inline Result<double> normal_cusum_run_length(double k, double h, double shift, bool two_sided = true) {
    if (const Done valid = detail::check_design({k, h, Direction::upper}); !valid) return valid.error();
    if (const Done valid = check_finite("shift", shift); !valid) return valid.error();
    const double up = detail::normal_cusum_one_sided(k, h, shift);
    if (!two_sided) return up;
    return 1 / (1 / up + 1 / detail::normal_cusum_one_sided(k, h, -shift));
}

/// The run length of an EWMA of standard normal values with its final limits, from its centre, after a shift.
///
/// Errors: invalid when lambda is not in (0, 1] or the width not above 0.
/// Source: S. V. Crowder, Technometrics 29, 1987.
inline Result<double> ewma_run_length(double lambda, double width, double shift) {
    if (const Done valid = detail::check_ewma(lambda, width); !valid) return valid.error();
    if (const Done valid = check_finite("shift", shift); !valid) return valid.error();
    const double limit = width * std::sqrt(lambda / (2 - lambda));
    const std::vector<detail::Node> nodes = detail::nodes_on(-limit, limit);
    const std::size_t n = nodes.size();
    const auto leads = [&](double from, const detail::Node& to) {
        return to.weight / lambda * normal_density((to.at - (1 - lambda) * from) / lambda - shift);
    };
    std::vector<std::vector<double>> a(n, std::vector<double>(n, 0.0));
    std::vector<double> length(n, 1.0);
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t to = 0; to < n; ++to) a[row][to] = -leads(nodes[row].at, nodes[to]);
        a[row][row] += 1;
    }
    detail::solve(a, length);
    double from_centre = 1;
    for (std::size_t to = 0; to < n; ++to) from_centre += leads(0, nodes[to]) * length[to];
    return from_centre;
}

}  // namespace candour::stats
#endif
