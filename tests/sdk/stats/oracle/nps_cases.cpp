#include "candour/stats/multinomial.hpp"
#include "candour/stats/nps_accounts.hpp"
#include "candour/stats/nps_population.hpp"
#include "candour/stats/nps_waves.hpp"
#include "candour/stats/rolling.hpp"
#include "sdk/stats/oracle/cases.hpp"
#include "sdk/stats/oracle/reading.hpp"
#include "zone/civil.hpp"

namespace candour::oracle {
namespace {

using stats::NpsCounts;

NpsCounts counts(const json::object& in) {
    return {integer(in, "detractors"), integer(in, "passives"), integer(in, "promoters")};
}

/// -1, 0, 1.
NpsCounts sign(const json::value& value) {
    const auto s = value.to_number<std::int64_t>();
    if (s < -1 || s > 1) throw std::invalid_argument("expected -1, 0 or 1, found " + std::to_string(s));
    return {s<0, s == 0, s> 0};
}

NpsCounts signs(const json::value& values) {
    NpsCounts found;
    for (const json::value& one : values.as_array()) found += sign(one);
    return found;
}

/// Three lists of scores, or the highest detractor and the highest passive.
stats::NpsScale scale(const json::object& in) {
    const json::array& breaks = list(in, "breaks");
    if (breaks.empty()) return {};
    if (breaks.size() == 2) return {0, breaks.at(0).to_number<int>(), breaks.at(1).to_number<int>(), 10};
    const auto bound = [&](std::size_t at, bool highest) {
        const std::vector<double> scores = numbers(breaks.at(at));
        return static_cast<int>(highest ? std::ranges::max(scores) : std::ranges::min(scores));
    };
    return {bound(0, false), bound(0, true), bound(1, true), bound(2, true)};
}

json::object from_scores(const json::object& in) {
    std::vector<std::optional<double>> scores;
    for (const json::value& one : in.at("scores").as_array())
        scores.push_back(one.is_number() ? std::optional(number(one)) : std::nullopt);
    const stats::NpsTally tally = take(stats::tally(scores, scale(in)));
    const stats::NpsFigure figure = take(stats::nps(tally.counts));
    const auto percent = [&](std::int64_t count) -> json::value {
        if (figure.n == 0) return nullptr;
        return 100 * static_cast<double>(count) / static_cast<double>(figure.n);
    };
    return {{"n", figure.n},
            {"nps", json_of(figure.value)},
            {"var", json_of(figure.variance)},
            {"se", json_of(figure.se)},
            {"rejected", tally.rejected},
            {"detractors", tally.counts.detractors},
            {"passives", tally.counts.passives},
            {"promoters", tally.counts.promoters},
            {"detractor_pct", percent(tally.counts.detractors)},
            {"promoter_pct", percent(tally.counts.promoters)},
            {"reason", json_of(figure.reason)}};
}

json::object interval(const json::object& in) {
    const stats::NpsFigure figure = take(stats::nps(counts(in), confidence(in)));
    return {{"n", figure.n},
            {"nps", json_of(figure.value)},
            {"var", json_of(figure.variance)},
            {"se", json_of(figure.se)},
            {"wald", json_of(figure.wald)},
            {"aw_center", json_of(figure.adjusted_centre)},
            {"aw", json_of(figure.adjusted)},
            {"score", json_of(figure.score)},
            {"reason", json_of(figure.reason)}};
}

json::object pseudo_wald(const json::object& in) {
    const std::vector<double> pseudo = numbers(in.at("pseudo"));
    return {{"ci", json_of(take(stats::nps_pseudo_wald(counts(in), {pseudo.at(0), pseudo.at(1), pseudo.at(2)},
                                                       confidence(in))))}};
}

json::object against_zero(const json::object& in) {
    const stats::ZeroTest test = take(stats::nps_against_zero(counts(in)));
    return {{"z", json_of(test.z)}, {"p", json_of(test.p)}, {"reason", json_of(test.reason)}};
}

json::object bootstrap(const json::object& in) {
    return {{"ci", json_of(take(stats::nps_exact_bootstrap(counts(in), confidence(in))))}};
}

json::object goodman(const json::object& in) {
    const auto given = json::value_to<std::vector<std::int64_t>>(in.at("counts"));
    json::array all, first;
    for (const stats::Interval& one : take(stats::goodman(given, confidence(in)))) {
        all.push_back(json_of(one));
        if (first.size() < 3) first.push_back(json_of(one));
    }
    return {{"ci", std::move(all)}, {"ci3", std::move(first)}};
}

/// Three counts, in the order that the case names; "D,N,P" unless it names one.
NpsCounts wave(const json::object& in, std::string_view name) {
    const std::string order = text_or(in, "order", "D,N,P");
    const json::array& given = in.at(name).as_array();
    const auto at = [&](char kind) { return given.at(order.find(kind) / 2).to_number<std::int64_t>(); };
    return {at('D'), at('N'), at('P')};
}

json::value test_of(const std::optional<stats::WaveTest>& test) {
    if (!test) return nullptr;
    return json::object{{"delta", test->delta},
                        {"se", test->se},
                        {"z", json_of(test->z)},
                        {"p", json_of(test->p)},
                        {"ci", json_of(test->interval)}};
}

json::object two_waves(const json::object& in) {
    const stats::TwoWaves both =
        take(stats::nps_two_waves(wave(in, "wave1"), wave(in, "wave2"), confidence(in)));
    return {{"wald", test_of(both.wald)}, {"aw", test_of(both.adjusted)}, {"reason", json_of(both.reason)}};
}

json::object two_waves_wald(const json::object& in) {
    const stats::TwoWaves both =
        take(stats::nps_two_waves(wave(in, "wave1"), wave(in, "wave2"), confidence(in)));
    return {{"ci", both.wald ? json_of(both.wald->interval) : json::value()},
            {"reason", json_of(both.reason)}};
}

json::object two_waves_paired(const json::object& in) {
    const auto first = json::value_to<std::vector<int>>(in.at("wave1"));
    const auto second = json::value_to<std::vector<int>>(in.at("wave2"));
    if (first.size() != second.size()) throw std::invalid_argument("expected two waves of the same length");
    std::vector<stats::PairedAnswer> pairs;
    for (std::size_t at = 0; at < first.size(); ++at) pairs.push_back({first[at], second[at]});
    const json::value test = test_of(take(stats::nps_paired(pairs)));
    return test.is_null() ? json::object{{"delta", nullptr}, {"se", nullptr}, {"reason", "no_data"}}
                          : test.as_object();
}

json::object two_waves_overlap(const json::object& in) {
    const auto answers_of = [&](std::string_view name) {
        stats::Wave found;
        for (const auto& [contact, answer] : in.at(name).as_object())
            found[std::string(contact)] = answer.to_number<int>();
        return found;
    };
    const stats::OverlapTest found = take(stats::nps_overlapping(answers_of("wave1"), answers_of("wave2")));
    json::object out{{"n_overlap", found.n_overlap},
                     {"delta", nullptr},
                     {"se", nullptr},
                     {"reason", json_of(found.reason)}};
    if (found.test) {
        out["delta"] = found.test->delta;
        out["se"] = found.test->se;
    }
    return out;
}

json::object min_n(const json::object& in) {
    return {
        {"n", take(stats::nps_min_n(number(in, "margin_points"), number(in, "variance"), confidence(in)))}};
}

json::object min_n_two_waves(const json::object& in) {
    return {{"n_per_wave", take(stats::nps_min_n_two_waves({number(in, "difference_points"),
                                                            number(in, "variance1"), number(in, "variance2"),
                                                            confidence(in), number(in, "power")}))}};
}

json::object margins(const json::object& in) {
    json::array found;
    for (const json::value& n : in.at("n").as_array())
        found.emplace_back(
            take(stats::nps_margin(n.to_number<std::int64_t>(), number(in, "variance"), confidence(in))));
    return {{"moe_points", std::move(found)}};
}

using ByAccount = std::map<std::string, NpsCounts>;

ByAccount by_account(const json::object& in) {
    ByAccount found;
    for (const json::value& row : in.at("rows").as_array())
        found[text(row.at("account"))] += sign(row.at("s"));
    return found;
}

json::object clustered(const json::object& in) {
    stats::ClusterSums sums;
    for (const auto& [account, own] : by_account(in)) sums.add(own);
    const stats::ClusteredNps found = take(stats::nps_clustered(sums));
    return {{"nps", json_of(found.value)},
            {"se", json_of(found.se)},
            {"se_srs", json_of(found.se_independent)},
            {"deff", json_of(found.design_effect)},
            {"sums", json::object{{"sum_S2", sums.balance_squared},
                                  {"sum_Sn", sums.balance_times_n},
                                  {"sum_n2", sums.n_squared}}},
            {"reason", json_of(found.reason)}};
}

json::object account_mean(const json::object& in) {
    std::vector<NpsCounts> accounts;
    json::object each;
    for (const auto& [account, own] : by_account(in)) {
        accounts.push_back(own);
        each[account] = json_of(take(stats::nps(own)).value);
    }
    const stats::MeanNps found = take(stats::nps_account_mean(accounts));
    return {{"accounts", found.accounts},
            {"nps", json_of(found.value)},
            {"se", json_of(found.se)},
            {"by_account", std::move(each)},
            {"reason", json_of(found.reason)}};
}

json::object revenue_weighted(const json::object& in) {
    std::map<std::string, stats::RevenueAccount> accounts;
    for (const auto& [account, own] : by_account(in)) accounts[account].counts = own;
    for (const auto& [account, revenue] : in.at("revenue").as_object())
        accounts[account].revenue = revenue.is_number() ? number(revenue) : 0;
    std::vector<stats::RevenueAccount> rows;
    for (const auto& [account, row] : accounts) rows.push_back(row);
    const stats::MeanNps found = take(stats::nps_revenue_weighted(rows));
    return {{"nps", json_of(found.value)},
            {"se", json_of(found.se)},
            {"revenue_coverage", json_of(found.coverage)},
            {"reason", json_of(found.reason)}};
}

json::object revenue_coverage(const json::object& in) {
    std::map<std::string, stats::RevenueAccount> accounts;
    for (const auto& [account, revenue] : in.at("revenue").as_object())
        accounts[account].revenue = revenue.is_number() ? number(revenue) : 0;
    for (const std::string& account : texts(in.at("responded"))) accounts[account].counts = {0, 1, 0};
    std::vector<stats::RevenueAccount> rows;
    for (const auto& [account, row] : accounts) rows.push_back(row);
    const stats::RevenueCoverage found = stats::revenue_coverage(rows);
    return {{"coverage", json_of(found.revenue)},
            {"account_coverage", json_of(found.accounts)},
            {"reason", json_of(found.reason)}};
}

json::object level_balanced(const json::object& in) {
    stats::ByLevel<NpsCounts> levels;
    for (const json::value& row : in.at("rows").as_array())
        levels[level(row.at("level").as_string())] += sign(row.at("s"));
    const stats::LevelBalanced found = take(stats::nps_level_balanced(levels));
    return {{"nps", json_of(found.value)},
            {"pooled", json_of(found.pooled)},
            {"levels_covered", found.covered.size()},
            {"missing_levels", array_of(found.covered.missing())},
            {"reason", json_of(found.reason)}};
}

json::object poststratified(const json::object& in) {
    stats::ByLevel<stats::Stratum> strata;
    for (const json::value& one : in.at("strata").as_array())
        strata[level(one.at("level").as_string())] = {integer(one.as_object(), "population"),
                                                      signs(one.at("s"))};
    const stats::PopulationNps found = take(stats::nps_poststratified(strata));
    return {{"nps", json_of(found.value)},
            {"se_fpc", json_of(found.se_people)},
            {"se_superpop", json_of(found.se_process)},
            {"unweighted_nps", json_of(found.unweighted)},
            {"coverage", json_of(found.coverage)},
            {"reason", json_of(found.reason)}};
}

json::object of_population(const json::object& in) {
    const stats::PopulationNps found =
        take(stats::nps_of_population(signs(in.at("s")), integer(in, "population")));
    return {{"nps", json_of(found.value)},
            {"se_fpc", json_of(found.se_people)},
            {"reason", json_of(found.reason)}};
}

json::object nonresponse(const json::object& in) {
    const stats::NonResponse found = take(stats::nps_nonresponse(counts(in), integer(in, "invited")));
    return {{"nps", json_of(found.value)},
            {"response_rate", json_of(found.response_rate)},
            {"bounds", json_of(found.bounds)},
            {"reason", json_of(found.reason)}};
}

Day civil_day(Instant at, const std::string& zone) {
    return Day(take(zone::civil_date(at, zone)));
}

/// Relationship answers that name their contact; transactional and anonymous ones have no place in a rolling
/// state.
std::vector<stats::Answer> answers(const json::object& in) {
    const std::string zone = text_or(in, "timezone", "UTC");
    std::vector<stats::Answer> found;
    for (const json::value& value : in.at("responses").as_array()) {
        const json::object& one = value.as_object();
        if (text_or(one, "kind", "relationship") != "relationship") continue;
        if (given(one, "contact") == nullptr || given(one, "account") == nullptr) continue;
        const Instant at = instant(text(one, "at"));
        found.push_back({text(one, "id"), text(one, "contact"), text(one, "account"), at, civil_day(at, zone),
                         static_cast<int>(integer(one, "score"))});
    }
    return found;
}

int window_days(const json::object& in) {
    return static_cast<int>(number_or(in, "window_days", 365));
}

json::object latest_per_contact(const json::object& in) {
    const std::vector<stats::Answer> latest =
        take(stats::latest_answers(answers(in), {day(in.at("as_of")), window_days(in)}));
    json::array counted;
    for (const stats::Answer& one : latest)
        counted.push_back(json::array{json::string(one.contact), json::string(one.account), one.score});
    const stats::NpsFigure figure = take(stats::nps(take(stats::counts_of(latest))));
    return {{"counted", std::move(counted)},
            {"n", figure.n},
            {"nps", json_of(figure.value)},
            {"reason", json_of(figure.reason)}};
}

json::object delta_stream(const json::object& in) {
    json::array deltas;
    for (const auto& [date, change] : take(stats::delta_stream(answers(in), window_days(in))))
        deltas.push_back(
            json::array{json::string(text_of(date)), change.detractors, change.passives, change.promoters});
    return {{"deltas", std::move(deltas)}};
}

json::object fiscal_quarter(const json::object& in) {
    const Day local = civil_day(instant(text(in, "instant")), text(in, "timezone"));
    const int first_month = static_cast<int>(number_or(in, "fiscal_start_month", 1));
    const stats::FiscalQuarter quarter =
        take(stats::fiscal_quarter(std::chrono::year_month_day(local), first_month));
    return {{"local_date", text_of(local)}, {"quarter", to_text(quarter)}};
}

}  // namespace

void add_nps(Functions& functions) {
    functions.merge(Functions{
        {"nps_from_scores", from_scores},
        {"nps_from_counts", interval},
        {"nps_interval", interval},
        {"nps_score_interval", interval},
        {"nps_pseudo_wald", pseudo_wald},
        {"nps_test_zero_score", against_zero},
        {"nps_exact_bootstrap", bootstrap},
        {"goodman_intervals", goodman},
        {"nps_two_wave", two_waves},
        {"nps_two_wave_wald", two_waves_wald},
        {"nps_two_wave_paired", two_waves_paired},
        {"nps_two_wave_overlap", two_waves_overlap},
        {"nps_min_n", min_n},
        {"nps_min_n_two_wave", min_n_two_waves},
        {"nps_moe_table", margins},
        {"nps_clustered", clustered},
        {"nps_account_mean", account_mean},
        {"nps_revenue_weighted", revenue_weighted},
        {"revenue_coverage", revenue_coverage},
        {"nps_level_balanced", level_balanced},
        {"nps_poststratified", poststratified},
        {"nps_fpc", of_population},
        {"nps_nonresponse_bounds", nonresponse},
        {"nps_latest_per_contact", latest_per_contact},
        {"nps_delta_stream", delta_stream},
        {"fiscal_quarter", fiscal_quarter},
    });
}

}  // namespace candour::oracle
