#include "figure.hpp"

#include <boost/json.hpp>

#include "candour/stats/nps_accounts.hpp"
#include "standing.hpp"

namespace candour::advocacy_rate {

namespace json = boost::json;

namespace {

/// The day asked for, and the same day a year before: their windows share no declaration.
constexpr std::size_t kDays = 2;
/// Below it nobody knows enough to call the floor the rate.
constexpr double kKnownEnough = 0.5;

struct Account {
    stats::AdvocacySums sums;
    stats::AccountAdvocates advocates;
};

struct Population {
    std::vector<Account> accounts;
    stats::AdvocacySums now, year_before;
};

stats::AdvocacySums sums_at(std::span<const std::int64_t> cells) {
    return {cells[kEligible], cells[kRespondents], cells[kDeclared],
            cells[kObserved], cells[kConfirmed],   cells[kAssessed]};
}

Result<std::size_t> accounts_in(std::string_view request_json) {
    boost::system::error_code bad;
    const json::value value = json::parse(json::string_view(request_json.data(), request_json.size()), bad);
    const json::object* request = bad ? nullptr : value.if_object();
    const json::value* days = request ? request->if_contains("days") : nullptr;
    const json::value* accounts = request ? request->if_contains("accounts") : nullptr;
    if (!days || !days->is_array() || days->get_array().size() != kDays || !accounts ||
        !accounts->is_number())
        return Error{ErrorCode::invalid,
                     "finalize: expected {\"days\": [two], \"accounts\": n}, found something else"};
    return accounts->to_number<std::size_t>();
}

Result<Population> read(const sdk::Groups& groups, std::string_view request_json) {
    const Result<std::size_t> accounts = accounts_in(request_json);
    if (!accounts) return accounts.error();
    const Result<std::size_t> count = groups.count(kDays);
    if (!count) return count.error();
    Population all;
    all.accounts.resize(*accounts);
    for (std::size_t i = 0; i < *count; ++i) {
        const sdk::Groups::Group group = groups.at(i, kDays);
        if (group.account < 0 || static_cast<std::size_t>(group.account) >= *accounts || group.level < 0 ||
            group.level > 2)
            return Error{ErrorCode::invalid,
                         "finalize: a group names an account or a level that is not there"};
        Account& account = all.accounts[static_cast<std::size_t>(group.account)];
        const stats::AdvocacySums now = sums_at(group.sums(0));
        account.sums += now;
        account.advocates.advocates += now.confirmed;
        if (now.confirmed > 0) account.advocates.levels.add(static_cast<stats::Level>(group.level));
        all.now += now;
        all.year_before += sums_at(group.sums(1));
    }
    return all;
}

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

/// Contacts of one account go together. An advocate is 1, everybody else 0; the design effect of such scores
/// is the one of the rate.
double design_effect(const Population& all) {
    stats::ClusterSums sums;
    for (const Account& account : all.accounts)
        sums.add({0, account.sums.eligible - account.sums.confirmed, account.sums.confirmed});
    const Result<stats::ClusteredNps> clustered = stats::nps_clustered(sums);
    return clustered ? clustered->design_effect.value_or(1) : 1;
}

Result<json::object> rate_document(std::int64_t x, std::int64_t n) {
    const Result<stats::Proportion> rate = stats::wilson(static_cast<double>(x), static_cast<double>(n));
    if (!rate) return rate.error();
    return json::object{{"count", x},
                        {"rate", number(rate->rate)},
                        {"interval", interval_document(rate->interval, "wilson")}};
}

Result<json::object> coverage_document(const Population& all) {
    std::vector<stats::AccountAdvocates> accounts;
    for (const Account& account : all.accounts) accounts.push_back(account.advocates);
    const Result<stats::AdvocateCoverage> coverage = stats::advocate_coverage(accounts);
    if (!coverage) return coverage.error();
    return json::object{{"accounts", coverage->accounts},
                        {"with_advocate", coverage->with_advocate},
                        {"with_two_levels", coverage->with_two_levels},
                        {"rate", number(coverage->share.rate)},
                        {"interval", interval_document(coverage->share.interval, "wilson")}};
}

Result<json::value> change_document(const Population& all) {
    const auto real = [](std::int64_t count) { return static_cast<double>(count); };
    const Result<stats::ProportionDifference> change =
        stats::newcombe(real(all.now.confirmed), real(all.now.eligible), real(all.year_before.confirmed),
                        real(all.year_before.eligible));
    if (!change) return change.error();
    if (!change->delta) return json::value(nullptr);
    return json::value(json::object{{"delta", *change->delta},
                                    {"interval", interval_document(change->interval, "newcombe")}});
}

Result<json::object> parts_of(const Population& all, const stats::AdvocacyRate& rate,
                              const stats::Proportion& clustered, double effect) {
    const Result<json::object> declared = rate_document(all.now.declared, all.now.eligible);
    if (!declared) return declared.error();
    const Result<json::object> observed = rate_document(all.now.observed, all.now.eligible);
    if (!observed) return observed.error();
    const Result<json::object> coverage = coverage_document(all);
    if (!coverage) return coverage.error();
    const Result<json::value> change = change_document(all);
    if (!change) return change.error();
    return json::object{{"floor", number(rate.rate)},
                        {"ceiling", number(rate.ceiling)},
                        {"confirmed", all.now.confirmed},
                        {"assessed", all.now.assessed},
                        {"respondents", all.now.respondents},
                        {"declared", *declared},
                        {"observed", *observed},
                        {"wilson", interval_document(rate.interval, "wilson")},
                        {"wilson_clustered", interval_document(clustered.interval, "wilson_deff")},
                        {"design_effect", effect},
                        {"design_effect_is_firm", all.accounts.size() >= 10},
                        {"account_coverage", *coverage},
                        {"change_over_a_year", *change}};
}

}  // namespace

Result<std::string> figure_of(const sdk::Groups& groups, std::string_view request_json) {
    const Result<Population> all = read(groups, request_json);
    if (!all) return all.error();
    const Result<stats::AdvocacyRate> rate = stats::advocacy_rate(all->now);
    if (!rate) return rate.error();
    if (!rate->rate)
        return json::serialize(
            json::object{{"value", nullptr}, {"n", 0}, {"n_eligible", 0}, {"reason", "no_data"}});
    const double effect = design_effect(*all);
    const Result<stats::Proportion> clustered = stats::wilson_clustered(
        static_cast<double>(all->now.confirmed), static_cast<double>(all->now.eligible), effect);
    if (!clustered) return clustered.error();
    Result<json::object> parts = parts_of(*all, *rate, *clustered, effect);
    if (!parts) return parts.error();
    const bool known = *rate->coverage >= kKnownEnough;
    const stats::Interval span{*rate->rate, *rate->ceiling};
    json::array badges;
    if (all->now.eligible < stats::kSmallN) badges.emplace_back("small n");
    if (!known) badges.emplace_back("floor to ceiling");
    const json::object figure{{"value", *rate->rate},
                              {"interval", known ? interval_document(clustered->interval, "wilson_deff")
                                                 : interval_document(span, "floor_to_ceiling")},
                              {"n", all->now.eligible},
                              {"n_eligible", all->now.eligible},
                              {"coverage", *rate->coverage},
                              {"reason", nullptr},
                              {"headline", known ? "rate" : "floor_to_ceiling"},
                              {"badges", std::move(badges)},
                              {"parts", std::move(*parts)}};
    return json::serialize(figure);
}

}  // namespace candour::advocacy_rate
