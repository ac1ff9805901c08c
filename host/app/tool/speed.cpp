#include "app/tool/speed.hpp"

#include <algorithm>
#include <chrono>

namespace candour::app::tool {
namespace {

using Clock = std::chrono::steady_clock;
using Cells = std::vector<std::int64_t>;

/// What crosses in one call: as many rows as the host hands over at once.
constexpr std::size_t kRows = 4'096, kRowsOfAContact = 8;

double seconds_since(Clock::time_point began) {
    return std::chrono::duration<double>(Clock::now() - began).count();
}

double median_event(Instance& instance) {
    std::vector<double> took;
    for (int i = 0; i < 501; ++i) {
        const auto began = Clock::now();
        (void)instance.event("candour.bench", "{}");
        took.push_back(seconds_since(began));
    }
    std::ranges::sort(took);
    return took[took.size() / 2] * 1e6;
}

std::optional<double> rows_per_second(Instance& instance, const plugin::Manifest& manifest,
                                      std::size_t rows) {
    const auto metric = std::ranges::find_if(
        manifest.metrics, [](const plugin::MetricSpec& one) { return one.tallies.empty(); });
    if (metric == manifest.metrics.end()) return std::nullopt;
    Cells batch, asks;
    for (std::size_t at = 0; at < kRows; at += kRowsOfAContact) {
        const Cells contact = rows_of(*metric, 20'000, kRowsOfAContact, at);
        batch.insert(batch.end(), contact.begin(), contact.end());
        asks.insert(asks.end(),
                    {static_cast<std::int64_t>(at), static_cast<std::int64_t>(kRowsOfAContact), 20'050});
    }
    const auto began = Clock::now();
    std::size_t done = 0;
    for (; done < rows; done += kRows)
        if (instance.unit(metric->id, batch, asks).status != CDR_OK) return std::nullopt;
    return static_cast<double>(done) / seconds_since(began);
}

std::optional<double> answers_per_second(Instance& instance, const plugin::Manifest& manifest) {
    if (!manifest.collector) return std::nullopt;
    for (const plugin::Route& route : manifest.collector->routes) {
        if (std::ranges::find(route.methods, "POST") == route.methods.end()) continue;
        constexpr int many = 1'000;
        const auto began = Clock::now();
        for (int i = 0; i < many; ++i)
            (void)instance.submit(route.id, request_json(route, "POST", "key"), {});
        return many / seconds_since(began);
    }
    return std::nullopt;
}

}  // namespace

Speed measure(const Subject& subject, plugin::Mode mode, std::size_t rows) {
    Speed speed;
    speed.mode = core::name_of(plugin::kModes, mode);
    const auto began = Clock::now();
    const Result<std::unique_ptr<Place>> place = Place::open(subject, mode);
    speed.start_ms = seconds_since(began) * 1e3;
    if (!place) {
        speed.trouble = place.error().message;
        return speed;
    }
    Instance& instance = (*place)->instance();
    instance.lend_plainly();
    speed.event_us = median_event(instance);
    speed.rows_per_second = rows_per_second(instance, subject.manifest, rows);
    speed.answers_per_second = answers_per_second(instance, subject.manifest);
    return speed;
}

}  // namespace candour::app::tool
