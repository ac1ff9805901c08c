#include "app/serve.hpp"

#include <boost/asio.hpp>

#include <iostream>

#include "app/host.hpp"
#include "edge/store/migrate.hpp"
#include "log/log.hpp"

namespace candour::app {
namespace {

int refuse(const std::string& why) {
    std::cerr << "candour: " << why << "\n";
    return 1;
}

std::unique_ptr<flow::Clock> make_clock(boost::asio::io_context& io, const ServeOptions& options) {
    if (options.test_clock.empty()) return std::make_unique<SystemClock>();
    auto clock = std::make_unique<TestClock>(io, options.test_clock);
    boost::asio::co_spawn(io.get_executor(), clock->listen(), [](const std::exception_ptr&) {});
    return clock;
}

/// Stops once: the second signal ends the process at once.
flow::Task<void> stop_on_signal(Host& host, boost::asio::io_context& io) {
    const flow::Executor executor = co_await boost::asio::this_coro::executor;
    boost::asio::basic_signal_set<flow::Executor> signals(executor, SIGINT, SIGTERM);
    const int signal = co_await signals.async_wait(flow::use_task);
    log::info("stopping on signal {}", signal);
    signals.clear();
    auto stopping = host.stop();
    co_await std::move(stopping);
    io.stop();
}

/// Whoever renews certificates says so by SIGHUP, as to any other server.
flow::Task<void> renew_on_signal(Host& host) {
    const flow::Executor executor = co_await boost::asio::this_coro::executor;
    boost::asio::basic_signal_set<flow::Executor> signals(executor, SIGHUP);
    for (;;) {
        co_await signals.async_wait(flow::use_task);
        host.renew_certificate();
    }
}

flow::Task<void> run(Host& host, boost::asio::io_context& io, const Config& config, int& exit_code) {
    auto starting = host.start();
    Done started = co_await std::move(starting);
    if (!started) {
        exit_code = refuse(started.error().message);
        io.stop();
        co_return;
    }
    boost::asio::co_spawn(io.get_executor(), renew_on_signal(host), [](const std::exception_ptr&) {});
    std::cout << "Candour serves " << (config.tls ? "https://" : "http://") << config.address << ":"
              << host.port() << "/\n"
              << std::flush;
    auto waiting = stop_on_signal(host, io);
    co_await std::move(waiting);
}

}  // namespace

std::vector<ServedRoute> served_routes(const Config& config, const ServeOptions& options) {
    const Result<store::Target> target = store::Target::parse(config.database);
    if (!target) return {};
    boost::asio::io_context io(1);
    SystemClock clock;
    const Host host(io, clock, config, *target, options);
    std::vector<ServedRoute> routes;
    for (const auto& route : host.routes().routes())
        routes.push_back({std::string(core::name_of(http::kMethods, route->method)), route->pattern,
                          std::string(core::name_of(http::kAudiences, route->options.audience))});
    return routes;
}

int serve(const Config& config, const ServeOptions& options) {
    if (!options.test_clock.empty() && !config.test)
        return refuse("--test-clock is for tests: it needs `test = true` in the configuration");
    const Result<store::Target> target = store::Target::parse(config.database);
    if (!target) return refuse(target.error().message);
    if (Done schema = store::check_schema(*target); !schema) return refuse(schema.error().message);
    log::set_up("info");
    if (const std::string wrong = raise_open_files(config.limits.max_connections); !wrong.empty())
        log::warn("{}", wrong);
    boost::asio::io_context io(1);
    const std::unique_ptr<flow::Clock> clock = make_clock(io, options);
    int exit_code = 0;
    {
        Host host(io, *clock, config, *target, options);
        boost::asio::co_spawn(io.get_executor(), run(host, io, config, exit_code),
                              [&](const std::exception_ptr& failure) {
                                  if (!failure) return;
                                  exit_code = refuse("the host ended with an exception");
                                  io.stop();
                              });
        io.run();
    }
    return exit_code;
}

}  // namespace candour::app
