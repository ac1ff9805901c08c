/// NPS of a known population: how many there are at each level, and what the silent ones could change.
#ifndef CANDOUR_STATS_NPS_POPULATION_HPP
#define CANDOUR_STATS_NPS_POPULATION_HPP
#include "candour/stats/level.hpp"
#include "candour/stats/nps.hpp"

namespace candour::stats {

/// One level: how many active contacts are mapped there, and what those who answered said.
struct Stratum {
    std::int64_t population = 0;
    NpsCounts counts = {};
};

struct PopulationNps {
    std::optional<double> value;
    std::optional<double>
        se_people;  ///< error about these very people, now: smaller the more of them answered
    std::optional<double> se_process;  ///< error about the relationship that makes them answer so; for trends
    std::optional<double> unweighted;  ///< always shown beside the weighted value
    std::optional<double> coverage;    ///< share of the population that stands behind the value
    std::optional<Reason> reason;
};

namespace detail {

inline Done check_stratum(const Stratum& stratum) {
    if (const Done valid = check_counts(stratum.counts); !valid) return valid;
    if (const Done valid = check_count("population", stratum.population); !valid) return valid;
    if (stratum.counts.n() <= stratum.population) return done();
    return out_of_range("population", "at least the " + std::to_string(stratum.counts.n()) + " who answered",
                        static_cast<double>(stratum.population));
}

/// Variance with divisor n - 1.
inline double sample_variance(const NpsSpread& of) {
    return of.variance * of.n / (of.n - 1);
}

inline void merge_into(Stratum& target, Stratum& lone) {
    target.population += lone.population;
    target.counts += lone.counts;
    lone = {};
}

/// A single answer has no variance: its level joins the next one that has answers, downwards first.
inline ByLevel<Stratum> without_lone_answers(ByLevel<Stratum> strata) {
    for (int at = 2; at >= 0; --at) {
        Stratum& lone = strata.of[static_cast<std::size_t>(at)];
        if (lone.counts.n() != 1) continue;
        constexpr std::array<std::array<int, 2>, 3> nearest{{{1, 2}, {0, 2}, {1, 0}}};
        for (const int other : nearest[static_cast<std::size_t>(at)]) {
            Stratum& target = strata.of[static_cast<std::size_t>(other)];
            if (target.counts.n() == 0) continue;
            merge_into(target, lone);
            break;
        }
    }
    return strata;
}

struct WeightedSums {
    double mean = 0;
    double variance_people = 0;
    double variance_process = 0;
    bool has_variance = true;
};

inline WeightedSums weighted(const ByLevel<Stratum>& strata, double population) {
    WeightedSums sums;
    for (const Stratum& stratum : strata.of) {
        if (stratum.counts.n() == 0) continue;
        const NpsSpread own = spread(stratum.counts);
        const double size = static_cast<double>(stratum.population);
        const double share = size / population;
        sums.mean += share * own.mean;
        if (own.n < 2) {
            sums.has_variance = false;
            continue;
        }
        const double variance = share * share * sample_variance(own) / own.n;
        sums.variance_process += variance;
        sums.variance_people += variance * (1 - own.n / size);
    }
    return sums;
}

}  // namespace detail

/// NPS weighted by how many contacts each level has.
///
/// Shape:  one stratum per level; one without answers is not estimated and missing from the coverage.
/// Unit:   points.
/// Empty:  no answers, no_data; a single answer in all has a value and no error.
/// Errors: invalid when more answered than there are.
/// Source: W. G. Cochran, Sampling Techniques, 1977, chapter 5.
inline Result<PopulationNps> nps_poststratified(const ByLevel<Stratum>& given) {
    NpsCounts pooled;
    double everybody = 0, estimated = 0;
    for (const Stratum& stratum : given.of) {
        if (const Done valid = detail::check_stratum(stratum); !valid) return valid.error();
        pooled += stratum.counts;
        everybody += static_cast<double>(stratum.population);
        if (stratum.counts.n() > 0) estimated += static_cast<double>(stratum.population);
    }
    PopulationNps found;
    if (pooled.n() == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    const detail::WeightedSums sums = detail::weighted(detail::without_lone_answers(given), estimated);
    found.value = 100 * sums.mean;
    found.unweighted = 100 * detail::spread(pooled).mean;
    found.coverage = estimated / everybody;
    if (sums.has_variance) {
        found.se_people = 100 * std::sqrt(sums.variance_people);
        found.se_process = 100 * std::sqrt(sums.variance_process);
    }
    return found;
}

/// NPS of one finite population, as far as it answered.
inline Result<PopulationNps> nps_of_population(const NpsCounts& counts, std::int64_t population) {
    ByLevel<Stratum> all;
    all[Level::operational] = {population, counts};
    return nps_poststratified(all);
}

/// What the silent could make of it.
struct NonResponse {
    std::optional<double> value;  ///< of those who answered
    std::optional<double>
        response_rate;  ///< answered among invited; bounces count as invited, known leavers do not
    std::optional<Interval> bounds;  ///< all silent ones detractors … all promoters
    std::optional<Reason> reason;
};

/// Errors: invalid when more answered than were invited.
/// Source: AAPOR, Standard Definitions, 2015 (response rate 1); worst-case bounds: C. F. Manski, 2003.
inline Result<NonResponse> nps_nonresponse(const NpsCounts& counts, std::int64_t invited) {
    if (const Done valid = check_counts(counts); !valid) return valid.error();
    if (const Done valid = check_count("invited", invited); !valid) return valid.error();
    if (counts.n() > invited)
        return out_of_range("invited", "at least the " + std::to_string(counts.n()) + " who answered",
                            static_cast<double>(invited));
    NonResponse found;
    if (invited == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    const double all = static_cast<double>(invited);
    const std::int64_t silent = invited - counts.n();
    found.response_rate = static_cast<double>(counts.n()) / all;
    found.bounds = Interval{100 * static_cast<double>(counts.balance() - silent) / all,
                            100 * static_cast<double>(counts.balance() + silent) / all};
    if (counts.n() == 0)
        found.reason = Reason::no_data;
    else
        found.value = 100 * detail::spread(counts).mean;
    return found;
}

}  // namespace candour::stats
#endif
