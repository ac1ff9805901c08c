/// Cooling executive engagement: several tests of one suspicion, judged together.
#ifndef CANDOUR_STATS_COOLING_HPP
#define CANDOUR_STATS_COOLING_HPP
#include "candour/stats/charts.hpp"
#include "candour/stats/multiplicity.hpp"
#include "candour/stats/signals.hpp"

namespace candour::stats {

/// What was looked at; absent is what could not be.
struct CoolingEvidence {
    std::optional<RateDrop> touches = {};
    std::optional<DelegationRise> delegation = {};
    std::optional<DurationDrop> duration = {};
    std::optional<CusumPath> chart = {};  ///< lower CUSUM of the monthly touches
};

struct Cooling {
    std::optional<bool> active = {};        ///< absent: nothing could be evaluated
    std::optional<double> smallest_p = {};  ///< Holm-adjusted; what a portfolio's list is made of
};

namespace detail {

/// One test's p and whether its effect is large enough to matter.
struct Suspicion {
    double p = 1;
    bool matters = false;
};

inline std::vector<Suspicion> suspicions_of(const CoolingEvidence& evidence) {
    std::vector<Suspicion> found;
    if (const auto& one = evidence.touches; one && one->evaluable)
        found.push_back({*one->p, one->ratio && stays_within(*one->ratio, RateDropRule{}.max_ratio)});
    if (const auto& one = evidence.delegation; one && one->p && one->recent_share)
        found.push_back({*one->p, reaches(*one->recent_share, kMinDelegation)});
    if (const auto& one = evidence.duration; one && one->evaluable)
        found.push_back({*one->p, one->median_ratio && stays_within(*one->median_ratio, kMaxMedianRatio)});
    return found;
}

}  // namespace detail

/// Active when a test that matters keeps p <= 0.05 after Holm's correction, or when the chart has alarmed.
inline Result<Cooling> cooling(const CoolingEvidence& evidence, double alpha = kAlpha) {
    const std::vector<detail::Suspicion> suspicions = detail::suspicions_of(evidence);
    std::vector<double> p;
    for (const detail::Suspicion& one : suspicions) p.push_back(one.p);
    const Result<std::vector<double>> adjusted = holm(p);
    if (!adjusted) return adjusted.error();
    Cooling found;
    if (suspicions.empty() && !evidence.chart) return found;
    bool active = evidence.chart && evidence.chart->first_signal;
    for (std::size_t at = 0; at < suspicions.size(); ++at)
        active = active || (suspicions[at].matters && (*adjusted)[at] <= alpha * (1 + kTie));
    found.active = active;
    if (!adjusted->empty()) found.smallest_p = std::ranges::min(*adjusted);
    return found;
}

}  // namespace candour::stats
#endif
