#include "edge/http/routes/health.hpp"

namespace candour::http {
namespace {

void help(std::string& out, const char* name, const char* type, const char* text) {
    out += std::string("# HELP ") + name + " " + text + "\n# TYPE " + name + " " + type + "\n";
}

void sample(std::string& out, const std::string& name, std::uint64_t value) { out += name + " " + std::to_string(value) + "\n"; }

void server_samples(std::string& out, const Counters& counters) {
    help(out, "candour_http_requests_total", "counter", "Requests read.");
    sample(out, "candour_http_requests_total", counters.requests);
    help(out, "candour_http_responses_total", "counter", "Answers by first digit of their status.");
    for (int digit = 1; digit < 6; ++digit)
        sample(out, "candour_http_responses_total{class=\"" + std::to_string(digit) + "xx\"}", counters.answers[digit]);
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

flow::Task<Response> HealthRoutes::alive() { co_return Response::text(200, "alive\n"); }

flow::Task<Response> HealthRoutes::ready() {
    auto asking = needs_.items.counts();
    Result<std::vector<flow::StateCount>> counts = co_await std::move(asking);
    if (counts) co_return Response::text(200, "ready\n");
    co_return Response::text(503, "not ready: " + counts.error().message + "\n");
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
        sample(out, "candour_items{state=\"" + std::string(core::name_of(core::kStates, count.state)) + "\"}", static_cast<std::uint64_t>(count.items));
    help(out, "candour_plugin_running", "gauge", "1 when the plugin runs.");
    for (const flow::PluginStanding& plugin : needs_.plugins.plugins())
        sample(out, "candour_plugin_running{plugin=\"" + label(plugin.id) + "\"}", plugin.state == "running" ? 1 : 0);
    Response response = Response::text(200, std::move(out));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    co_return response;
}

}  // namespace candour::http
