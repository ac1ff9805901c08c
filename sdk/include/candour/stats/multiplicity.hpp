/// Looking at many things at once, without believing every surprise.
#ifndef CANDOUR_STATS_MULTIPLICITY_HPP
#define CANDOUR_STATS_MULTIPLICITY_HPP
#include <numeric>
#include <span>
#include <vector>

#include "candour/stats/figure.hpp"

namespace candour::stats {

namespace detail {

inline Done check_probabilities(std::span<const double> p) {
    for (const double one : p)
        if (const Done valid = check_share("p", one); !valid) return valid;
    return done();
}

inline std::vector<std::size_t> ascending(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t one, std::size_t other) { return p[one] < p[other]; });
    return order;
}

}  // namespace detail

/// Holm's adjusted p-values, in the order given: the chance of any false alarm among all of them stays below
/// alpha.
///
/// Errors: invalid when a p is not 0..1.
/// Source: S. Holm, Scandinavian Journal of Statistics 6, 1979.
inline Result<std::vector<double>> holm(std::span<const double> p) {
    if (const Done valid = detail::check_probabilities(p); !valid) return valid.error();
    std::vector<double> adjusted(p.size());
    double highest = 0;
    std::size_t left = p.size();
    for (const std::size_t at : detail::ascending(p)) {
        highest = std::max(highest, std::min(1.0, static_cast<double>(left--) * p[at]));
        adjusted[at] = highest;
    }
    return adjusted;
}

inline bool any_at_most(std::span<const double> adjusted, double alpha) {
    return std::ranges::any_of(adjusted, [alpha](double p) { return p <= alpha * (1 + kTie); });
}

/// The list of a portfolio: of those flagged, at most a share `fdr` is expected to be false.
struct Discoveries {
    std::vector<double> q;             ///< in the order given
    std::vector<std::size_t> flagged;  ///< positions, ascending
};

/// Errors: invalid when a p or the rate is not 0..1.
/// Source: Y. Benjamini, Y. Hochberg, JRSS B 57, 1995.
inline Result<Discoveries> benjamini_hochberg(std::span<const double> p, double fdr) {
    if (const Done valid = detail::check_probabilities(p); !valid) return valid.error();
    if (const Done valid = check_share("false discovery rate", fdr); !valid) return valid.error();
    Discoveries found;
    found.q.resize(p.size());
    const std::vector<std::size_t> order = detail::ascending(p);
    double lowest = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        const std::size_t at = order[rank - 1];
        lowest = std::min(lowest, p[at] * static_cast<double>(p.size()) / static_cast<double>(rank));
        found.q[at] = lowest;
    }
    for (std::size_t at = 0; at < p.size(); ++at)
        if (found.q[at] <= fdr * (1 + kTie)) found.flagged.push_back(at);
    return found;
}

struct FalseAlarms {
    double any = 0;
    double two_or_more = 0;
};

/// How often independent signals of level alpha speak up for nothing.
inline Result<FalseAlarms> composite_false_alarm(double alpha, int signals) {
    if (const Done valid = check_share("alpha", alpha); !valid) return valid.error();
    if (signals < 0) return out_of_range("signals", "at least 0", signals);
    if (signals == 0) return FalseAlarms{};
    const double none = std::pow(1 - alpha, signals);
    const double one = signals * alpha * std::pow(1 - alpha, signals - 1);
    return FalseAlarms{1 - none, std::max(0.0, 1 - none - one)};
}

/// How many false alarms a portfolio of charts brings: accounts times months over the in-control run length.
inline Result<double> expected_false_alarms(std::int64_t accounts, double months, double run_length) {
    if (const Done valid = check_count("accounts", accounts); !valid) return valid.error();
    if (const Done valid = check_amount("months", months); !valid) return valid.error();
    if (const Done valid = check_positive("run length", run_length); !valid) return valid.error();
    return static_cast<double>(accounts) * months / run_length;
}

}  // namespace candour::stats
#endif
