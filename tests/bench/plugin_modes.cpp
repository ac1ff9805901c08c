/// What it costs to keep a plugin in a process of its own: `plugin_modes [--rows N]`. The same library in the
/// host, in a worker and in the sandbox: its start, an event that asks the host twice, and a metric over many
/// answers.
#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "candour/measure.hpp"
#include "edge/plugin/library.hpp"
#include "edge/plugin/worker.hpp"
#include "fake_host.hpp"

namespace candour::plugin {
namespace {

using Clock = std::chrono::steady_clock;

double since_us(Clock::time_point from) {
    return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}
double middle(std::vector<double>& of) {
    std::sort(of.begin(), of.end());
    return of[of.size() / 2];
}

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "plugin_modes: %s\n", why.c_str());
    std::exit(1);
}

/// A plugin that was created and started, wherever it lives.
class Lodger {
 public:
    Lodger(const char* mode, const std::filesystem::path& folder) {
        const Result<Manifest> manifest = read_manifest(folder);
        if (!manifest) give_up(manifest.error().message);
        host_.grant("kv");
        const Clock::time_point from = Clock::now();
        if (std::string_view(mode) == "in_process")
            plugin_ = take(open_library(*manifest));
        else
            move_out(mode, *manifest);
        sdk::Failure failure;
        const cdr_status created = plugin_->create(host_.raw(), &self_, failure.out());
        if (created != CDR_OK) give_up(failure.take(created).message);
        if (plugin_->start(self_, nullptr) != CDR_OK) give_up("start failed");
        started_in_us = since_us(from);
    }
    ~Lodger() {
        plugin_->stop(self_, CDR_NEVER, nullptr);
        plugin_->destroy(self_);
        if (worker_) worker_->retire();
    }
    Lodger(const Lodger&) = delete;
    Lodger& operator=(const Lodger&) = delete;

    double event_us(const char* kind) {
        const cdr_call call{sizeof(cdr_call), 1, 1, CDR_NEVER};
        sdk::Buffer reply;
        const Clock::time_point from = Clock::now();
        const cdr_status status =
            plugin_->on_event(self_, &call, sdk::to_view(kind), sdk::to_view("{}"), reply.out(), nullptr);
        const double took = since_us(from);
        if (status != CDR_OK) give_up("the event failed");
        return took;
    }
    const cdr_metric& metric() {
        return *static_cast<const cdr_metric*>(plugin_->query(self_, sdk::to_view(CDR_ROLE_METRIC)));
    }
    void* self() { return self_; }

    double started_in_us = 0;

 private:
    template <class T>
    static T take(Result<T> result) {
        if (!result) give_up(result.error().message);
        return std::move(*result);
    }
    void move_out(const std::string& mode, const Manifest& manifest) {
        worker_ = take(Worker::spawn(CANDOUR_WORKER));
        remote::Confinement walls;
        walls.sandbox = mode == "sandbox";
        walls.readable = {"/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache", manifest.library.parent_path()};
        (void)take(worker_->confine(walls));
        (void)take(worker_->load({expected_of(manifest), 1}));
        plugin_ = Worker::descriptor();
        self_ = worker_->self_of();
    }

    sdk::testing::FakeHost host_;
    std::shared_ptr<Worker> worker_;
    const cdr_plugin* plugin_ = nullptr;
    void* self_ = nullptr;
};

void starts(const char* mode) {
    std::vector<double> took;
    for (int i = 0; i < 20; ++i) took.push_back(Lodger(mode, FIXTURES "/captive").started_in_us);
    std::printf("  %-11s start                              p50 %9.1f us%s\n", mode, middle(took),
                std::string_view(mode) == "sandbox" ? "   goal: under 20 ms" : "");
}

