#include <algorithm>
#include <atomic>
#include <thread>

#include "app/tool/exercise.hpp"
#include "app/tool/footprint.hpp"

namespace candour::app::tool {
namespace {

using Steady = std::chrono::steady_clock;

Verdict parallel(const Subject& subject) {
    if (!subject.manifest.parallel) return skipped("it is serial: a host never calls it twice at once");
    return on_running(subject, [&](Bench&, Instance& instance) {
        instance.call_from_many_threads();
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < std::clamp<std::size_t>(subject.manifest.max_concurrency, 2, 8); ++i)
            threads.emplace_back([&] {
                for (int round = 0; round < 50; ++round)
                    for (const Answer& answer : instance.everything())
                        wrong += answer.refused.empty() ? 0 : 1;
            });
        for (std::thread& thread : threads) thread.join();
        return wrong == 0 ? passed(std::to_string(threads.size()) + " threads")
                          : failed("answers are torn when calls overlap");
    });
}

Verdict memory(const Subject& subject) {
    return on_running(subject, [&](Bench&, Instance& instance) {
        for (int i = 0; i < 50; ++i) (void)instance.everything();
        const std::size_t before = resident_kib();
        for (int i = 0; i < 300; ++i) (void)instance.everything();
        const std::size_t grown = resident_kib() > before ? resident_kib() - before : 0;
        return grown < 8 * 1024
                   ? passed(std::to_string(resident_kib() / 1024) + " MiB in all")
                   : failed("300 rounds of the same calls left " + std::to_string(grown) + " KiB behind");
    });
}

Verdict latency(const Subject& subject) {
    return on_running(subject, [&](Bench&, Instance& instance) {
        std::vector<Steady::duration> took;
        for (int i = 0; i < 200; ++i) {
            const auto began = Steady::now();
            const std::size_t calls = instance.everything().size();
            took.push_back((Steady::now() - began) / static_cast<int>(std::max<std::size_t>(calls, 1)));
        }
        std::ranges::sort(took);
        const auto in_us = [](Steady::duration time) {
            return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(time).count()) +
                   " us";
        };
        const std::string found = "median " + in_us(took[100]) + ", one in a hundred " + in_us(took[198]);
        return took[198] < subject.manifest.limits.call / 10
                   ? passed(found)
                   : failed(found + ": too near to call_timeout_ms of the manifest");
    });
}

}  // namespace

std::vector<Case> run_cases() {
    return {
        {"run.parallel", 7, "calls that overlap give what they give one after the other", parallel},
        {"run.memory", 8, "the same calls again and again need no more memory", memory},
        {"run.latency", 8, "calls stay far from their time limit", latency},
    };
}

}  // namespace candour::app::tool
