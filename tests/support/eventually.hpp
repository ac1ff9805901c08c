/// Waiting for something that can be observed, with a deadline. The only place in the tests that polls:
/// what another process or thread does (a row appears, a port answers) cannot always notify us.
#pragma once
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <thread>

namespace candour::support {

/// Generous, because a loaded machine is slow and a passing test never waits for it.
inline constexpr std::chrono::milliseconds kPatience{20'000};

/// True as soon as `condition()` is, false when the deadline passed first.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds patience = kPatience) {
    constexpr std::chrono::milliseconds pause{2};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= deadline) return condition();
        std::this_thread::sleep_for(pause);  // allowed: between two looks at the condition
    }
    return true;
}

/// The same for work on an io_context that nobody else runs: its handlers run here until the condition holds.
template <class Condition>
bool eventually(boost::asio::io_context& context, Condition condition,
                std::chrono::milliseconds patience = kPatience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        if (context.stopped()) context.restart();
        context.run_one_for(std::chrono::milliseconds{5});
    }
    return true;
}

}  // namespace candour::support
