#include "candour/stats/charts.hpp"
#include "candour/stats/decay.hpp"
#include "candour/stats/moments.hpp"
#include "candour/stats/multiplicity.hpp"
#include "candour/stats/run_length.hpp"
#include "candour/stats/signals.hpp"
#include "candour/stats/words.hpp"
#include "sdk/stats/oracle/cases.hpp"
#include "sdk/stats/oracle/reading.hpp"

namespace candour::oracle {
namespace {

stats::RateDropRule rate_rule(const json::object& in) {
    const stats::RateDropRule standard;
    return {number_or(in, "recent_days", standard.recent_days),
            number_or(in, "baseline_days", standard.baseline_days), number_or(in, "alpha", standard.alpha),
            number_or(in, "max_ratio", standard.max_ratio),
            static_cast<std::int64_t>(number_or(in, "min_total", static_cast<double>(standard.min_total)))};
}

json::object rate_drop(const json::object& in) {
    const stats::RateDrop found =
        take(stats::rate_drop(integer(in, "recent"), integer(in, "baseline"), rate_rule(in)));
    return {{"p", json_of(found.p)}, {"ratio", json_of(found.ratio)}, {"signal", found.signal}};
}

json::object rate_drop_false_alarm(const json::object& in) {
    json::array found;
    for (const double expected : numbers(in.at("expected_touches_360d")))
        found.emplace_back(take(stats::rate_drop_false_alarm(expected, rate_rule(in))));
    return {{"false_alarm", std::move(found)}};
}

json::object silence_gap(const json::object& in) {
    const stats::SilenceGap found =
        take(stats::silence_gap(integer(in, "baseline_events"), number(in, "baseline_days"),
                                number(in, "gap_days"), number_or(in, "alpha", stats::kAlpha)));
    return {{"p", json_of(found.p)}, {"signal", json_of(found.signal)}};
}

stats::Side side(const json::object& in) {
    const std::string name = text_or(in, "alternative", "two.sided");
    if (name == "less") return stats::Side::less;
    if (name == "greater") return stats::Side::greater;
    if (name == "two.sided" || name == "two-sided" || name == "two_sided") return stats::Side::both;
    throw std::invalid_argument("alternative: expected less, greater or two.sided, found \"" + name + "\"");
}

json::object binomial_test(const json::object& in) {
    return {
        {"p", take(stats::binomial_test(integer(in, "x"), integer(in, "n"), number(in, "p0"), side(in)))}};
}

json::object fisher_greater(const json::object& in) {
    const json::value& table = in.at("table");
    const auto cell = [&](std::size_t row, std::size_t column) {
        return table.at(row).at(column).to_number<std::int64_t>();
    };
    return {{"p", take(stats::fisher_greater({cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)}))}};
}

json::object topic_drift(const json::object& in) {
    const stats::TopicDriftRule standard;
    const stats::TopicDriftRule rule{
        number_or(in, "alpha", standard.alpha), number_or(in, "min_diff", standard.min_rise),
        static_cast<std::int64_t>(number_or(in, "min_recent", static_cast<double>(standard.min_recent))),
        standard.renewal_days};
    std::optional<int> to_renewal;
    if (given(in, "days_to_renewal")) to_renewal = static_cast<int>(integer(in, "days_to_renewal"));
    const stats::Table threads{integer(in, "recent_contract_led"), integer(in, "recent_other"),
                               integer(in, "base_contract_led"), integer(in, "base_other")};
    const stats::TopicDrift found = take(stats::topic_drift(threads, to_renewal, rule));
    return {{"p", json_of(found.p)},
            {"diff", json_of(found.rise)},
            {"signal", json_of(found.signal)},
            {"watch", found.watch},
            {"reason", json_of(found.reason)}};
}

json::object mann_kendall(const json::object& in) {
    const stats::TrendTest found = take(stats::mann_kendall_less(numbers(in.at("x"))));
    return {{"S", found.s},
            {"var", found.variance},
            {"z", json_of(found.z)},
            {"p", json_of(found.p)},
            {"method", json::string(to_text(found.method))},
            {"reason", json_of(found.reason)}};
}

json::object mann_whitney(const json::object& in) {
    const stats::RankTest found = take(stats::mann_whitney_greater(numbers(in.at("x")), numbers(in.at("y"))));
    return {{"W", found.w}, {"p", json_of(found.p)}, {"reason", json_of(found.reason)}};
}

json::object duration_drop(const json::object& in) {
    const stats::DurationDrop found =
        take(stats::duration_drop(numbers(in.at("recent_minutes")), numbers(in.at("baseline_minutes"))));
    return {{"W", found.w},
            {"p", json_of(found.p)},
            {"median_ratio", json_of(found.median_ratio)},
            {"signal", found.signal}};
}

json::object holm(const json::object& in) {
    const std::vector<double> adjusted = take(stats::holm(numbers(in.at("p"))));
    return {{"adjusted", array_of(adjusted)},
            {"active", stats::any_at_most(adjusted, number_or(in, "alpha", stats::kAlpha))}};
}

json::object benjamini_hochberg(const json::object& in) {
    const stats::Discoveries found = take(stats::benjamini_hochberg(numbers(in.at("p")), number(in, "fdr")));
    return {{"q", array_of(found.q)}, {"flagged", array_of(found.flagged)}};
}

json::object composite_false_alarm(const json::object& in) {
    const stats::FalseAlarms found =
        take(stats::composite_false_alarm(number(in, "alpha"), static_cast<int>(integer(in, "signals"))));
    return {{"p_any", found.any}, {"p_two_or_more", found.two_or_more}};
}

stats::CusumDesign design(const json::object& in) {
    const std::string direction = text(in, "side");
    if (direction != "lower" && direction != "upper")
        throw std::invalid_argument("side: expected lower or upper, found \"" + direction + "\"");
    return {number(in, "k"), number(in, "h"),
            direction == "lower" ? stats::Direction::lower : stats::Direction::upper};
}

json::object poisson_cusum(const json::object& in) {
    const stats::CusumPath path = take(stats::poisson_cusum(numbers(in.at("x")), design(in)));
    return {{"c", array_of(path.c)}, {"first_signal_index", json_of(path.first_signal)}};
}

json::object poisson_cusum_run_length(const json::object& in) {
    const json::value* several = given(in, "means");
    if (several == nullptr) {
        const stats::RunLength found = take(stats::poisson_cusum_run_length(design(in), number(in, "mean")));
        return {{"arl", found.from_zero}, {"arl_fir", found.from_half}};
    }
    json::array from_zero, from_half;
    for (const double mean : numbers(*several)) {
        const stats::RunLength found = take(stats::poisson_cusum_run_length(design(in), mean));
        from_zero.emplace_back(found.from_zero);
        from_half.emplace_back(found.from_half);
    }
    return {{"arl", std::move(from_zero)}, {"arl_fir", std::move(from_half)}};
}

/// A list of shifts gives a list, a single one a number.
template <class Of>
json::object per_shift(const json::object& in, Of of) {
    const json::value& shift = in.at("shift");
    if (!shift.is_array()) return {{"arl", of(number(shift))}};
    json::array found;
    for (const double one : numbers(shift)) found.emplace_back(of(one));
    return {{"arl", std::move(found)}};
}

json::object normal_cusum_run_length(const json::object& in) {
    const std::string sided = text_or(in, "sided", "two");
    if (sided != "one" && sided != "two")
        throw std::invalid_argument("sided: expected one or two, found \"" + sided + "\"");
    return per_shift(in, [&](double shift) {
        return take(stats::normal_cusum_run_length(number(in, "k"), number(in, "h"), shift, sided == "two"));
    });
}

json::object ewma_run_length(const json::object& in) {
    const std::string limits = text_or(in, "limits", "fixed");
    if (limits != "fixed") throw std::invalid_argument("limits: expected fixed, found \"" + limits + "\"");
    return per_shift(in, [&](double shift) {
        return take(stats::ewma_run_length(number(in, "lam"), number(in, "L"), shift));
    });
}

json::object ewma(const json::object& in) {
    const stats::EwmaPath path = take(stats::ewma(
        numbers(in.at("x")), {number(in, "mu0"), number(in, "sigma0"), number(in, "lam"), number(in, "L")}));
    json::array rows;
    for (const stats::EwmaPoint& point : path.points)
        rows.push_back(json::array{point.z, point.low, point.high});
    return {{"rows", std::move(rows)}, {"first_signal_index", json_of(path.first_signal)}};
}

json::object thread_label(const json::object& in) {
    const int cap = static_cast<int>(number_or(in, "cap", stats::kTermCap));
    const stats::ThreadTopics found = stats::thread_topics(text(in, "text"), texts(in.at("contract_lexicon")),
                                                           texts(in.at("future_lexicon")), cap);
    return {{"contract", found.contract},
            {"future", found.future},
            {"label", json::string(to_text(found.label()))}};
}

json::object log_odds(const json::object& in) {
    const auto counts = [&](std::string_view name) {
        stats::WordCounts found;
        for (const auto& [word, count] : in.at(name).as_object()) found[std::string(word)] = number(count);
        return found;
    };
    const stats::WordCounts z =
        in.at("prior").is_object()
            ? take(stats::log_odds(counts("counts1"), counts("counts2"), counts("prior")))
            : take(stats::log_odds(counts("counts1"), counts("counts2"), number(in, "prior")));
    json::object out;
    for (const auto& [word, value] : z) out[word] = value;
    return out;
}

stats::Levels levels(const json::value& value) {
    stats::Levels found;
    for (const std::string& one : texts(value)) found.add(level(one));
    return found;
}

json::object narrowing_access(const json::object& in) {
    const std::vector<double> breadth = numbers(in.at("effective_breadth")),
                              top_share = numbers(in.at("top_share"));
    const stats::NarrowingAccess found =
        take(stats::narrowing_access({levels(in.at("levels_previous")), levels(in.at("levels_now")),
                                      numbers(in.at("monthly_meaningful_contacts")), breadth.at(0),
                                      breadth.at(1), top_share.at(0), top_share.at(1)}));
    return {{"p_trend", json_of(found.p_trend)},
            {"relative_drop", json_of(found.relative_drop)},
            {"signals", array_of(found.signals)},
            {"active", found.active()}};
}

json::object risk_state(const json::object& in) {
    std::vector<std::optional<bool>> signals;
    for (const auto& [name, active] : in.at("signals").as_object())
        signals.push_back(active.is_null() ? std::nullopt : std::optional(active.as_bool()));
    return {{"state", json::string(to_text(stats::risk_state(signals, flag_or(in, "level_loss", false))))}};
}

stats::Moments moments(const json::value& value) {
    const json::object& in = value.as_object();
    return {integer(in, "n"), number(in, "mean"), number(in, "m2")};
}

json::object merged_moments(const json::object& in) {
    stats::Moments both = moments(in.at("a"));
    both += moments(in.at("b"));
    return {{"n", both.n}, {"mean", both.mean}, {"m2", both.m2}, {"sd", json_of(both.sd())}};
}

json::object forward_decay(const json::object& in) {
    stats::ForwardDecay decay(day(in.at("landmark")), number(in, "half_life_days"));
    const Day as_of = day(in.at("as_of"));
    for (const json::value& event : in.at("events").as_array())
        if (day(event.at(0)) <= as_of) check(decay.add(day(event.at(0)), number(event.at(1))));
    return {{"value", decay.value(as_of)}};
}

}  // namespace

void add_patterns(Functions& functions) {
    functions.merge(Functions{
        {"rate_drop_exact", rate_drop},
        {"rate_drop_false_alarm", rate_drop_false_alarm},
        {"silence_gap_p", silence_gap},
        {"binom_test", binomial_test},
        {"fisher_greater", fisher_greater},
        {"topic_drift", topic_drift},
        {"mann_kendall_less", mann_kendall},
        {"mann_whitney_greater", mann_whitney},
        {"meeting_duration_drop", duration_drop},
        {"holm", holm},
        {"benjamini_hochberg", benjamini_hochberg},
        {"composite_false_alarm", composite_false_alarm},
        {"poisson_cusum_path", poisson_cusum},
        {"poisson_cusum_arl", poisson_cusum_run_length},
        {"normal_cusum_arl", normal_cusum_run_length},
        {"ewma_path", ewma},
        {"ewma_arl", ewma_run_length},
        {"thread_label", thread_label},
        {"log_odds_dirichlet", log_odds},
        {"narrowing_access", narrowing_access},
        {"risk_state", risk_state},
        {"merge_mean_m2", merged_moments},
        {"forward_decay", forward_decay},
    });
}

}  // namespace candour::oracle
