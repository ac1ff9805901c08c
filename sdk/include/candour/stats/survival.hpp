/// How long until it is done, counting those for whom it is not done yet: the Kaplan–Meier curve of whole
/// days.
#ifndef CANDOUR_STATS_SURVIVAL_HPP
#define CANDOUR_STATS_SURVIVAL_HPP
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "candour/stats/normal.hpp"

namespace candour::stats {

/// What ended on one day of age: done (events), or left open there (censored).
struct DayCounts {
    std::int64_t events = 0;
    std::int64_t censored = 0;
    friend constexpr bool operator==(const DayCounts&, const DayCounts&) = default;
};

/// The whole state of the curve; histograms of parts add to that of the whole.
class LifeTable {
 public:
    using Days = std::map<int, DayCounts>;

    /// Errors: invalid when the age or a count is negative.
    Done add(int age_days, const DayCounts& counts) {
        if (age_days < 0) return out_of_range("age in days", "at least 0", age_days);
        if (const Done valid = check_count("events", counts.events); !valid) return valid;
        if (const Done valid = check_count("censored", counts.censored); !valid) return valid;
        if (counts == DayCounts{}) return done();
        DayCounts& day = days_[age_days];
        day.events += counts.events;
        day.censored += counts.censored;
        n_ += counts.events + counts.censored;
        return done();
    }
    Done event(int age_days, std::int64_t times = 1) { return add(age_days, {times, 0}); }
    Done censored(int age_days, std::int64_t times = 1) { return add(age_days, {0, times}); }
    LifeTable& operator+=(const LifeTable& other) {
        for (const auto& [age, counts] : other.days_) {
            days_[age].events += counts.events;
            days_[age].censored += counts.censored;
        }
        n_ += other.n_;
        return *this;
    }
    const Days& days() const { return days_; }
    std::int64_t n() const { return n_; }

 private:
    Days days_;
    std::int64_t n_ = 0;
};

/// The curve at one age at which something ended. Events come before censorings of the same day.
struct SurvivalStep {
    int age = 0;
    std::int64_t at_risk = 0;
    std::int64_t events = 0;
    double survival = 1;             ///< share still open after this day
    double greenwood = 0;            ///< sum of d / (n (n - d)); infinite where the curve reaches 0
    std::optional<Interval> loglog;  ///< absent where the curve is 0 or 1
    double margin = 0;               ///< plain half-width z S sqrt(greenwood); 0 where the curve is 0
};

struct QuantileInterval {
    std::optional<int> low;
    std::optional<int> high;
    friend bool operator==(const QuantileInterval&, const QuantileInterval&) = default;
};

/// An age in days, or the reason that there is none.
struct SurvivalQuantile {
    std::optional<int> age;
    QuantileInterval interval;     ///< by inverting the log–log band
    std::optional<Reason> reason;  ///< no_data, or not_reached: say "> last follow-up"
};

class SurvivalCurve {
 public:
    explicit SurvivalCurve(std::vector<SurvivalStep> steps) : steps_(std::move(steps)) {}

    const std::vector<SurvivalStep>& steps() const { return steps_; }
    std::optional<int> last_follow_up() const {
        if (steps_.empty()) return std::nullopt;
        return steps_.back().age;
    }
    /// Share still open at an age. Beyond the last follow-up it is the last one known: compare
    /// `last_follow_up`.
    std::optional<double> at(int age) const {
        if (steps_.empty()) return std::nullopt;
        double survival = 1;
        for (const SurvivalStep& step : steps_) {
            if (step.age > age) break;
            survival = step.survival;
        }
        return survival;
    }
    /// Share done by an age.
    std::optional<double> done_by(int age) const {
        const std::optional<double> open = at(age);
        if (!open) return std::nullopt;
        return 1 - *open;
    }

 private:
    std::vector<SurvivalStep> steps_;
};

namespace detail {

inline void add_band(SurvivalStep& step, double z) {
    if (step.survival <= 0) return;
    step.margin = z * step.survival * std::sqrt(step.greenwood);
    if (step.survival >= 1) return;
    const double log_survival = std::log(step.survival);
    const double reach = z * std::sqrt(step.greenwood) / std::abs(log_survival);
    step.loglog =
        Interval{std::exp(log_survival * std::exp(reach)), std::exp(log_survival * std::exp(-reach))};
}

/// The first age at which `curve` of a step has fallen to `level`.
template <class Curve>
std::optional<int> first_at_most(std::span<const SurvivalStep> steps, double level, Curve curve) {
    for (const SurvivalStep& step : steps) {
        const std::optional<double> value = curve(step);
        if (value && stays_within(*value, level)) return step.age;
    }
    return std::nullopt;
}

}  // namespace detail

/// The Kaplan–Meier curve with Greenwood's variance and the log–log band.
///
/// Shape:  ages in whole days since the item was raised; open and withdrawn items are censored.
/// Empty:  a curve without steps, on which everything is absent.
/// Errors: invalid confidence.
/// Source: E. L. Kaplan, P. Meier, JASA 53, 1958; band: J. D. Kalbfleisch, R. L. Prentice, 1980.
inline Result<SurvivalCurve> kaplan_meier(const LifeTable& table, double confidence = kConfidence) {
    const Result<double> z = z_of(confidence);
    if (!z) return z.error();
    std::vector<SurvivalStep> steps;
    std::int64_t at_risk = table.n();
    double survival = 1, greenwood = 0;
    for (const auto& [age, counts] : table.days()) {
        const double n = static_cast<double>(at_risk), d = static_cast<double>(counts.events);
        const double rest = static_cast<double>(at_risk - counts.events);
        survival *= rest / n;
        greenwood += d == 0 ? 0 : rest == 0 ? std::numeric_limits<double>::infinity() : d / (n * rest);
        SurvivalStep step{age, at_risk, counts.events, survival, greenwood, {}, 0};
        detail::add_band(step, *z);
        steps.push_back(step);
        at_risk -= counts.events + counts.censored;
    }
    return SurvivalCurve(std::move(steps));
}

/// The smallest age by which a share `q` is done (0.5: the median), when the curve falls that far.
///
/// Errors: invalid unless 0 < q < 1.
inline Result<SurvivalQuantile> survival_quantile(const SurvivalCurve& curve, double q) {
    if (!(q > 0 && q < 1)) return out_of_range("quantile", "more than 0 and less than 1", q);
    if (curve.steps().empty()) return SurvivalQuantile{{}, {}, Reason::no_data};
    const double level = 1 - q;
    const auto survival = [](const SurvivalStep& step) { return std::optional(step.survival); };
    const auto low = [](const SurvivalStep& step) {
        return step.loglog ? std::optional(step.loglog->low) : std::nullopt;
    };
    const auto high = [](const SurvivalStep& step) {
        return step.loglog ? std::optional(step.loglog->high) : std::nullopt;
    };
    SurvivalQuantile found;
    found.age = detail::first_at_most(curve.steps(), level, survival);
    found.interval = {detail::first_at_most(curve.steps(), level, low),
                      detail::first_at_most(curve.steps(), level, high)};
    if (!found.age) found.reason = Reason::not_reached;
    return found;
}

}  // namespace candour::stats
#endif
