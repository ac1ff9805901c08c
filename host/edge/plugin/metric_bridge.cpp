#include "edge/plugin/metric_bridge.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <cstring>

#include "candour/border.hpp"
#include "core/metrics/calendar.hpp"
#include "edge/plugin/json_schema.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxFigure = 256 * 1024;

const JsonSchema& figure_schema() {
    static const JsonSchema schema(schemas::json::figure_schema_json);
    return schema;
}

Error wrong_figure(const MetricSpec& metric, const std::string& what) {
    return Error{ErrorCode::invalid, "metric " + metric.id + ": " + what};
}

bool all_finite(const json::value& value) {
    if (const double* number = value.if_double()) return std::isfinite(*number);
    if (const json::array* list = value.if_array())
        return std::all_of(list->begin(), list->end(), all_finite);
    if (const json::object* object = value.if_object())
        return std::all_of(object->begin(), object->end(),
                           [](const auto& pair) { return all_finite(pair.value()); });
    return true;
}

std::optional<double> number_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    if (found == nullptr || !found->is_number()) return std::nullopt;
    return found->to_number<double>();
}

json::object request_of(const flow::FigureScope& of, const std::vector<core::Day>& as_of) {
    json::array days;
    for (const core::Day day : as_of) days.emplace_back(core::date_text(day));
    json::object scope;
    const auto narrow = [&scope](const char* name, const std::string& value) {
        if (!value.empty()) scope[name] = value;
    };
    narrow("account", of.account);
    narrow("segment", of.segment);
    narrow("level", of.level);
    narrow("owner", of.owner);
    return {{"days", std::move(days)}, {"scope", std::move(scope)}};
}

/// What the schema cannot say. Empty: nothing is wrong_figure.
std::string contradiction(const MetricSpec& metric, const flow::Figure& figure) {
    const auto outside = [&](const std::optional<double>& number) {
        return number && metric.range && (*number < metric.range->first || *number > metric.range->second);
    };
    if (figure.value.has_value() != figure.reason.empty())
        return "expected a value or a reason, found both or neither";
    if (outside(figure.value) || outside(figure.low) || outside(figure.high))
        return "a number lies outside the manifest's range";
    if (figure.low && figure.high && *figure.low > *figure.high)
        return "the interval's low is above its high";
    return {};
}

}  // namespace

Result<flow::Figure> read_figure(const MetricSpec& metric, std::string_view text) {
    if (text.size() > kMaxFigure)
        return wrong_figure(
            metric, "expected a figure of at most 256 KiB, found " + std::to_string(text.size()) + " bytes");
    boost::system::error_code ec;
    json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec) return wrong_figure(metric, "its figure is no JSON: " + ec.message());
    if (!all_finite(document)) return wrong_figure(metric, "its figure holds a number that is not finite");
    if (const auto problems = figure_schema().problems(document); !problems.empty())
        return wrong_figure(metric, "its figure does not fit figure.schema.json: " + problems.front());
    json::object& object = document.get_object();
    flow::Figure figure;
    figure.value = number_at(object, "value");
    figure.n = object.at("n").to_number<std::int64_t>();
    if (const json::value* reason = object.if_contains("reason"); reason != nullptr && reason->is_string())
        figure.reason = std::string(reason->get_string());
    if (const json::value* interval = object.if_contains("interval");
        interval != nullptr && interval->is_object()) {
        figure.low = number_at(interval->get_object(), "low");
        figure.high = number_at(interval->get_object(), "high");
    }
    if (const std::string what = contradiction(metric, figure); !what.empty())
        return wrong_figure(metric, what);
    for (const char* key : {"interval", "n_eligible", "coverage", "reason"}) object.emplace(key, nullptr);
    object["definition_version"] = metric.definition_version;
    figure.document = json::serialize(object);
    return figure;
}

flow::Figure no_figure(const flow::MetricInfo& metric, const std::string& reason, const std::string& why) {
    flow::Figure figure;
    figure.reason = reason;
    const json::object document{{"value", nullptr},
                                {"interval", nullptr},
                                {"n", 0},
                                {"n_eligible", nullptr},
                                {"coverage", nullptr},
                                {"reason", reason},
                                {"why", why},
                                {"definition_version", metric.definition_version}};
    figure.document = json::serialize(document);
    return figure;
}

std::string finalize_request(const flow::FigureAsk& ask) {
    json::object request = request_of(ask.scope, ask.days);
    request["accounts"] = ask.accounts;
    return json::serialize(request);
}

std::string summarise_request(const flow::TallyAsk& ask) {
    return json::serialize(request_of(ask.scope, ask.days));
}

cdr_bytes cells_of(const flow::Numbers& numbers) {
    return {reinterpret_cast<const std::uint8_t*>(numbers.data()), numbers.size() * sizeof(std::int64_t)};
}

void UnitWork::run(Job& job) {
    sdk::Buffer states;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned = role_->unit(self_, &call, sdk::to_view(metric_.id), cells_of(rows_),
                                            cells_of(evaluations_), states.out(), failure.out());
    if (returned != CDR_OK) {
        states_ = failure.take(returned);
        return;
    }
    const std::size_t expected = evaluations_.size() / 3 * (metric_.width + 1);
    const std::string_view found = states.view();
    if (found.size() != expected * sizeof(std::int64_t)) {
        states_ = wrong_figure(metric_, "expected " + std::to_string(expected) + " cells of states, found " +
                                            std::to_string(found.size()) + " bytes");
        return;
    }
    flow::Numbers numbers(expected);
    std::memcpy(numbers.data(), found.data(), found.size());
    states_ = std::move(numbers);
}

Result<flow::Figure> figure_from(FigureSlot slot, void* self, const cdr_call& call, const MetricSpec& metric,
                                 const FigureInput& input) {
    sdk::Buffer figure;
    sdk::Failure failure;
    const cdr_status returned = slot(self, &call, sdk::to_view(metric.id), input.cells,
                                     sdk::to_view(input.request), figure.out(), failure.out());
    if (returned != CDR_OK) return failure.take(returned);
    return read_figure(metric, figure.view());
}

}  // namespace candour::plugin
