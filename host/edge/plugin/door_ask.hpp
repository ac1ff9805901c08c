/// How a thread of a plugin asks the io thread and waits for the answer.
#pragma once
#include <boost/asio/co_spawn.hpp>

#include "edge/plugin/door.hpp"

namespace candour::plugin {

/// Blocks this thread, never the io thread. The time it takes is the host's and not counted against the
/// plugin.
template <class T>
Result<T> Door::ask(std::function<flow::Task<Result<T>>(Home&)> question, std::chrono::seconds patience) {
    auto promise = std::make_shared<std::promise<Result<T>>>();
    std::future<Result<T>> answer = promise->get_future();
    const bool sent = post([promise, question = std::move(question)](Home& home) {
        boost::asio::co_spawn(
            home.services.io, question(home), [promise](std::exception_ptr failed, Result<T> result) {
                if (failed) result = Error{ErrorCode::internal, "the host failed to serve this call"};
                promise->set_value(std::move(result));
            });
    });
    if (!sent) return Error{ErrorCode::cancelled, plugin_ + ": the host is closing"};
    const HostTime not_the_plugins;
    if (answer.wait_for(patience) != std::future_status::ready)
        return Error{ErrorCode::deadline,
                     "the host did not answer within " + std::to_string(patience.count()) + " seconds"};
    return answer.get();
}

}  // namespace candour::plugin
