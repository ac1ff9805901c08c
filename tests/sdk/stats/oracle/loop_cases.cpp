#include "candour/stats/loop.hpp"
#include "candour/stats/survival.hpp"
#include "sdk/stats/oracle/cases.hpp"
#include "sdk/stats/oracle/reading.hpp"

namespace candour::oracle {
namespace {

stats::LifeTable life_table(const json::object& in) {
    const auto times = json::value_to<std::vector<int>>(in.at("times"));
    const auto events = json::value_to<std::vector<int>>(in.at("events"));
    if (times.size() != events.size()) throw std::invalid_argument("expected as many events as times");
    stats::LifeTable table;
    for (std::size_t at = 0; at < times.size(); ++at)
        check(events[at] != 0 ? table.event(times[at]) : table.censored(times[at]));
    return table;
}

/// One value per step of the curve.
template <class Of>
json::array per_step(const stats::SurvivalCurve& curve, Of of) {
    json::array found;
    for (const stats::SurvivalStep& step : curve.steps()) found.push_back(of(step));
    return found;
}

void add_quantiles(json::object& out, const stats::SurvivalCurve& curve) {
    const stats::SurvivalQuantile median = take(stats::survival_quantile(curve, 0.5));
    const stats::SurvivalQuantile p90 = take(stats::survival_quantile(curve, 0.9));
    out["median"] = json_of(median.age);
    out["median_reason"] = json_of(median.reason);
    out["median_ci_loglog"] = json::array{json_of(median.interval.low), json_of(median.interval.high)};
    out["p90"] = json_of(p90.age);
    out["p90_reason"] = json_of(p90.reason);
}

/// Everything the curve can say; the several functions of an oracle file ask for parts of it.
json::object survival(const json::object& in) {
    const stats::SurvivalCurve curve = take(stats::kaplan_meier(life_table(in), confidence(in)));
    using Step = const stats::SurvivalStep&;
    const auto bound = [](Step step, bool low) -> json::value {
        if (!step.loglog) return nullptr;
        return low ? step.loglog->low : step.loglog->high;
    };
    json::object out{{"times", per_step(curve, [](Step step) { return json::value(step.age); })},
                     {"n_risk", per_step(curve, [](Step step) { return json::value(step.at_risk); })},
                     {"n_event", per_step(curve, [](Step step) { return json::value(step.events); })},
                     {"survival", per_step(curve, [](Step step) { return json::value(step.survival); })},
                     {"margin", per_step(curve, [](Step step) { return json::value(step.margin); })},
                     {"lower_loglog", per_step(curve, [&](Step step) { return bound(step, true); })},
                     {"upper_loglog", per_step(curve, [&](Step step) { return bound(step, false); })}};
    add_quantiles(out, curve);
    return out;
}

json::object survival_at(const json::object& in) {
    const stats::SurvivalCurve curve = take(stats::kaplan_meier(life_table(in), confidence(in)));
    if (!in.at("at").is_array())
        return {{"survival", json_of(curve.at(static_cast<int>(std::floor(number(in, "at")))))}};
    json::array each;
    for (const double age : numbers(in.at("at")))
        each.push_back(json_of(curve.at(static_cast<int>(std::floor(age)))));
    return {{"survival", std::move(each)}};
}

stats::LifeTable histogram(const json::object& in) {
    stats::LifeTable table;
    const auto add = [&](std::string_view name, bool events) {
        const json::value* days = given(in, name);
        if (days == nullptr) return;
        for (const auto& [age, count] : days->as_object()) {
            const auto times = count.to_number<std::int64_t>();
            check(table.add(std::stoi(std::string(age)),
                            events ? stats::DayCounts{times, 0} : stats::DayCounts{0, times}));
        }
    };
    add("events", true);
    add("cens", false);
    return table;
}

json::object survival_of_histograms(const json::object& in) {
    stats::LifeTable table = histogram(in.at("a").as_object());
    table += histogram(in.at("b").as_object());
    const stats::SurvivalCurve curve = take(stats::kaplan_meier(table));
    json::array times, survival;
    for (const stats::SurvivalStep& step : curve.steps()) {
        if (step.events == 0) continue;
        times.emplace_back(step.age);
        survival.emplace_back(step.survival);
    }
    json::object out{{"times", std::move(times)}, {"survival", std::move(survival)}};
    add_quantiles(out, curve);
    return out;
}

json::object loop_rates(const json::object& in) {
    stats::LifeTable table;
    for (const json::value& age : list(in, "closed_days")) check(table.event(age.to_number<int>()));
    for (const json::value& age : list(in, "open_age_days")) check(table.censored(age.to_number<int>()));
    const stats::SurvivalCurve curve = take(stats::kaplan_meier(table));
    json::object out{
        {"closed_within_horizon_km", json_of(curve.done_by(static_cast<int>(number(in, "horizon_days"))))},
        {"sla_met_km", json_of(curve.done_by(static_cast<int>(number(in, "sla_days"))))}};
    add_quantiles(out, curve);
    return out;
}

stats::LoopItem loop_item(const json::object& in) {
    stats::LoopItem item{text(in, "id"),
                         day(in.at("raised")),
                         {},
                         optional_day(in, "closed"),
                         flag_or(in, "told", false),
                         optional_day(in, "reopened")};
    for (const json::value& one : list(in, "visible")) item.visible.push_back(day(one));
    return item;
}

json::object loop_states(const json::object& in) {
    std::vector<stats::LoopItem> items;
    for (const json::value& one : in.at("items").as_array()) items.push_back(loop_item(one.as_object()));
    const int silence = static_cast<int>(number_or(in, "silence_days", stats::kSilenceDays));
    const stats::LoopStates found = take(stats::loop_states(items, day(in.at("as_of")), silence));
    json::array silent;
    for (const stats::SilentItem& one : found.silent)
        silent.push_back(json::array{json::string(one.id), one.days});
    return {{"open", found.open},
            {"silent", std::move(silent)},
            {"silence_rate", json_of(found.silence_rate())},
            {"closed", found.closed},
            {"visible_closure_rate", json_of(found.visible_closure_rate())},
            {"reopen_n", found.followed},
            {"reopen_rate_30d", json_of(found.reopen_rate())}};
}

json::object sla_breach(const json::object& in) {
    stats::SlaCounts counts;
    for (const json::value& row : in.at("items_hours_done").as_array())
        check(counts.add(number(row.at(0)), row.at(1).as_bool(), number(in, "limit_hours")));
    return {{"breached", counts.breached},
            {"met", counts.met},
            {"pending", counts.pending},
            {"breach_rate", json_of(counts.breach_rate())}};
}

}  // namespace

void add_loops(Functions& functions) {
    functions.merge(Functions{
        {"kaplan_meier", survival},
        {"kaplan_meier_full", survival},
        {"kaplan_meier_quantiles", survival},
        {"kaplan_meier_plain_margin", survival},
        {"kaplan_meier_at", survival_at},
        {"kaplan_meier_from_histograms", survival_of_histograms},
        {"loop_rates", loop_rates},
        {"loop_states", loop_states},
        {"sla_breach", sla_breach},
    });
}

}  // namespace candour::oracle
