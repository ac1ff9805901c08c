#include "buckets.hpp"
#include "figures.hpp"

// After Boost.JSON, which the header above includes.
#include "candour/stats/survival.hpp"

namespace candour::loop_health {
namespace {

/// By then somebody looks.
constexpr std::array kLooks{30, 60, 90};

struct Ages {
    stats::LifeTable table;
    std::int64_t reached = 0, left = 0, waiting = 0;
};

/// Adds the counters of one kind. What is negative or not yet raised is an error of whoever counted.
template <class Add>
Result<std::int64_t> add_kind(const sdk::Tallies& tallies, std::int64_t kind, Add add) {
    std::int64_t sum = 0;
    for (const sdk::Tallies::Count& one : tallies.between(0, bucket(kind, 0), bucket(kind + 1, 0))) {
        if (Done added = add(one.bucket - bucket(kind, 0), one.count); !added) return added.error();
        sum += one.count;
    }
    return sum;
}

Result<Ages> ages_of(std::int64_t stage, const sdk::Tallies& tallies, std::int64_t as_of) {
    Ages ages;
    const Result<std::int64_t> reached =
        add_kind(tallies, kReached + stage, [&ages](std::int64_t age, std::int64_t count) {
            return ages.table.event(static_cast<int>(age), count);
        });
    const Result<std::int64_t> left =
        add_kind(tallies, kLeft + stage, [&ages](std::int64_t age, std::int64_t count) {
            return ages.table.censored(static_cast<int>(age), count);
        });
    const Result<std::int64_t> waiting =
        add_kind(tallies, kWaiting + stage, [&ages, as_of](std::int64_t raised, std::int64_t count) {
            return ages.table.censored(static_cast<int>(as_of - raised), count);
        });
    for (const Result<std::int64_t>* part : {&reached, &left, &waiting})
        if (!*part) return part->error();
    ages.reached = *reached;
    ages.left = *left;
    ages.waiting = *waiting;
    return ages;
}

json::value age_of(const std::optional<int>& age) {
    return age ? json::value(*age) : json::value(nullptr);
}

json::object quantile_document(const stats::SurvivalQuantile& quantile) {
    return {{"days", age_of(quantile.age)},
            {"low", age_of(quantile.interval.low)},
            {"high", age_of(quantile.interval.high)}};
}

/// The share that has come to the stage by an age. Beyond the last follow-up nobody knows.
json::value done_by(const stats::SurvivalCurve& curve, int age) {
    if (curve.steps().empty() || *curve.last_follow_up() < age) return nullptr;
    double share = 0;
    std::optional<stats::Interval> open;
    for (const stats::SurvivalStep& step : curve.steps()) {
        if (step.age > age) break;
        share = 1 - step.survival;
        open = step.loglog;
    }
    std::optional<stats::Interval> band;
    if (open) band = stats::Interval{1 - open->high, 1 - open->low};
    return json::object{{"share", share}, {"interval", interval_document(band, "log_log")}};
}

json::object parts_of(const Ages& ages, const stats::SurvivalCurve& curve,
                      const stats::SurvivalQuantile& median, const stats::SurvivalQuantile& slow) {
    json::object parts{{"reached", ages.reached},        {"waiting", ages.waiting},
                       {"left_early", ages.left},        {"median", quantile_document(median)},
                       {"p90", quantile_document(slow)}, {"last_follow_up", age_of(curve.last_follow_up())}};
    for (const int look : kLooks) parts["by_day_" + std::to_string(look)] = done_by(curve, look);
    return parts;
}

}  // namespace

Result<json::object> time_figure(std::int64_t stage, const sdk::Tallies& tallies, std::int64_t as_of) {
    const Result<Ages> ages = ages_of(stage, tallies, as_of);
    if (!ages) return ages.error();
    if (ages->table.n() == 0) return nothing("no_data", 0);
    const Result<stats::SurvivalCurve> curve = stats::kaplan_meier(ages->table);
    if (!curve) return curve.error();
    const Result<stats::SurvivalQuantile> median = stats::survival_quantile(*curve, 0.5);
    if (!median) return median.error();
    const Result<stats::SurvivalQuantile> slow = stats::survival_quantile(*curve, 0.9);
    if (!slow) return slow.error();
    json::object figure = nothing("not_reached", ages->table.n());
    json::array badges;
    if (ages->table.n() < stats::kSmallN) badges.emplace_back("small n");
    if (median->age) {
        figure["value"] = *median->age;
        figure["headline"] = "median";
        figure["reason"] = nullptr;
    } else {
        badges.emplace_back("> " + std::to_string(*curve->last_follow_up()) + " days");
    }
    if (median->age && median->interval.low && median->interval.high) {
        const stats::Interval interval{static_cast<double>(*median->interval.low),
                                       static_cast<double>(*median->interval.high)};
        figure["interval"] = interval_document(interval, "log_log");
    }
    figure["badges"] = std::move(badges);
    figure["parts"] = parts_of(*ages, *curve, *median, *slow);
    return figure;
}

}  // namespace candour::loop_health
