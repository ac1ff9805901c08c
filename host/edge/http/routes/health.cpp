#include "edge/http/routes/health.hpp"

namespace candour::http {
namespace {

void help(std::string& out, const char* name, const char* type, const char* text) {
    out += std::string("# HELP ") + name + " " + text + "\n# TYPE " + name + " " + type + "\n";
}

void sample(std::string& out, const std::string& name, std::uint64_t value) {
    out += name + " " + std::to_string(value) + "\n";
}

void server_samples(std::string& out, const Counters& counters) {
    help(out, "candour_http_requests_total", "counter", "Requests read.");
    sample(out, "candour_http_requests_total", counters.requests);
    help(out, "candour_http_responses_total", "counter", "Answers by first digit of their status.");
    for (int digit = 1; digit < 6; ++digit)
        sample(out, "candour_http_responses_total{class=\"" + std::to_string(digit) + "xx\"}",
               counters.answers[digit]);
    help(out, "candour_http_connections", "gauge", "Open connections.");
    sample(out, "candour_http_connections", counters.open);
    help(out, "candour_http_timeouts_total", "counter", "Connections and requests that took too long.");
    sample(out, "candour_http_timeouts_total", counters.timeouts);
}

/// Label values may hold anything but these three bare.
std::string label(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

}  // namespace

void HealthRoutes::add_to(Router& router) {
    router.add(Method::get, "/healthz", [this](const Request&) { return alive(); });
    router.add(Method::get, "/readyz", [this](const Request&) { return ready(); });
    router.add(Method::get, "/metrics", [this](const Request&) { return metrics(); });
}

flow::Task<Response> HealthRoutes::alive() {
    co_return Response::text(200, "alive\n");
}

flow::Task<Response> HealthRoutes::ready() {
    auto asking = needs_.items.counts();
    Result<std::vector<flow::StateCount>> counts = co_await std::move(asking);
    if (counts) co_return Response::text(200, "ready\n");
    co_return Response::text(503, "not ready: " + counts.error().message + "\n");
}

/// The portfolio's headline. A figure that is not there has no sample: a gauge of 0 would be a lie.
flow::Task<void> HealthRoutes::add_figures(std::string& out) {
    std::string values, bounds, counts, lags;
    for (const flow::MetricInfo& metric : needs_.figures.metrics()) {
        flow::FigureQuery query;
        query.metric = metric.id;
        auto asking = needs_.figures.answer(std::move(query));
        const Result<flow::FigureAnswer> answer = co_await std::move(asking);
        if (!answer) continue;
        const flow::Figure& figure = answer->rows.front().figure;
        const std::string name = "metric=\"" + label(metric.id) + "\"";
        if (figure.value) values += "candour_figure{" + name + "} " + std::to_string(*figure.value) + "\n";
        if (figure.low)
            bounds +=
                "candour_figure_bound{" + name + ",bound=\"low\"} " + std::to_string(*figure.low) + "\n";
        if (figure.high)
            bounds +=
                "candour_figure_bound{" + name + ",bound=\"high\"} " + std::to_string(*figure.high) + "\n";
        sample(counts, "candour_figure_n{" + name + "}", static_cast<std::uint64_t>(figure.n));
        sample(lags, "candour_figure_lag{" + name + "}", static_cast<std::uint64_t>(answer->lag));
    }
    help(out, "candour_figure", "gauge", "The portfolio's figure, in the metric's own unit.");
    out += values;
    help(out, "candour_figure_bound", "gauge", "The figure's interval.");
    out += bounds;
    help(out, "candour_figure_n", "gauge", "What the figure was computed from.");
    out += counts;
    help(out, "candour_figure_lag", "gauge", "Committed observations that the figure does not know yet.");
    out += lags;
}

flow::Task<void> HealthRoutes::add_mails(std::string& out) {
    auto asking = needs_.mails.waiting();
    const Result<std::vector<flow::MailCount>> counts = co_await std::move(asking);
    if (!counts) co_return;
    help(out, "candour_mails_waiting", "gauge",
         "Mails that came in and wait: to be read, or (held, dead_lettered) for a person.");
    for (const flow::MailState state : {flow::MailState::received, flow::MailState::read,
                                        flow::MailState::held, flow::MailState::dead_lettered}) {
        std::int64_t mails = 0;
        for (const flow::MailCount& count : *counts) mails += count.state == state ? count.mails : 0;
        sample(
            out,
            "candour_mails_waiting{state=\"" + std::string(core::name_of(flow::kMailStates, state)) + "\"}",
            static_cast<std::uint64_t>(mails));
    }
}

flow::Task<Response> HealthRoutes::metrics() {
    std::string out;
    if (const Counters* counters = needs_.counters()) server_samples(out, *counters);
    auto asking = needs_.items.counts();
    Result<std::vector<flow::StateCount>> counts = co_await std::move(asking);
    help(out, "candour_up", "gauge", "1 when the database answers.");
    sample(out, "candour_up", counts ? 1 : 0);
    help(out, "candour_items", "gauge", "Items by state.");
    for (const flow::StateCount& count : counts.value_or({}))
        sample(out, "candour_items{state=\"" + std::string(core::name_of(core::kStates, count.state)) + "\"}",
               static_cast<std::uint64_t>(count.items));
    help(out, "candour_plugin_running", "gauge", "1 when the plugin runs.");
    for (const flow::PluginStanding& plugin : needs_.plugins.plugins())
        sample(out, "candour_plugin_running{plugin=\"" + label(plugin.id) + "\"}",
               plugin.state == "running" ? 1 : 0);
    auto counting = add_mails(out);
    co_await std::move(counting);
    auto measuring = add_figures(out);
    co_await std::move(measuring);
    Response response = Response::text(200, std::move(out));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    co_return response;
}

}  // namespace candour::http
