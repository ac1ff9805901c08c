/// The metrics of all running plugins, by their ids.
#include <algorithm>

#include "edge/plugin/metric_bridge.hpp"
#include "edge/plugin/registry.hpp"
#include "edge/plugin/tally_bridge.hpp"

namespace candour::plugin {

namespace {

/// What keeps a metric from being computed; empty: nothing.
std::string trouble_of(const Instance& instance, const MetricSpec& metric) {
    if (instance.standing() != Standing::running)
        return "plugin " + instance.manifest().id + " is " +
               std::string(core::name_of(kStandings, instance.standing())) +
               (instance.reason().empty() ? "" : ": " + instance.reason());
    for (const std::string& input : metric.inputs) {
        if (!core::value_of(core::kViews, input)) return "this host has no view " + input + " for metrics";
        if (input != "contacts" && !instance.grants().contains("data:" + input))
            return "plugin " + instance.manifest().id + " holds no grant data:" + input;
    }
    return {};
}

flow::MetricInfo info_of(const Instance& instance, const MetricSpec& metric) {
    flow::MetricInfo info;
    info.id = metric.id;
    info.plugin = instance.manifest().id;
    info.name = metric.name;
    info.unit = metric.unit;
    for (const std::string& input : metric.inputs)
        if (const auto view = core::value_of(core::kViews, input)) info.inputs.push_back(*view);
    info.width = metric.width;
    info.tallies = metric.tallies;
    info.state_version = metric.state_version;
    info.definition_version = metric.definition_version;
    info.also_as_of = metric.also_as_of;
    info.trouble = trouble_of(instance, metric);
    return info;
}

}  // namespace

std::pair<Instance*, const MetricSpec*> Registry::find_metric(std::string_view id) const {
    for (const auto& instance : instances_)
        for (const MetricSpec& metric : instance->manifest().metrics)
            if (metric.id == id) return {instance.get(), &metric};
    return {nullptr, nullptr};
}

std::vector<flow::MetricInfo> Registry::metrics() const {
    std::vector<flow::MetricInfo> all;
    for (const auto& instance : instances_)
        for (const MetricSpec& metric : instance->manifest().metrics)
            if (find_metric(metric.id).second == &metric) all.push_back(info_of(*instance, metric));
    return all;
}

flow::Task<Result<flow::Numbers>> Registry::unit(std::string metric, flow::Numbers rows,
                                                 flow::Numbers evaluations) {
    const auto [instance, spec] = find_metric(metric);
    if (instance == nullptr) co_return Error{ErrorCode::not_found, "no metric is called " + metric};
    Result<flow::Numbers> states = co_await instance->unit(*spec, std::move(rows), std::move(evaluations));
    co_return states;
}

flow::Task<Result<std::vector<flow::Figure>>> Registry::finalize(std::string metric,
                                                                 std::vector<flow::FigureAsk> asks) {
    const auto [instance, spec] = find_metric(metric);
    if (instance == nullptr) co_return Error{ErrorCode::not_found, "no metric is called " + metric};
    Result<std::vector<flow::Figure>> figures = co_await instance->finalize(*spec, std::move(asks));
    co_return figures;
}

flow::Task<Result<flow::Numbers>> Registry::movements(std::string metric, flow::Numbers rows,
                                                      flow::Numbers units) {
    const auto [instance, spec] = find_metric(metric);
    if (instance == nullptr) co_return Error{ErrorCode::not_found, "no metric is called " + metric};
    Result<flow::Numbers> moved = co_await instance->movements(*spec, std::move(rows), std::move(units));
    co_return moved;
}

flow::Task<Result<std::vector<flow::Figure>>> Registry::summarise(std::string metric,
                                                                  std::vector<flow::TallyAsk> asks) {
    const auto [instance, spec] = find_metric(metric);
    if (instance == nullptr) co_return Error{ErrorCode::not_found, "no metric is called " + metric};
    Result<std::vector<flow::Figure>> figures = co_await instance->summarise(*spec, std::move(asks));
    co_return figures;
}

flow::Figure Registry::no_figure(const flow::MetricInfo& metric, const std::string& reason,
                                 const std::string& why) const {
    return plugin::no_figure(metric, reason, why);
}

flow::Task<Result<flow::Numbers>> Instance::unit(const MetricSpec& metric, flow::Numbers rows,
                                                 flow::Numbers evaluations) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("unit", manifest_.limits.call, core::kNever);
    const auto work =
        std::make_shared<UnitWork>(roles_.metric, self_, metric, std::move(rows), std::move(evaluations));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

flow::Task<Result<std::vector<flow::Figure>>> Instance::finalize(const MetricSpec& metric,
                                                                 std::vector<flow::FigureAsk> asks) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("finalize", manifest_.limits.call, core::kNever);
    const auto work = std::make_shared<FigureWork<flow::FigureAsk>>(roles_.metric->finalize, self_, metric,
                                                                    std::move(asks));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

flow::Task<Result<flow::Numbers>> Instance::movements(const MetricSpec& metric, flow::Numbers rows,
                                                      flow::Numbers units) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("movements", manifest_.limits.call, core::kNever);
    const auto work =
        std::make_shared<MovementsWork>(roles_.metric, self_, metric, std::move(rows), std::move(units));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

flow::Task<Result<std::vector<flow::Figure>>> Instance::summarise(const MetricSpec& metric,
                                                                  std::vector<flow::TallyAsk> asks) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("summarise", manifest_.limits.call, core::kNever);
    const auto work = std::make_shared<FigureWork<flow::TallyAsk>>(roles_.metric->summarise, self_, metric,
                                                                   std::move(asks));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

}  // namespace candour::plugin
