#include "figures.hpp"

#include <charconv>
#include <chrono>

#include "buckets.hpp"
#include "candour/stats/calendar.hpp"

namespace candour::loop_health {
namespace {

struct TimeMetric {
    std::string_view id;
    Stage stage;
};
constexpr std::array kTimes{TimeMetric{"time_to_heard", kHeard}, TimeMetric{"time_to_decided", kDecided},
                            TimeMetric{"time_to_changed", kChanged}, TimeMetric{"time_to_told", kTold},
                            TimeMetric{"time_to_closed", kClosed}};

using RateOf = Result<json::object> (*)(const sdk::Tallies&);
struct RateMetric {
    std::string_view id;
    RateOf figure;
};
constexpr std::array kRates{RateMetric{"visible_closure_rate", &visible_closure},
                            RateMetric{"reopen_rate", &came_back}, RateMetric{"silence_rate", &silence},
                            RateMetric{"sla_breach_rate", &breaches}, RateMetric{"promises_kept", &promises}};

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    int number = 0;
    const char* end = text.data() + from + count;
    if (std::from_chars(text.data() + from, end, number).ptr != end) return std::nullopt;
    return number;
}

/// The first of the request's days, "2026-03-31".
Result<std::int64_t> day_asked_for(std::string_view request_json) {
    const Error wrong{ErrorCode::invalid,
                      "summarise: expected {\"days\": [\"2026-03-31\", …]}, found no day"};
    boost::system::error_code bad;
    const json::value value = json::parse(json::string_view(request_json.data(), request_json.size()), bad);
    const json::object* request = bad ? nullptr : value.if_object();
    const json::value* days = request ? request->if_contains("days") : nullptr;
    if (!days || !days->is_array() || days->get_array().empty() || !days->get_array()[0].is_string())
        return wrong;
    const std::string text(days->get_array()[0].get_string());
    if (text.size() != 10) return wrong;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!year || !month || !day) return wrong;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return wrong;
    return std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()};
}

Result<std::string> text_of(const Result<json::object>& figure) {
    if (!figure) return figure.error();
    return json::serialize(*figure);
}

}  // namespace

json::object nothing(std::string_view reason, std::int64_t n) {
    return {{"value", nullptr}, {"n", n}, {"n_eligible", n}, {"reason", std::string(reason)}};
}

json::value interval_document(const std::optional<stats::Interval>& interval, std::string_view method) {
    if (!interval) return nullptr;
    return json::object{{"low", interval->low},
                        {"high", interval->high},
                        {"method", std::string(method)},
                        {"confidence", stats::kConfidence}};
}

Result<json::object> rate_figure(std::int64_t x, std::int64_t n) {
    const Result<stats::Proportion> rate = stats::wilson(static_cast<double>(x), static_cast<double>(n));
    if (!rate) return rate.error();
    if (!rate->rate) return nothing("no_data", 0);
    json::object figure{{"value", *rate->rate},
                        {"interval", interval_document(rate->interval, "wilson")},
                        {"n", n},
                        {"n_eligible", n},
                        {"reason", nullptr}};
    if (n < stats::kSmallN) figure["badges"] = json::array{"small n"};
    return figure;
}

Result<std::string> figure_of(std::string_view metric, const sdk::Tallies& tallies,
                              std::string_view request_json) {
    const Result<std::int64_t> as_of = day_asked_for(request_json);
    if (!as_of) return as_of.error();
    if (tallies.days() == 0)
        return Error{ErrorCode::invalid, "summarise: expected the counters of one day, found none"};
    for (const TimeMetric& one : kTimes)
        if (one.id == metric) return text_of(time_figure(one.stage, tallies, *as_of));
    for (const RateMetric& one : kRates)
        if (one.id == metric) return text_of(one.figure(tallies));
    return Error{ErrorCode::not_found, "this plugin has no metric " + std::string(metric)};
}

}  // namespace candour::loop_health
