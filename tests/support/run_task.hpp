/// Runs one coroutine to its end on an io_context that nobody else runs, and gives back what it returned.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "flow/task.hpp"
#include "support/eventually.hpp"

namespace candour::support {

/// Throws what the task throws, and a runtime_error when it is not done within `patience`.
template <class T>
T run_task(boost::asio::io_context& context, flow::Task<T> task,
           std::chrono::milliseconds patience = kPatience) {
    struct Outcome {
        bool done = false;
        std::exception_ptr failure;
    } outcome;
    const auto finish = [&outcome](std::exception_ptr failure) {
        outcome.failure = std::move(failure);
        outcome.done = true;
    };
    const auto settle = [&] {
        if (!eventually(
                context, [&] { return outcome.done; }, patience))
            throw std::runtime_error("the task was not done when its deadline passed");
        if (outcome.failure) std::rethrow_exception(outcome.failure);
    };
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(context, std::move(task), finish);
        settle();
    } else {
        std::optional<T> value;
        const auto keep = [&](std::exception_ptr failure, T result) {
            value.emplace(std::move(result));
            finish(std::move(failure));
        };
        boost::asio::co_spawn(context, std::move(task), keep);
        settle();
        return std::move(*value);
    }
}

}  // namespace candour::support
