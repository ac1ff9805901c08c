/// Relationship NPS: from answers to counts, from counts to points and their intervals.
#ifndef CANDOUR_STATS_NPS_HPP
#define CANDOUR_STATS_NPS_HPP
#include <span>

#include "candour/stats/normal.hpp"

namespace candour::stats {

/// The whole state of the figure: it adds, and a withdrawn answer is subtracted.
struct NpsCounts {
    std::int64_t detractors = 0;
    std::int64_t passives = 0;
    std::int64_t promoters = 0;

    constexpr std::int64_t n() const { return detractors + passives + promoters; }
    /// Promoters minus detractors; NPS is 100 times this over n.
    constexpr std::int64_t balance() const { return promoters - detractors; }
    constexpr NpsCounts& operator+=(const NpsCounts& other) {
        detractors += other.detractors;
        passives += other.passives;
        promoters += other.promoters;
        return *this;
    }
    constexpr NpsCounts& operator-=(const NpsCounts& other) {
        detractors -= other.detractors;
        passives -= other.passives;
        promoters -= other.promoters;
        return *this;
    }
    friend constexpr bool operator==(const NpsCounts&, const NpsCounts&) = default;
};

inline Done check_counts(const NpsCounts& counts) {
    if (const Done valid = check_count("detractors", counts.detractors); !valid) return valid;
    if (const Done valid = check_count("passives", counts.passives); !valid) return valid;
    return check_count("promoters", counts.promoters);
}

/// Where the scale is cut. The default is the published one: 0–6, 7–8, 9–10.
struct NpsScale {
    int lowest = 0;
    int last_detractor = 6;
    int last_passive = 8;
    int highest = 10;
};

/// One answer as counts; nothing when it is not a whole number of the scale. It is never bent into range.
constexpr std::optional<NpsCounts> nps_category(double score, const NpsScale& scale = {}) {
    if (!(score >= scale.lowest && score <= scale.highest)) return std::nullopt;
    const int whole = static_cast<int>(score);
    if (static_cast<double>(whole) != score) return std::nullopt;
    if (whole <= scale.last_detractor) return NpsCounts{1, 0, 0};
    if (whole <= scale.last_passive) return NpsCounts{0, 1, 0};
    return NpsCounts{0, 0, 1};
}

struct NpsTally {
    NpsCounts counts;
    std::int64_t rejected = 0;  ///< absent, not whole, or outside the scale
};

/// Counts answers; what is no answer is counted as rejected, so that it shows.
///
/// Errors: invalid when the scale's cuts do not ascend.
inline Result<NpsTally> tally(std::span<const std::optional<double>> scores, const NpsScale& scale = {}) {
    if (scale.lowest > scale.last_detractor || scale.last_detractor >= scale.last_passive ||
        scale.last_passive >= scale.highest)
        return Error{ErrorCode::invalid, "scale: expected lowest <= last detractor < last passive < highest"};
    NpsTally found;
    for (const std::optional<double>& score : scores) {
        const std::optional<NpsCounts> one = score ? nps_category(*score, scale) : std::nullopt;
        if (one)
            found.counts += *one;
        else
            ++found.rejected;
    }
    return found;
}

/// Everything that counts alone can say.
struct NpsFigure {
    std::int64_t n = 0;
    std::optional<double> value;            ///< points, -100..100
    std::optional<double> variance;         ///< of one answer on the scale -1..1, divisor n; 0..1
    std::optional<double> se;               ///< points
    std::optional<Interval> wald;           ///< diagnostic only: without width when all answer alike
    std::optional<double> adjusted_centre;  ///< points; shrunk to n/(n+3) of the value
    std::optional<Interval> adjusted;       ///< adjusted Wald
    std::optional<Interval> score;          ///< Tango's
    std::optional<Reason> reason;

