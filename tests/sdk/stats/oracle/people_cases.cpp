#include "candour/stats/advocacy.hpp"
#include "candour/stats/breadth.hpp"
#include "candour/stats/champion.hpp"
#include "candour/stats/engagement.hpp"
#include "candour/stats/proportion.hpp"
#include "candour/stats/segments.hpp"
#include "candour/stats/suppression.hpp"
#include "candour/stats/trust.hpp"
#include "sdk/stats/oracle/cases.hpp"
#include "sdk/stats/oracle/reading.hpp"

namespace candour::oracle {
namespace {

json::object wilson(const json::object& in) {
    const stats::Proportion found = take(stats::wilson(number(in, "x"), number(in, "n"), confidence(in)));
    return {{"ci", json_of(found.interval)}, {"reason", json_of(found.reason)}};
}

json::object wilson_clustered(const json::object& in) {
    const stats::Proportion found =
        take(stats::wilson_clustered(number(in, "x"), number(in, "n"), number(in, "deff"), confidence(in)));
    return {{"n_eff", found.n}, {"ci", json_of(found.interval)}, {"reason", json_of(found.reason)}};
}

json::object newcombe(const json::object& in) {
    const stats::ProportionDifference found = take(stats::newcombe(
        number(in, "x1"), number(in, "n1"), number(in, "x2"), number(in, "n2"), confidence(in)));
    return {{"ci", json_of(found.interval)}, {"reason", json_of(found.reason)}};
}

json::object two_proportions(const json::object& in) {
    const stats::ZTest found =
        take(stats::two_proportions(number(in, "x1"), number(in, "n1"), number(in, "x2"), number(in, "n2")));
    return {{"z", json_of(found.z)}, {"p", json_of(found.p)}, {"reason", json_of(found.reason)}};
}

stats::Act act(const json::value& value) {
    const json::object& in = value.as_object();
    stats::Act found;
    found.kind = take(stats::act_kind_of(text(in, "type")));
    found.date = day(in.at("date"));
    found.ref = text_or(in, "ref", "");
    found.contact = text_or(in, "contact", "");
    found.verified = flag_or(in, "verified", true);
    found.incentivised = flag_or(in, "incentivised", false);
    found.stars = optional_number(in, "stars");
    return found;
}

std::vector<stats::Act> acts(const json::object& in) {
    std::vector<stats::Act> found;
    for (const json::value& one : list(in, "acts")) found.push_back(act(one));
    return found;
}

json::object strength(const json::object& in) {
    const double sum = stats::strength(acts(in), day(in.at("as_of")));
    return {{"strength", sum}, {"live", stats::live(sum)}};
}

json::object dedupe(const json::object& in) {
    json::array kept;
    for (const stats::Act& one : stats::distinct_acts(acts(in))) {
        const json::value ref = one.ref.empty() ? json::value() : json::value(json::string(one.ref));
        kept.push_back(json::array{json::string(to_text(one.kind)), json::string(text_of(one.date)), ref});
    }
    return {{"kept", std::move(kept)}};
}

std::vector<stats::DatedAnswer> dated_answers(const json::object& in, std::string_view name) {
    std::vector<stats::DatedAnswer> found;
    for (const json::value& one : list(in, name))
        found.push_back({day(one.at(0)), one.at(1).to_number<int>()});
    return found;
}

stats::AdvocacyRecord advocacy_record(const json::object& in) {
    return {text(in, "id"),
            day(in.at("since")),
            flag_or(in, "active", true),
            optional_day(in, "opted_out"),
            dated_answers(in, "declared"),
            dated_answers(in, "nps"),
            acts(in)};
}

json::object advocacy_rate(const json::object& in) {
    stats::AdvocacySums sums;
    std::set<std::string> confirmed;
    for (const json::value& one : in.at("contacts").as_array()) {
        const stats::AdvocacyRecord record = advocacy_record(one.as_object());
        const stats::AdvocacyStanding standing = take(stats::advocacy_standing(record, day(in.at("as_of"))));
        sums += stats::sums_of(standing);
        if (standing.confirmed()) confirmed.insert(record.contact);
    }
    const stats::AdvocacyRate found = take(stats::advocacy_rate(sums, confidence(in)));
    return {{"eligible", sums.eligible},           {"confirmed", sums.confirmed},
            {"declared", sums.declared},           {"observed", sums.observed},
            {"respondents", sums.respondents},     {"confirmed_ids", array_of(confirmed)},
            {"rate", json_of(found.rate)},         {"wilson", json_of(found.interval)},
            {"coverage", json_of(found.coverage)}, {"upper_if_silent_advocate", json_of(found.ceiling)},
            {"reason", json_of(found.reason)}};
}

json::object advocate_coverage(const json::object& in) {
    const json::object& confirmed = in.at("confirmed_by_account").as_object();
    std::vector<stats::AccountAdvocates> accounts;
    for (const std::string& account : texts(in.at("accounts"))) {
        stats::AccountAdvocates own;
        for (const json::value& advocate : list(confirmed, account)) {
            ++own.advocates;
            own.levels.add(level(advocate.at(1).as_string()));
        }
        accounts.push_back(own);
    }
    const stats::AdvocateCoverage found = take(stats::advocate_coverage(accounts, confidence(in)));
    return {{"accounts_with_advocate", found.with_advocate},
            {"accounts_with_two_levels", found.with_two_levels},
            {"rate", json_of(found.share.rate)},
            {"wilson", json_of(found.share.interval)},
            {"reason", json_of(found.share.reason)}};
}

json::object earned_growth(const json::object& in) {
    const stats::EarnedGrowth found = take(stats::earned_growth(
        number(in, "revenue_prior"), number(in, "revenue_returning"), number(in, "revenue_new_earned")));
    return {{"nrr", json_of(found.retention)},
            {"enc", json_of(found.earned_new)},
            {"egr", json_of(found.rate)},
            {"reason", json_of(found.reason)}};
}

template <std::size_t Size>
std::array<std::optional<int>, Size> items(const json::value& value) {
    std::array<std::optional<int>, Size> found;
    const json::array& answers = value.as_array();
    if (answers.size() != Size) throw std::invalid_argument("expected " + std::to_string(Size) + " items");
    for (std::size_t at = 0; at < Size; ++at)
        if (!answers[at].is_null()) found[at] = answers[at].to_number<int>();
    return found;
}

json::object trust_score(const json::object& in) {
    const stats::TrustScore found =
        take(stats::trust_score({items<4>(in.at("trust")), items<2>(in.at("useful"))}));
    const std::optional<int> weakest = found.weakest ? std::optional(*found.weakest + 1) : std::nullopt;
    return {{"tas", json_of(found.value)}, {"weakest", json_of(weakest)}, {"reason", json_of(found.reason)}};
}

json::object trust_mean(const json::object& in) {
    const stats::TrustMean found =
        take(stats::trust_mean(stats::moments_of(numbers(in.at("tas"))), confidence(in)));
    return {{"mean", json_of(found.value)},
            {"se", json_of(found.se)},
            {"ci", json_of(found.interval)},
            {"reason", json_of(found.reason)}};
}

json::object trust_level_balanced(const json::object& in) {
    stats::ByLevel<stats::Moments> levels;
    for (const auto& [name, scores] : in.at("by_level").as_object())
        levels[level(name)] += stats::moments_of(numbers(scores));
    const stats::LevelBalanced found = stats::level_balanced(levels);
    return {{"tas", json_of(found.value)},
            {"pooled", json_of(found.pooled)},
            {"levels_covered", found.covered.size()},
            {"reason", json_of(found.reason)}};
}

json::object cronbach_alpha(const json::object& in) {
    std::vector<std::vector<double>> respondents;
    for (const json::value& one : in.at("items").as_array()) respondents.push_back(numbers(one));
    return {{"alpha", json_of(take(stats::cronbach_alpha(respondents)))}};
}

json::object executive_engagement(const json::object& in) {
    std::vector<stats::Touch> touches;
    for (const json::value& value : in.at("touches").as_array()) {
        const json::object& one = value.as_object();
        touches.push_back({day(one.at("date")), number(one, "minutes"), one.at("supplier_exec").as_bool(),
                           texts(one.at("customer_attended"))});
    }
    const stats::Window window{day(in.at("as_of")),
                               static_cast<int>(number_or(in, "window_days", stats::kTouchDays))};
    const stats::ExecutiveEngagement found =
        take(stats::executive_engagement(texts(in.at("executives")), touches, window, confidence(in)));
    return {{"mapped", found.mapped},
            {"engaged", found.engaged},
            {"eer", json_of(found.rate)},
            {"wilson", json_of(found.interval)},
            {"reason", json_of(found.reason)}};
}

json::object engagement_portfolio(const json::object& in) {
    stats::EngagementPortfolio all;
    for (const json::value& row : in.at("accounts").as_array())
        check(all.add(row.at(0).to_number<std::int64_t>(), row.at(1).to_number<std::int64_t>()));
    return {{"pooled", json_of(all.pooled())},
            {"account_mean", json_of(all.account_mean())},
            {"accounts_zero", all.accounts_zero}};
}

json::object delegation(const json::object& in) {
    const stats::Attendance found =
        take(stats::attendance(integer(in, "attended"), integer(in, "delegated"), confidence(in)));
    return {{"held", found.held},
            {"attendance", json_of(found.attendance.rate)},
            {"delegation", json_of(found.delegation)},
            {"wilson_attendance", json_of(found.attendance.interval)},
            {"reason", json_of(found.attendance.reason)}};
}

stats::ContactLevels contact_levels(const json::object& in) {
    stats::ContactLevels found;
    for (const auto& [contact, name] : in.at("levels").as_object())
        found[std::string(contact)] = level(name.as_string());
    return found;
}

json::object breadth(const json::object& in) {
    std::vector<stats::Interaction> interactions;
    for (const json::value& value : in.at("interactions").as_array()) {
        const json::object& one = value.as_object();
        interactions.push_back(
            {text(one, "contact"), take(stats::channel_of(text(one, "channel"))), day(one.at("date"))});
    }
    const double half_life = number_or(in, "half_life_days", stats::kBreadthHalfLife);
    const stats::Weights weights = stats::contact_weights(interactions, day(in.at("as_of")), half_life);
    const stats::Breadth found = stats::breadth(weights, contact_levels(in));
    std::set<std::string> levels;
    for (const stats::Level one : found.levels.list()) levels.emplace(to_text(one));
    return {{"weights", json::value_from(std::map<std::string, double>(weights.begin(), weights.end()))},
            {"meaningful", array_of(found.meaningful)},
            {"breadth", found.size()},
            {"levels", array_of(levels)},
            {"effective_breadth", found.effective},
            {"top_share", json_of(found.top_share)},
            {"single_threaded", found.single_threaded}};
}

json::object segment(const json::object& in) {
    const stats::Dimensions of{optional_number(in, "fit"), optional_number(in, "value"),
                               optional_number(in, "relationship")};
    stats::PreviouslyHigh before;
    if (const json::value* previous = given(in, "previous_high")) {
        const auto was_high = [&](std::string_view name) {
            const json::value* flag = given(previous->as_object(), name);
            return flag == nullptr ? std::nullopt : std::optional(flag->as_bool());
        };
        before = {was_high("F"), was_high("V"), was_high("R")};
    }
    const stats::Segmentation found = take(stats::segment(of, before));
    return {{"segment", json::string(to_text(found.segment))}, {"value_at_risk", found.value_at_risk}};
}

json::object relationship_score(const json::object& in) {
    const stats::Figure found =
        take(stats::relationship_score({optional_number(in, "tas"), optional_number(in, "nps"),
                                        optional_number(in, "eer"), optional_number(in, "breadth_index")}));
    return {{"score", json_of(found.value)}, {"reason", json_of(found.reason)}};
}

stats::AccountMap account_map(const json::object& in) {
    stats::AccountMap map;
    for (const json::value& link : list(in, "links"))
        map.links.push_back({text(link.at(0)), text(link.at(1)), number(link.at(2))});
    map.levels = contact_levels(in);
    for (const json::value& contact : list(in, "budget")) map.budget_holders.push_back(text(contact));
    for (const json::value& edge : list(in, "influence"))
        map.influence.emplace_back(text(edge.at(0)), text(edge.at(1)));
    return map;
}

json::object champion_departure(const json::object& in) {
    const std::optional<stats::Departure> found = take(stats::champion_departure(account_map(in)));
    if (!found) return {{"champion", nullptr}, {"reason", "no_data"}};
    return {{"champion", found->leaver},
            {"retained_share", json_of(found->retained_share)},
            {"levels_left", array_of(found->levels_left.list())},
            {"contacts_left", found->contacts_left},
            {"kappa_before", found->ways_before},
            {"kappa_after", found->ways_after},
            {"supplier_top_share", json_of(found->supplier_top_share)},
            {"verdict", json::string(to_text(found->verdict))},
            {"reasons", array_of(found->reasons)}};
}

json::object coverage_survival(const json::object& in) {
    std::vector<std::int64_t> contacts;
    for (const auto& [name, count] : in.at("contacts_per_level").as_object())
        contacts.push_back(count.to_number<std::int64_t>());
    const stats::CoverageSurvival found = take(
        stats::coverage_survival(number(in, "median_tenure_years"), number(in, "horizon_years"), contacts));
    return {{"p_depart", found.p_depart}, {"p_all_levels_kept", found.p_all_kept}};
}

json::object articulation_points(const json::object& in) {
    stats::Graph graph(static_cast<std::size_t>(integer(in, "n")));
    for (const json::value& edge : in.at("edges").as_array())
        check(graph.connect(edge.at(0).to_number<std::size_t>(), edge.at(1).to_number<std::size_t>()));
    const stats::Articulation found = stats::articulation(graph);
    return {{"articulation", array_of(found.points)},
            {"biconnected_components", static_cast<std::int64_t>(found.components)},
            {"vertex_connectivity", stats::vertex_connectivity(graph)}};
}

json::object separate_ways(const json::object& in) {
    std::map<std::string, std::size_t> nodes;
    const auto node = [&](const std::string& name) {
        return nodes.try_emplace(name, nodes.size()).first->second;
    };
    const std::size_t source = node(text(in, "source")), sink = node(text(in, "sink"));
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (const json::value& edge : in.at("edges").as_array()) {
        const std::size_t one = node(text(edge.at(0)));
        edges.emplace_back(one, node(text(edge.at(1))));
    }
    stats::Graph graph(nodes.size());
    for (const auto& [one, other] : edges) check(graph.connect(one, other));
    json::object without;
    for (const auto& [name, at] : nodes)
        if (at != source && at != sink) without[name] = take(stats::separate_ways(graph, source, sink, at));
    return {{"kappa", take(stats::separate_ways(graph, source, sink))},
            {"kappa_without", std::move(without)}};
}

json::object suppress_groups(const json::object& in) {
    stats::GroupSizes groups;
    for (const auto& [key, size] : in.at("groups").as_object())
        groups[std::string(key)] = size.to_number<std::int64_t>();
    const stats::Suppression found =
        take(stats::suppress(groups, given(in, "k_min") ? integer(in, "k_min") : stats::kGroup));
    return {{"hidden", array_of(found.hidden)}, {"parent_visible", found.parent_visible}};
}

}  // namespace

void add_people(Functions& functions) {
    functions.merge(Functions{
        {"wilson_interval", wilson},
        {"wilson_design_effect", wilson_clustered},
        {"newcombe_diff", newcombe},
        {"two_prop_z", two_proportions},
        {"advocacy_strength", strength},
        {"advocacy_dedupe", dedupe},
        {"advocacy_rate", advocacy_rate},
        {"advocacy_account_coverage", advocate_coverage},
        {"earned_growth_rate", earned_growth},
        {"tas_contact", trust_score},
        {"tas_mean_interval", trust_mean},
        {"tas_level_balanced", trust_level_balanced},
        {"cronbach_alpha", cronbach_alpha},
        {"executive_engagement", executive_engagement},
        {"executive_engagement_portfolio", engagement_portfolio},
        {"delegation_rate", delegation},
        {"stakeholder_breadth", breadth},
        {"segment", segment},
        {"segment_hysteresis", segment},
        {"relationship_score", relationship_score},
        {"champion_departure", champion_departure},
        {"coverage_survival", coverage_survival},
        {"articulation_points", articulation_points},
        {"st_vertex_connectivity", separate_ways},
        {"suppress_groups", suppress_groups},
    });
}

}  // namespace candour::oracle
