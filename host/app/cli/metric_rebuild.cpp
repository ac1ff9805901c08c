#include "app/cli/metric_rebuild.hpp"

#include <boost/asio/co_spawn.hpp>

#include "app/clock.hpp"
#include "app/isolation.hpp"
#include "edge/plugin/registry.hpp"
#include "edge/store/journal.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/outbox.hpp"
#include "edge/store/plugin_state.hpp"
#include "edge/store/tallies.hpp"
#include "flow/metrics/tally_audit.hpp"
#include "zone/civil.hpp"

namespace candour::app::cli {
namespace {

using namespace std::chrono_literals;

/// As much of a host as metrics need.
struct Workshop {
    Workshop(const Config& config, const store::Target& target)
        : policies(std::make_shared<const core::Policies>(config.policies)),
          database(io, target),
          registry(services(config)) {}

    plugin::HostServices services(const Config& config) {
        plugin::HostServices made{io, clock, state, journal, outbox, nullptr, nullptr};
        made.isolation = isolation_of(config, {});
        return made;
    }

    std::shared_ptr<const core::Policies> policies;
    boost::asio::io_context io{1};
    SystemClock clock;
    store::Database database;
    store::PluginState state{database, clock};
    store::Journal journal{database, clock, policies, 0};
    store::Outbox outbox{database, clock};
    store::Metrics metrics{database};
    store::Tallies tallies{database};
    plugin::Registry registry;
    flow::DayOf day_of = [zone = policies->zone](core::Instant at) { return zone::civil_day(at, zone); };
};

/// Counters that several metrics share are looked at once.
bool is_first(const Workshop& shop, const flow::MetricInfo& metric) {
    for (const flow::MetricInfo& one : shop.registry.metrics())
        if (flow::tally_key_of(one).metric == flow::tally_key_of(metric).metric) return one.id == metric.id;
    return true;
}

flow::Task<Result<flow::MetricAudit>> audit_one(Workshop& shop, flow::MetricInfo metric) {
    flow::MetricAuditor contacts(shop.metrics, shop.registry, shop.clock);
    flow::TallyAuditor items(shop.metrics, shop.tallies, shop.registry, shop.day_of);
    auto auditing = metric.tallies.empty() ? contacts.audit(metric) : items.audit(metric);
    Result<flow::MetricAudit> audit = co_await std::move(auditing);
    co_return audit;
}

flow::Task<Result<flow::MetricAudit>> compare(Workshop& shop) {
    flow::MetricAudit all;
    for (const flow::MetricInfo& metric : shop.registry.metrics()) {
        if (!metric.trouble.empty())
            co_return Error{ErrorCode::unavailable, "metric " + metric.id + ": " + metric.trouble};
        if (!metric.tallies.empty() && !is_first(shop, metric)) continue;
        auto auditing = audit_one(shop, metric);
        const Result<flow::MetricAudit> one = co_await std::move(auditing);
        if (!one && one.error().code == ErrorCode::not_found)
            continue;  // never computed: nothing that could be wrong
        if (!one) co_return one.error();
        all.contacts = std::max(all.contacts, one->contacts);
        all.items = std::max(all.items, one->items);
        all.findings.insert(all.findings.end(), one->findings.begin(), one->findings.end());
    }
    co_return all;
}

flow::Task<Done> make_again(Workshop& shop) {
    for (const flow::MetricInfo& metric : shop.registry.metrics()) {
        auto dropping =
            shop.metrics.restart(metric.tallies.empty() ? flow::key_of(metric) : flow::tally_key_of(metric));
        const Done dropped = co_await std::move(dropping);
        if (!dropped) co_return dropped;
    }
    flow::MetricCursor cursor(
        {shop.metrics, shop.registry, shop.clock, shop.day_of, "rebuild", &shop.tallies});
    auto computing = cursor.catch_up();
    const Done computed = co_await std::move(computing);
    if (!computed) co_return computed;
    for (const flow::MetricInfo& metric : shop.registry.metrics())
        if (const std::string why = cursor.trouble(metric.id); !why.empty())
            co_return Error{ErrorCode::invalid, "metric " + metric.id + ": " + why};
    co_return done();
}

flow::Task<Result<flow::MetricAudit>> work(Workshop& shop, std::filesystem::path folder, bool repair) {
    auto loading = shop.registry.load_all(std::move(folder));
    co_await std::move(loading);
    auto comparing = compare(shop);
    Result<flow::MetricAudit> audit = co_await std::move(comparing);
    if (repair) {
        auto making = make_again(shop);
        const Done made = co_await std::move(making);
        if (!made) co_return made.error();
    }
    auto stopping = shop.registry.stop_all(5s);
    co_await std::move(stopping);
    co_return audit;
}

}  // namespace

Result<flow::MetricAudit> rebuild_metrics(const Config& config, const store::Target& target, bool repair) {
    Workshop shop(config, target);
    Result<flow::MetricAudit> audit;
    const auto keep = [&audit](const std::exception_ptr& failure, Result<flow::MetricAudit> found) {
        if (!failure) audit = std::move(found);
    };
    boost::asio::co_spawn(shop.io, work(shop, config.plugin_folder, repair), keep);
    shop.io.run();
    return audit;
}

}  // namespace candour::app::cli