void events(const char* mode) {
    Lodger lodger(mode, FIXTURES "/captive");
    std::vector<double> took;
    for (int i = 0; i < 20'000; ++i) took.push_back(lodger.event_us("two"));
    std::printf("  %-11s event with two calls of the host   p50 %9.2f us   %s\n", mode, middle(took),
                std::string_view(mode) == "in_process" ? "goal: under 1 us" : "goal: under 60 us");
}

/// A step as the host takes it (flow/metrics/cursor.hpp): ten thousand rows of a thousand contacts.
constexpr std::int64_t kRows = 10'000, kEach = 10;
/// So many that they do not stay in a cache, as those that come from a database do not.
constexpr std::size_t kSteps = 64;

struct Step {
    std::vector<std::int64_t> rows, evaluations;
    explicit Step(std::int64_t salt) {
        constexpr std::int64_t kDay = 20'000;
        for (std::int64_t i = 0; i < kRows; ++i)
            rows.insert(rows.end(), {0, kDay - kEach + i % kEach, i, i, (i * 7 + salt) % 11, i % 2, 0, 0});
        for (std::int64_t i = 0; i < kRows; i += kEach)
            evaluations.insert(evaluations.end(), {i, kEach, kDay});
    }
};

cdr_bytes bytes_of(const std::vector<std::int64_t>& cells) {
    return {reinterpret_cast<const std::uint8_t*>(cells.data()), cells.size() * sizeof(std::int64_t)};
}

double rows_per_second(const char* mode, std::int64_t rows) {
    Lodger lodger(mode, PLUGINS "/relationship_nps");
    std::vector<Step> steps;
    for (std::size_t i = 0; i < kSteps; ++i) steps.emplace_back(static_cast<std::int64_t>(i));
    const cdr_call call{sizeof(cdr_call), 1, 1, CDR_NEVER};
    const cdr_metric& metric = lodger.metric();
    const Clock::time_point from = Clock::now();
    for (std::int64_t done = 0; done < rows; done += kRows) {
        const Step& step = steps[static_cast<std::size_t>(done / kRows) % kSteps];
        sdk::Buffer states;
        if (metric.unit(lodger.self(), &call, sdk::to_view("relationship_nps"), bytes_of(step.rows),
                        bytes_of(step.evaluations), states.out(), nullptr) != CDR_OK)
            give_up("unit failed");
    }
    return static_cast<double>(rows) / since_us(from) * 1e6;
}

/// In rounds, so that whatever else this machine does meets all of them; what counts is how the modes compare
/// within a round.
void metrics(std::int64_t rows) {
    constexpr int kRounds = 9;
    constexpr const char* modes[] = {"in_process", "worker", "sandbox"};
    std::vector<double> speeds[3], shares[3];
    for (int round = 0; round < kRounds; ++round)
        for (std::size_t i = 0; i < 3; ++i) {
            speeds[i].push_back(rows_per_second(modes[i], rows / kRounds));
            shares[i].push_back(speeds[i].back() / speeds[0].back());
        }
    for (std::size_t i = 0; i < 3; ++i)
        std::printf("  %-11s metric, unit over %lld rows     %9.1f million rows/s, %.2f of in process%s\n",
                    modes[i], static_cast<long long>(rows), middle(speeds[i]) / 1e6, middle(shares[i]),
                    i == 2 ? "   goal: 0.7" : "");
}

}  // namespace
}  // namespace candour::plugin

int main(int count, char** arguments) {
    std::int64_t rows = 10'000'000;
    if (count == 3 && std::string_view(arguments[1]) == "--rows") rows = std::atoll(arguments[2]);
    if (rows < 1 || count == 2 || count > 3) {
        std::fprintf(stderr, "usage: plugin_modes [--rows N], such as --rows 100000000\n");
        return 2;
    }
    std::printf("plugins in the host, in a worker, in the sandbox\n");
    for (const char* mode : {"in_process", "worker", "sandbox"}) candour::plugin::starts(mode);
    for (const char* mode : {"in_process", "worker", "sandbox"}) candour::plugin::events(mode);
    candour::plugin::metrics(rows);
    return 0;
}