    bool small_n() const { return n < kSmallN; }
    /// What a report shows: adjusted Wald, and the score interval while n is small.
    const std::optional<Interval>& headline() const { return small_n() ? score : adjusted; }
};

/// Fractional counts that are added before a Wald interval is taken.
struct Pseudo {
    double detractors = 0;
    double passives = 0;
    double promoters = 0;
};
/// "Add 3 to n, 3/4 to detractors, 3/4 to promoters": of the closed forms it covers best when n is small.
inline constexpr Pseudo kAdjusted{0.75, 1.5, 0.75};

namespace detail {

struct NpsSpread {
    double n = 0;
    double mean = 0;      ///< -1..1
    double variance = 0;  ///< of one answer
    double se() const { return std::sqrt(variance / n); }
};

inline NpsSpread spread(const NpsCounts& counts, const Pseudo& pseudo = {}) {
    const double detractors = static_cast<double>(counts.detractors) + pseudo.detractors;
    const double promoters = static_cast<double>(counts.promoters) + pseudo.promoters;
    const double n = detractors + promoters + static_cast<double>(counts.passives) + pseudo.passives;
    const double mean = (promoters - detractors) / n;
    const double share = (promoters + detractors) / n;
    return {n, mean, std::max(0.0, share - mean * mean)};
}

inline Interval wald_points(const NpsSpread& of, double z) {
    const double reach = z * of.se();
    return truncated({100 * (of.mean - reach), 100 * (of.mean + reach)}, -100, 100);
}

/// n times the restricted variance at a supposed difference; q is the likeliest share of detractors there.
inline double restricted_variance(const NpsCounts& counts, double delta) {
    const double n = static_cast<double>(counts.n());
    const double promoters = static_cast<double>(counts.promoters);
    const double detractors = static_cast<double>(counts.detractors);
    const double a = 2 * n;
    const double b = -promoters - detractors + (2 * n - promoters + detractors) * delta;
    const double c = -detractors * delta * (1 - delta);
    const double root = std::sqrt(std::max(0.0, b * b - 4 * a * c));
    const double q =
        b > 0 ? -2 * c / (b + root) : (root - b) / (2 * a);  // never a difference of two near equals
    return std::max(0.0, n * (2 * q + delta * (1 - delta)));
}

/// How far the counts lie from what `delta` supposes, in standard errors, squared; compared without dividing.
inline bool within_z(const NpsCounts& counts, double delta, double z) {
    const double away = static_cast<double>(counts.balance()) - static_cast<double>(counts.n()) * delta;
    return away * away <= z * z * restricted_variance(counts, delta);
}

/// The last supposed difference, going from the observed one to `end`, that the counts do not contradict.
/// Halving is safe where the variance vanishes at an end; 64 halvings exhaust a double.
inline double score_bound(const NpsCounts& counts, double z, double end) {
    double inside = static_cast<double>(counts.balance()) / static_cast<double>(counts.n());
    double outside = end;
    for (int step = 0; step < 64; ++step) {
        const double middle = inside + (outside - inside) / 2;
        (within_z(counts, middle, z) ? inside : outside) = middle;
    }
    return inside + (outside - inside) / 2;
}

inline Interval score_points(const NpsCounts& counts, double z) {
    const double low = counts.detractors == counts.n() ? -1 : score_bound(counts, z, -1);
    const double high = counts.promoters == counts.n() ? 1 : score_bound(counts, z, 1);
    return {100 * low, 100 * high};
}

}  // namespace detail

/// Relationship NPS of one population.
///
/// Shape:  any number of answers, one per contact and account, already counted.
/// Unit:   points, -100..100: share of promoters minus share of detractors, times 100.
/// Empty:  no answers give no value, reason no_data; silence is not a score of zero.
/// Errors: invalid when a count is negative or above 1e15, or confidence is not between 0 and 1.
/// Source: F. Reichheld, Harvard Business Review 81(12), 2003; adjusted Wald and score interval: B. Rocks,
///         The American Statistician 70, 2016; T. Tango, Statistics in Medicine 17, 1998.
inline Result<NpsFigure> nps(const NpsCounts& counts, double confidence = kConfidence) {
    if (const Done valid = check_counts(counts); !valid) return valid.error();
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    NpsFigure found;
    found.n = counts.n();
    if (found.n == 0) {
        found.reason = Reason::no_data;
        return found;
    }
    const detail::NpsSpread raw = detail::spread(counts);
    const detail::NpsSpread adjusted = detail::spread(counts, kAdjusted);
    found.value = 100 * raw.mean;
    found.variance = raw.variance;
    found.se = 100 * raw.se();
    found.wald = detail::wald_points(raw, *z);
    found.adjusted_centre = 100 * adjusted.mean;
    found.adjusted = detail::wald_points(adjusted, *z);
    found.score = detail::score_points(counts, *z);
    return found;
}

/// A Wald interval after adding pseudo-answers of one's own choice; nothing when there is no answer.
inline Result<std::optional<Interval>> nps_pseudo_wald(const NpsCounts& counts, const Pseudo& pseudo,
                                                       double confidence = kConfidence) {
    if (const Done valid = check_counts(counts); !valid) return valid.error();
    for (const double added : {pseudo.detractors, pseudo.passives, pseudo.promoters})
        if (const Done valid = check_amount("pseudo-answers", added); !valid) return valid.error();
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    if (counts.n() == 0) return std::optional<Interval>();
    return std::optional(detail::wald_points(detail::spread(counts, pseudo), *z));
}

}  // namespace candour::stats
#endif
