/// NPS over accounts: answers of one account are not independent, and one account should have one voice.
#ifndef CANDOUR_STATS_NPS_ACCOUNTS_HPP
#define CANDOUR_STATS_NPS_ACCOUNTS_HPP
#include "candour/stats/level.hpp"
#include "candour/stats/moments.hpp"
#include "candour/stats/nps.hpp"

namespace candour::stats {

/// What the clustered error needs of each account: it adds over accounts, as long as an account is in one
/// place.
struct ClusterSums {
    std::int64_t accounts = 0;
    std::int64_t n = 0;
    std::int64_t balance = 0;          ///< sum of S_a: promoters minus detractors
    std::int64_t speaking = 0;         ///< promoters plus detractors
    std::int64_t balance_squared = 0;  ///< sum of S_a²
    std::int64_t balance_times_n = 0;  ///< sum of S_a n_a
    std::int64_t n_squared = 0;        ///< sum of n_a²

    /// The counts of one whole account; one without answers adds nothing.
    void add(const NpsCounts& account) {
        const std::int64_t size = account.n();
        if (size == 0) return;
        *this += {1,
                  size,
                  account.balance(),
                  account.promoters + account.detractors,
                  account.balance() * account.balance(),
                  account.balance() * size,
                  size * size};
    }
    ClusterSums& operator+=(const ClusterSums& other) {
        accounts += other.accounts;
        n += other.n;
        balance += other.balance;
        speaking += other.speaking;
        balance_squared += other.balance_squared;
        balance_times_n += other.balance_times_n;
        n_squared += other.n_squared;
        return *this;
    }
    friend bool operator==(const ClusterSums&, const ClusterSums&) = default;
};

struct ClusteredNps {
    std::optional<double> value;           ///< points, pooled over respondents
    std::optional<double> se;              ///< points; absent below two accounts
    std::optional<double> se_independent;  ///< points; as if no two answers had an account in common
    std::optional<double> design_effect;   ///< se² over se_independent²; absent when nothing varies
    std::optional<Reason> reason;
};

/// Pooled NPS with the error of clustered answers (a ratio of totals over accounts).
///
/// Empty:  no answers, no_data; one account has a value and no error.
/// Errors: invalid when the sums cannot belong together.
/// Source: T. Lumley, Journal of Statistical Software 9(8), 2004.
inline Result<ClusteredNps> nps_clustered(const ClusterSums& sums) {
    if (sums.n < 0 || sums.accounts > sums.n || std::abs(sums.balance) > sums.speaking ||
        sums.speaking > sums.n)
        return Error{ErrorCode::invalid,
                     "cluster sums: expected accounts <= n and |balance| <= speaking <= n"};
    ClusteredNps found;
    if (sums.n == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    const auto exact = [](std::int64_t sum) { return static_cast<long double>(sum); };
    const long double n = exact(sums.n), mean = exact(sums.balance) / n;
    const long double independent = std::max(0.0L, exact(sums.speaking) / n - mean * mean) / n;
    found.value = static_cast<double>(100 * mean);
    found.se_independent = static_cast<double>(100 * std::sqrt(independent));
    if (sums.accounts < 2) return found;
    const long double squares =
        std::max(0.0L, exact(sums.balance_squared) - 2 * mean * exact(sums.balance_times_n) +
                           mean * mean * exact(sums.n_squared));
    const long double clustered = exact(sums.accounts) / exact(sums.accounts - 1) * squares / (n * n);
    found.se = static_cast<double>(100 * std::sqrt(clustered));
    if (independent > 0) found.design_effect = static_cast<double>(clustered / independent);
    return found;
}

/// A mean of scores, in points, with its error where there are two or more.
struct MeanNps {
    std::int64_t accounts = 0;
    std::optional<double> value;
    std::optional<double> se;
    std::optional<double> coverage;  ///< of what the accounts were weighted with, 0..1
    std::optional<Reason> reason;
};

/// One account, one voice: the mean of the accounts' own scores. The headline of a portfolio, for pooling
/// lets many users outvote whoever decides. Accounts without answers are left out.
inline Result<MeanNps> nps_account_mean(std::span<const NpsCounts> accounts) {
    Moments means;
    for (const NpsCounts& account : accounts) {
        if (const Done valid = check_counts(account); !valid) return valid.error();
        if (account.n() > 0)
            means.add(100 * static_cast<double>(account.balance()) / static_cast<double>(account.n()));
    }
    MeanNps found{means.n, {}, means.se(), {}, {}};
    if (means.n == 0)
        found.reason = Reason::no_data;
    else
        found.value = means.mean;
    return found;
}

struct RevenueAccount {
    NpsCounts counts = {};  ///< without answers it counts in the coverage only
    double revenue = 0;     ///< zero, negative or unknown: no weight
};

namespace detail {

inline double revenue_weight(double revenue) {
    return std::isfinite(revenue) && revenue > 0 ? revenue : 0;
}

}  // namespace detail

/// The accounts' scores weighted by revenue, and the share of all revenue that answered.
///
/// Empty:  no answer with revenue behind it, no_data.
inline Result<MeanNps> nps_revenue_weighted(std::span<const RevenueAccount> accounts) {
    double all = 0, answered = 0, weighted = 0;
    MeanNps found;
    for (const RevenueAccount& account : accounts) {
        if (const Done valid = check_counts(account.counts); !valid) return valid.error();
        const double weight = detail::revenue_weight(account.revenue);
        all += weight;
        if (account.counts.n() == 0 || weight == 0) continue;
        ++found.accounts;
        answered += weight;
        weighted +=
            weight * static_cast<double>(account.counts.balance()) / static_cast<double>(account.counts.n());
    }
    if (all > 0) found.coverage = answered / all;
    if (answered == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    const double mean = weighted / answered;
    found.value = 100 * mean;
    double squares = 0;
    for (const RevenueAccount& account : accounts) {
        const double weight = detail::revenue_weight(account.revenue);
        if (account.counts.n() == 0 || weight == 0) continue;
        const double own =
            static_cast<double>(account.counts.balance()) / static_cast<double>(account.counts.n());
        squares += weight * weight * (own - mean) * (own - mean);
    }
    const double a = static_cast<double>(found.accounts);
    if (found.accounts > 1) found.se = 100 * std::sqrt(a / (a - 1) * squares) / answered;
    return found;
}

/// How much of the portfolio answered: by revenue, and by number of accounts.
struct RevenueCoverage {
    std::optional<double> revenue;
    std::optional<double> accounts;
    std::optional<Reason> reason;
};

inline RevenueCoverage revenue_coverage(std::span<const RevenueAccount> accounts) {
    double all = 0, answered = 0, heard = 0;
    for (const RevenueAccount& account : accounts) {
        const double weight = detail::revenue_weight(account.revenue);
        all += weight;
        if (account.counts.n() == 0) continue;
        answered += weight;
        ++heard;
    }
    RevenueCoverage found;
    if (accounts.empty()) {
        found.reason = Reason::no_data;
        return found;
    }
    found.accounts = heard / static_cast<double>(accounts.size());
    if (all > 0) found.revenue = answered / all;
    return found;
}

/// A mean over levels, each level with one voice, beside the plain mean over answers.
struct LevelBalanced {
    std::optional<double> value;
    std::optional<double> pooled;
    Levels covered;
    std::optional<Reason> reason;
};

/// Shape:  one Moments per level, of any scale; a level without values is reported missing, never imputed.
/// Empty:  no level covered, no_data.
inline LevelBalanced level_balanced(const ByLevel<Moments>& levels) {
    Moments of_levels, of_all;
    LevelBalanced found;
    for (const Level level : kLevels) {
        if (levels[level].n == 0) continue;
        found.covered.add(level);
        of_levels.add(levels[level].mean);
        of_all += levels[level];
    }
    if (of_all.n == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    found.value = of_levels.mean;
    found.pooled = of_all.mean;
    return found;
}

/// The headline of one account: decision-makers are few and should not drown among users.
inline Result<LevelBalanced> nps_level_balanced(const ByLevel<NpsCounts>& levels) {
    ByLevel<Moments> points;
    for (const Level level : kLevels) {
        if (const Done valid = check_counts(levels[level]); !valid) return valid.error();
        const detail::NpsSpread own = detail::spread(levels[level]);
        if (own.n > 0) points[level] = {levels[level].n(), 100 * own.mean, 0};
    }
    return level_balanced(points);
}

}  // namespace candour::stats
#endif
