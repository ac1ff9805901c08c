#include <boost/json.hpp>

#include <cmath>

#include "candour/stats/moments.hpp"
#include "candour/stats/multinomial.hpp"
#include "candour/stats/nps_population.hpp"
#include "candour/stats/nps_waves.hpp"
#include "population.hpp"

namespace candour::relationship_nps {

namespace json = boost::json;

namespace {

json::value number(const std::optional<double>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::value interval_document(const std::optional<stats::Interval>& interval, std::string_view method) {
    if (!interval) return nullptr;
    return json::object{{"low", interval->low},
                        {"high", interval->high},
                        {"method", std::string(method)},
                        {"confidence", stats::kConfidence}};
}

json::object counts_document(const stats::NpsCounts& counts) {
    return {{"detractors", counts.detractors},
            {"passives", counts.passives},
            {"promoters", counts.promoters},
            {"n", counts.n()}};
}

/// What stands at the top, and how it was made.
struct Headline {
    std::optional<double> value;
    std::optional<stats::Interval> interval;
    std::string_view method;
    std::string_view name;
};

Headline headline_of_counts(const stats::NpsFigure& figure, std::string_view name) {
    return {figure.value, figure.headline(), figure.small_n() ? "score" : "adjusted_wald", name};
}

/// One account, one voice. With a single account that answered, or accounts that all score alike, their
/// spread says nothing: the answers' own interval does.
Result<Headline> account_mean(const Population& all, const stats::NpsFigure& pooled) {
    stats::Moments means;
    for (const Account& account : all.accounts)
        if (account.now.n() > 0)
            means.add(100 * static_cast<double>(account.now.balance()) /
                      static_cast<double>(account.now.n()));
    const Result<std::optional<double>> reach = stats::t_reach(means);
    if (!reach) return reach.error();
    Headline headline = headline_of_counts(pooled, "account_mean");
    headline.value = means.mean;
    if (*reach && **reach > 0) {
        headline.interval = stats::truncated({means.mean - **reach, means.mean + **reach}, -100, 100);
        headline.method = "t_of_accounts";
    }
    return headline;
}

/// Decision-makers are few: each level that answered has one voice. The levels' adjusted intervals are
/// combined.
Result<Headline> level_balanced(const Population& all, const stats::NpsFigure& pooled,
                                const stats::LevelBalanced& balanced) {
    if (balanced.covered.size() < 2)
        return headline_of_counts(pooled, all.one_level ? "level" : "level_balanced");
    double centre = 0, variance = 0;
    const double levels = balanced.covered.size();
    for (const stats::Level level : balanced.covered.list()) {
        const Result<stats::NpsFigure> own = stats::nps(all.levels[level]);
        if (!own) return own.error();
        const double reach = (own->adjusted->high - own->adjusted->low) / 2;
        centre += *own->adjusted_centre / levels;
        variance += reach * reach / (levels * levels);
    }
    const double reach = std::sqrt(variance);
    stats::Interval interval = stats::truncated({centre - reach, centre + reach}, -100, 100);
    interval = {std::min(interval.low, *balanced.value), std::max(interval.high, *balanced.value)};
    return Headline{balanced.value, interval, "adjusted_wald_by_level", "level_balanced"};
}

json::object pooled_document(const Population& all, const stats::NpsFigure& pooled,
                             const stats::ClusteredNps& clustered) {
    return {{"value", number(pooled.value)},
            {"interval", interval_document(pooled.headline(), pooled.small_n() ? "score" : "adjusted_wald")},
            {"se", number(pooled.se)},
            {"se_clustered", number(clustered.se)},
            {"design_effect", number(clustered.design_effect)},
            {"design_effect_is_firm", all.accounts.size() >= 10}};
}

json::object mean_document(const stats::MeanNps& mean) {
    return {{"value", number(mean.value)}, {"se", number(mean.se)}, {"accounts", mean.accounts}};
}

json::object balanced_document(const stats::LevelBalanced& balanced) {
    json::array missing;
    for (const stats::Level level : balanced.covered.missing())
        missing.emplace_back(std::string(stats::to_text(level)));
    return {{"value", number(balanced.value)}, {"missing_levels", std::move(missing)}};
}

Result<json::object> shares_document(const stats::NpsCounts& counts) {
    const std::int64_t cells[] = {counts.detractors, counts.passives, counts.promoters};
    const Result<std::vector<stats::Interval>> intervals = stats::goodman(cells);
    if (!intervals) return intervals.error();
    json::object document{{"method", "goodman"}, {"confidence", stats::kConfidence}};
    constexpr std::string_view names[] = {"detractors", "passives", "promoters"};
    for (std::size_t i = 0; i < intervals->size(); ++i)
        document[names[i]] =
            json::object{{"count", cells[i]},
                         {"share", static_cast<double>(cells[i]) / static_cast<double>(counts.n())},
                         {"low", (*intervals)[i].low},
                         {"high", (*intervals)[i].high}};
    return document;
}

Result<json::object> strata_document(const Population& all) {
    stats::ByLevel<stats::Stratum> strata;
    json::object by_level;
    for (const stats::Level level : stats::kLevels) {
        strata[level] = {std::max(all.eligible[level], all.levels[level].n()), all.levels[level]};
        by_level[stats::to_text(level)] = counts_document(all.levels[level]);
        by_level[stats::to_text(level)].get_object()["eligible"] = all.eligible[level];
    }
    const Result<stats::PopulationNps> weighted = stats::nps_poststratified(strata);
    if (!weighted) return weighted.error();
    return json::object{{"value", number(weighted->value)},
                        {"se", number(weighted->se_process)},
                        {"se_these_people", number(weighted->se_people)},
                        {"unweighted", number(weighted->unweighted)},
                        {"coverage", number(weighted->coverage)},
                        {"levels", std::move(by_level)}};
}

Result<json::object> silence_document(const Population& all) {
    const Result<stats::NonResponse> silence =
        stats::nps_nonresponse(all.now, std::max(all.eligible_in_all, all.now.n()));
    if (!silence) return silence.error();
    return json::object{{"answered_share", number(silence->response_rate)},
                        {"bounds", interval_document(silence->bounds, "worst_case")}};
}

/// Answers of one account go together: the error of a test on pooled answers grows with the design effect.
double widening(const Population& all, stats::NpsCounts Account::*wave) {
    stats::ClusterSums sums;
    for (const Account& account : all.accounts) sums.add(account.*wave);
    const Result<stats::ClusteredNps> clustered = stats::nps_clustered(sums);
    return clustered ? std::max(1.0, clustered->design_effect.value_or(1)) : 1;
}

/// This quarter's answers against those of the quarter before: two sets that share none. By level it is not
/// told, since who changes level takes earlier answers along.
Result<json::value> change_document(const Population& all) {
    if (all.one_level) return json::value(nullptr);
    json::object document{{"this_quarter", counts_document(all.quarter)},
                          {"quarter_before", counts_document(all.before)}};
    const Result<stats::TwoWaves> waves = stats::nps_two_waves(all.before, all.quarter);
    if (!waves) return waves.error();
    document["testable"] = waves->testable;
    document["delta"] = nullptr;
    if (waves->wald) document["delta"] = waves->wald->delta;
    if (!waves->testable || !waves->adjusted) return json::value(std::move(document));
    const double effect =
        all.one_account ? 1 : std::max(widening(all, &Account::quarter), widening(all, &Account::before));
    const double se = waves->adjusted->se * std::sqrt(effect), delta = waves->adjusted->delta;
    const Result<double> z = stats::z_of(stats::kConfidence);
    if (!z) return z.error();
    document["interval"] =
        interval_document(stats::truncated({delta - *z * se, delta + *z * se}, -200, 200), "adjusted_wald");
    if (se > 0) document["p"] = stats::two_sided_p(delta / se);
    return json::value(std::move(document));
}

json::object no_figure(const Population& all) {
    return {{"value", nullptr},
            {"n", 0},
            {"n_eligible", all.eligible_in_all},
            {"coverage", all.eligible_in_all > 0 ? json::value(0.0) : json::value(nullptr)},
            {"reason", "no_data"}};
}

Result<json::object> parts_of(const Population& all, const stats::NpsFigure& pooled,
                              const stats::LevelBalanced& balanced) {
    const Result<stats::ClusteredNps> clustered = stats::nps_clustered(all.clusters());
    if (!clustered) return clustered.error();
    const Result<stats::MeanNps> mean = stats::nps_account_mean(all.scores());
    if (!mean) return mean.error();
    std::vector<stats::RevenueAccount> revenue;
    for (const Account& account : all.accounts) revenue.push_back({account.now, account.revenue});
    const Result<stats::MeanNps> by_revenue = stats::nps_revenue_weighted(revenue);
    if (!by_revenue) return by_revenue.error();
    const Result<json::object> shares = shares_document(all.now);
    if (!shares) return shares.error();
    const Result<json::object> strata = strata_document(all);
    if (!strata) return strata.error();
    const Result<json::object> silence = silence_document(all);
    if (!silence) return silence.error();
    const Result<json::value> change = change_document(all);
    if (!change) return change.error();
    const Result<stats::ZeroTest> zero = stats::nps_against_zero(all.now);
    if (!zero) return zero.error();
    json::object weighted = mean_document(*by_revenue);
    weighted["revenue_coverage"] = number(by_revenue->coverage);
    return json::object{
        {"pooled", pooled_document(all, pooled, *clustered)},
        {"account_mean", mean_document(*mean)},
        {"revenue_weighted", std::move(weighted)},
        {"level_balanced", balanced_document(balanced)},
        {"post_stratified", *strata},
        {"shares", *shares},
        {"non_response", *silence},
        {"against_zero", json::object{{"z", number(zero->z)}, {"p", number(zero->p)}}},
        {"change", *change},
        {"answers", json::object{{"human", all.humans}, {"unverified", all.now.n() - all.humans}}}};
}

}  // namespace

Result<std::string> Metric::finalize(std::string_view, const sdk::Groups& groups,
                                     std::string_view request_json) const {
    const Result<Population> all = Population::read(groups, request_json);
    if (!all) return all.error();
    const Result<stats::NpsFigure> pooled = stats::nps(all->now);
    if (!pooled) return pooled.error();
    if (!pooled->value) return json::serialize(no_figure(*all));
    const Result<stats::LevelBalanced> balanced = stats::nps_level_balanced(all->levels);
    if (!balanced) return balanced.error();
    const Result<Headline> headline =
        all->one_account ? level_balanced(*all, *pooled, *balanced) : account_mean(*all, *pooled);
    if (!headline) return headline.error();
    Result<json::object> parts = parts_of(*all, *pooled, *balanced);
    if (!parts) return parts.error();
    const std::int64_t eligible = std::max(all->eligible_in_all, pooled->n);
    json::array badges;
    if (pooled->small_n()) badges.emplace_back("small n");
    const json::object figure{{"value", number(headline->value)},
                              {"interval", interval_document(headline->interval, headline->method)},
                              {"n", pooled->n},
                              {"n_eligible", eligible},
                              {"coverage", static_cast<double>(pooled->n) / static_cast<double>(eligible)},
                              {"reason", nullptr},
                              {"headline", std::string(headline->name)},
                              {"badges", std::move(badges)},
                              {"parts", std::move(*parts)}};
    return json::serialize(figure);
}

}  // namespace candour::relationship_nps
