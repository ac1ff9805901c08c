/// Durable answers per second (64 keep-alive connections, commit before 2xx) beside the same server's no-op
/// POST, on both databases: `durable_answers BUILD [ROUNDS]`. Rounds are interleaved, because a shared
/// machine drifts.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>

#include "bench/bench_host.hpp"
#include "bench/load.hpp"
#include "support/postgres_server.hpp"

namespace candour::bench {
namespace {

/// More than any of these databases takes in one round.
constexpr std::size_t kAnswers = 200'000;
constexpr int kSeconds = 3;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Series {
    std::vector<double> per_second, ratio, p99, cpu_us;
    std::int64_t refused = 0;
};

void take(Series& series, BenchHost& host, std::vector<std::string> requests, double noop,
          const std::filesystem::path& scratch) {
    const double cpu = host.cpu_seconds();
    const Measured measured = run_wrk({host.url(), std::move(requests), kSeconds}, scratch);
    series.per_second.push_back(measured.per_second);
    series.ratio.push_back(measured.per_second / noop);
    series.p99.push_back(measured.p99_ms);
    series.cpu_us.push_back((host.cpu_seconds() - cpu) * 1e6 /
                            static_cast<double>(std::max<std::int64_t>(measured.answered, 1)));
    series.refused += measured.refused;
}

void print(const char* what, const Series& series, const char* goal) {
    const auto [low, high] = std::minmax_element(series.ratio.begin(), series.ratio.end());
    std::printf(
        "  %-34s %8.0f/s   %.2f of no-op (%.2f..%.2f)   p99 %5.1f ms   %3.0f us CPU each   %lld refused   "
        "%s\n",
        what, median(series.per_second), median(series.ratio), *low, *high, median(series.p99),
        median(series.cpu_us), static_cast<long long>(series.refused), goal);
}

void measure(const char* name, BenchHost& host, int rounds, const char* goal) {
    const support::TempDir scratch("load");
    Series open, personal;
    std::vector<double> noops;
    for (int i = 0; i < rounds; ++i) {
        noops.push_back(run_wrk({host.url(), {}, kSeconds}, scratch.path()).per_second);
        take(open, host, host.open_answers(kAnswers), noops.back(), scratch.path());
        take(personal, host, host.personal_answers(kAnswers), noops.back(), scratch.path());
    }
    std::printf("%s: no-op POST %.0f/s\n", name, median(noops));
    print("open link, a score", open, goal);
    print("personal link, 1 in 10 unhappy", personal, "");
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const std::filesystem::path build = count > 1 ? arguments[1] : "build";
    const int rounds = count > 2 ? std::atoi(arguments[2]) : 5;
    try {
        std::printf("Durable answers, 64 connections, %d interleaved rounds of %d s, medians:\n", rounds,
                    bench::kSeconds);
        {
            bench::BenchHost sqlite(build, "");
            bench::measure("SQLite", sqlite, rounds, "goal 0.40");
        }
        support::PostgresServer server({.durable = true});
        bench::BenchHost postgresql(build, server.url());
        bench::measure("PostgreSQL", postgresql, rounds, "goal 0.30");
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "durable_answers: %s\n", failure.what());
        return 1;
    }
}
