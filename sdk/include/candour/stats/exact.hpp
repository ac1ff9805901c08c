/// Exact tests for few events, where a normal approximation would claim too much.
#ifndef CANDOUR_STATS_EXACT_HPP
#define CANDOUR_STATS_EXACT_HPP
#include <boost/math/distributions/binomial.hpp>

#include "candour/stats/figure.hpp"

namespace candour::stats {

enum class Side : std::uint8_t { less, greater, both };

namespace detail {

inline Done check_trials(std::int64_t x, std::int64_t n) {
    if (const Done valid = check_count("n", n); !valid) return valid;
    if (x >= 0 && x <= n) return done();
    return out_of_range("x", "0 to n = " + std::to_string(n), static_cast<double>(x));
}

/// P(X <= x), also where x lies outside 0..n.
inline double binomial_up_to(std::int64_t x, std::int64_t n, double p) {
    if (x < 0) return 0;
    if (x >= n) return 1;
    return boost::math::cdf(boost::math::binomial(static_cast<double>(n), p), static_cast<double>(x));
}

/// P(X >= x), computed from its own end so that a small one keeps its digits.
inline double binomial_from(std::int64_t x, std::int64_t n, double p) {
    if (x <= 0) return 1;
    if (x > n) return 0;
    const boost::math::binomial of(static_cast<double>(n), p);
    return boost::math::cdf(boost::math::complement(of, static_cast<double>(x - 1)));
}

/// All outcomes that are no likelier than x: one tail, and the other one as far as it is no likelier.
inline double binomial_both(std::int64_t x, std::int64_t n, double p) {
    const boost::math::binomial of(static_cast<double>(n), p);
    const auto density = [&](std::int64_t at) { return boost::math::pdf(of, static_cast<double>(at)); };
    const double as_likely = density(x) * (1 + kTie);
    const bool left = static_cast<double>(x) < static_cast<double>(n) * p;
    const auto mode = static_cast<std::int64_t>(static_cast<double>(n + 1) * p);
    std::int64_t inside =
        std::clamp<std::int64_t>(mode, 0, n);  // densities fall from here on towards `outside`
    std::int64_t outside = left ? n + 1 : -1;
    if (density(inside) <= as_likely) return 1;
    while (std::abs(outside - inside) > 1) {
        const std::int64_t middle = inside + (outside - inside) / 2;
        (density(middle) > as_likely ? inside : outside) = middle;
    }
    return left ? binomial_up_to(x, n, p) + binomial_from(outside, n, p)
                : binomial_from(x, n, p) + binomial_up_to(outside, n, p);
}

}  // namespace detail

/// Exact binomial test of x among n against the probability p.
///
/// Empty:  n = 0 contradicts nothing: 1.
/// Errors: invalid when x is not 0..n or p is not 0..1.
/// Source: C. J. Clopper, E. S. Pearson, Biometrika 26, 1934; `both` adds all outcomes that are no likelier.
inline Result<double> binomial_test(std::int64_t x, std::int64_t n, double p, Side side = Side::both) {
    if (const Done valid = detail::check_trials(x, n); !valid) return valid.error();
    if (const Done valid = check_share("probability", p); !valid) return valid.error();
    if (side == Side::less) return detail::binomial_up_to(x, n, p);
    if (side == Side::greater) return detail::binomial_from(x, n, p);
    return std::min(1.0, detail::binomial_both(x, n, p));
}

/// Two groups, two outcomes.
struct Table {
    std::int64_t a = 0;  ///< first group, first outcome
    std::int64_t b = 0;  ///< first group, second outcome
    std::int64_t c = 0;  ///< second group, first outcome
    std::int64_t d = 0;  ///< second group, second outcome
};

namespace detail {

/// The hypergeometric distribution by its own recurrence, outwards from a start near the mode: nothing is
/// subtracted, and what is 1e-40 of the largest term is not worth adding.
class Hypergeometric {
 public:
    explicit Hypergeometric(const Table& of)
        : row_(of.a + of.b),
          column_(of.a + of.c),
          total_(row_ + of.c + of.d),
          lowest_(std::max<std::int64_t>(0, row_ + column_ - total_)),
          highest_(std::min(row_, column_)) {}

    double from(std::int64_t a) const {
        if (a <= lowest_) return 1;
        const auto mode =
            static_cast<std::int64_t>((static_cast<double>(row_) + 1) * (static_cast<double>(column_) + 1) /
                                      (static_cast<double>(total_) + 2));
        const std::int64_t start = std::clamp(mode, lowest_, highest_);
        double tail = start >= a ? 1 : 0, all = 1;
        walk(start, a, tail, all, +1);
        walk(start, a, tail, all, -1);
        return std::min(1.0, tail / all);
    }

 private:
    /// The term at k + 1 over the term at k.
    double ratio(std::int64_t k) const {
        const double up = static_cast<double>(row_ - k) * static_cast<double>(column_ - k);
        return up / (static_cast<double>(k + 1) * static_cast<double>(total_ - row_ - column_ + k + 1));
    }
    void walk(std::int64_t start, std::int64_t a, double& tail, double& all, int step) const {
        double term = 1;
        for (std::int64_t k = start; step > 0 ? k < highest_ : k > lowest_; k += step) {
            term *= step > 0 ? ratio(k) : 1 / ratio(k - 1);
            all += term;
            if (k + step >= a) tail += term;
            if (term < 1e-300 || (term < 1e-40 && tail > 0)) return;
        }
    }

    std::int64_t row_, column_, total_, lowest_, highest_;
};

}  // namespace detail

/// Fisher's exact test, one-sided: is the first outcome more common in the first group?
///
/// Empty:  an empty table contradicts nothing: 1.
/// Errors: invalid when a count is negative.
/// Source: R. A. Fisher, JRSS 98, 1935.
inline Result<double> fisher_greater(const Table& table) {
    for (const std::int64_t count : {table.a, table.b, table.c, table.d})
        if (const Done valid = check_count("count", count); !valid) return valid.error();
    return detail::Hypergeometric(table).from(table.a);
}

}  // namespace candour::stats
#endif
