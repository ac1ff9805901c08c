/// Tests on order alone: are these larger than those, and does this series fall?
#ifndef CANDOUR_STATS_RANKS_HPP
#define CANDOUR_STATS_RANKS_HPP
#include <map>
#include <numeric>
#include <span>
#include <vector>

#include "candour/stats/normal.hpp"

namespace candour::stats {

namespace detail {

inline Done check_all_finite(std::span<const double> values) {
    for (const double value : values)
        if (const Done valid = check_finite("value", value); !valid) return valid;
    return done();
}

/// How often each value occurs, ascending.
inline std::map<double, std::int64_t> multiplicities(std::span<const double> values) {
    std::map<double, std::int64_t> found;
    for (const double value : values) ++found[value];
    return found;
}

/// Sum of t(t²-1), or of what `of` makes of each group of equal values.
template <class Of>
double over_ties(std::span<const double> values, Of of) {
    double sum = 0;
    for (const auto& [value, times] : multiplicities(values)) sum += of(static_cast<double>(times));
    return sum;
}

/// Twice the middle rank of each value of the joint sample, so that it is whole also for ties.
inline std::map<double, std::int64_t> doubled_ranks(std::span<const double> all) {
    std::map<double, std::int64_t> ranks;
    std::int64_t before = 0;
    for (const auto& [value, times] : multiplicities(all)) {
        ranks[value] = 2 * before + times + 1;
        before += times;
    }
    return ranks;
}

/// How many subsets of `size` have each sum of doubled ranks: exact up to 2^53, and a relative 1e-14 beyond.
inline std::vector<std::vector<double>> subset_sums(std::span<const std::int64_t> ranks, std::size_t size) {
    const auto most = static_cast<std::size_t>(std::accumulate(ranks.begin(), ranks.end(), std::int64_t{0}));
    std::vector<std::vector<double>> ways(size + 1, std::vector<double>(most + 1, 0.0));
    ways[0][0] = 1;
    std::size_t reached = 0;
    for (const std::int64_t rank : ranks) {
        const auto step = static_cast<std::size_t>(rank);
        reached += step;
        for (std::size_t taken = size; taken > 0; --taken)
            for (std::size_t sum = reached; sum >= step; --sum)
                ways[taken][sum] += ways[taken - 1][sum - step];
    }
    return ways;
}

/// Beyond this many values of both samples the normal distribution is as good, and much quicker.
inline constexpr std::size_t kExactRanks = 100;

inline double exact_rank_p(std::span<const std::int64_t> ranks, std::size_t size, std::int64_t observed) {
    const std::vector<double> ways = subset_sums(ranks, size)[size];
    double all = 0, as_large = 0;
    for (std::size_t sum = 0; sum < ways.size(); ++sum) {
        all += ways[sum];
        if (sum >= static_cast<std::size_t>(observed)) as_large += ways[sum];
    }
    return as_large / all;
}

inline double normal_rank_p(double w, double nx, double ny, double ties) {
    const double n = nx + ny;
    const double variance = nx * ny / 12 * (n + 1 - ties / (n * (n - 1)));
    if (variance <= 0) return 1;
    return normal_cdf(-(w - nx * ny / 2 - 0.5) / std::sqrt(variance));
}

}  // namespace detail

struct RankTest {
    double w = 0;  ///< pairs in which the first value is larger, ties as half
    std::optional<double> p;
    std::optional<Reason> reason;
};

/// Mann–Whitney, one-sided: are the values of x larger than those of y?
///
/// The distribution is exact, given the ties; above 100 values in all it is normal with ties and continuity
/// corrected. Empty:  a sample without values, no_data. Errors: invalid when a value is not finite. Source:
/// H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18, 1947.
inline Result<RankTest> mann_whitney_greater(std::span<const double> x, std::span<const double> y) {
    if (const Done valid = detail::check_all_finite(x); !valid) return valid.error();
    if (const Done valid = detail::check_all_finite(y); !valid) return valid.error();
    if (x.empty() || y.empty()) return RankTest{0, {}, Reason::no_data};
    std::vector<double> all(x.begin(), x.end());
    all.insert(all.end(), y.begin(), y.end());
    const std::map<double, std::int64_t> ranks = detail::doubled_ranks(all);
    std::int64_t sum = 0;
    for (const double value : x) sum += ranks.at(value);
    const double nx = static_cast<double>(x.size()), ny = static_cast<double>(y.size());
    const double w = static_cast<double>(sum) / 2 - nx * (nx + 1) / 2;
    if (all.size() > detail::kExactRanks) {
        const double ties = detail::over_ties(all, [](double t) { return t * (t * t - 1); });
        return RankTest{w, detail::normal_rank_p(w, nx, ny, ties), {}};
    }
    std::vector<std::int64_t> each;
    for (const double value : all) each.push_back(ranks.at(value));
    return RankTest{w, detail::exact_rank_p(each, x.size(), sum), {}};
}

enum class TrendMethod : std::uint8_t { exact, permutation, normal_tie_corrected };
constexpr std::string_view to_text(TrendMethod method) {
    constexpr std::array<std::string_view, 3> names{"exact", "permutation", "normal_tie_corrected"};
    return names[static_cast<std::size_t>(method)];
}

struct TrendTest {
    std::int64_t s = 0;       ///< rising pairs minus falling ones
    double variance = 0;      ///< of s, corrected for ties
    std::optional<double> z;  ///< with continuity correction; by the normal method only
    std::optional<double> p;  ///< of a series that falls at least this clearly
    TrendMethod method = TrendMethod::exact;
    std::optional<Reason> reason;
};

namespace detail {

inline constexpr std::size_t kExactTrend = 200;
inline constexpr std::size_t kPermutedTrend = 8;

inline std::int64_t concordance(std::span<const double> series) {
    std::int64_t s = 0;
    for (std::size_t later = 1; later < series.size(); ++later)
        for (std::size_t earlier = 0; earlier < later; ++earlier)
            s += (series[later] > series[earlier]) - (series[later] < series[earlier]);
    return s;
}

inline double trend_variance(std::span<const double> series) {
    const auto term = [](double t) { return t * (t - 1) * (2 * t + 5); };
    return (term(static_cast<double>(series.size())) - over_ties(series, term)) / 18;
}

/// P(S <= s) without ties: the share of orders with at most that many rising pairs.
inline double exact_trend_p(std::size_t n, std::int64_t s) {
    std::vector<double> probability{1.0};  // of each number of rising pairs among the values so far
    for (std::size_t size = 2; size <= n; ++size) {
        std::vector<double> next(probability.size() + size - 1, 0.0);
        for (std::size_t pairs = 0; pairs < probability.size(); ++pairs)
            for (std::size_t added = 0; added < size; ++added)
                next[pairs + added] += probability[pairs] / static_cast<double>(size);
        probability = std::move(next);
    }
    const auto rising = static_cast<std::size_t>((s + static_cast<std::int64_t>(n * (n - 1) / 2)) / 2);
    double sum = 0;
    for (std::size_t pairs = 0; pairs <= rising && pairs < probability.size(); ++pairs)
        sum += probability[pairs];
    return std::min(1.0, sum);
}

/// P(S <= s) over every distinct order of the values.
inline double permuted_trend_p(std::vector<double> values, std::int64_t s) {
    std::ranges::sort(values);
    std::int64_t all = 0, as_low = 0;
    do {
        ++all;
        as_low += concordance(values) <= s ? 1 : 0;
    } while (std::next_permutation(values.begin(), values.end()));
    return static_cast<double>(as_low) / static_cast<double>(all);
}

inline void normal_trend(TrendTest& test) {
    test.method = TrendMethod::normal_tie_corrected;
    if (test.variance <= 0) {
        test.p = 1;
        return;
    }
    const double continuous = static_cast<double>(test.s - (test.s > 0) + (test.s < 0));
    test.z = continuous / std::sqrt(test.variance);
    test.p = normal_cdf(*test.z);
}

}  // namespace detail

/// Mann–Kendall, one-sided: does the series fall?
///
/// Exact without ties; over all orders with ties below 8 values; normal with ties and continuity corrected
/// otherwise. Empty:  fewer than two values, insufficient_n. Errors: invalid when a value is not finite.
/// Source: H. B. Mann, Econometrica 13, 1945; M. G. Kendall, Rank Correlation Methods, 1948.
inline Result<TrendTest> mann_kendall_less(std::span<const double> series) {
    if (const Done valid = detail::check_all_finite(series); !valid) return valid.error();
    TrendTest test;
    if (series.size() < 2) {
        test.reason = series.empty() ? Reason::no_data : Reason::insufficient_n;
        return test;
    }
    test.s = detail::concordance(series);
    test.variance = detail::trend_variance(series);
    const bool ties = detail::multiplicities(series).size() < series.size();
    if (ties && series.size() < detail::kPermutedTrend) {
        test.method = TrendMethod::permutation;
        test.p = detail::permuted_trend_p({series.begin(), series.end()}, test.s);
    } else if (ties || series.size() > detail::kExactTrend) {
        detail::normal_trend(test);
    } else {
        test.p = detail::exact_trend_p(series.size(), test.s);
    }
    return test;
}

inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace candour::stats
#endif
