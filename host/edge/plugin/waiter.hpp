/// A place where one coroutine of the io thread sleeps until somebody on the io thread wakes it.
#pragma once
#include <memory>
#include <utility>

#include "flow/task.hpp"

namespace candour::plugin {

class Waiter {
 public:
    /// At most one at a time.
    flow::Task<void> wait() {
        Arrive arrive{this};
        return flow::asio::async_initiate<const flow::asio::use_awaitable_t<flow::Executor>, void()>(
            std::move(arrive), flow::use_task);
    }
    bool occupied() const { return sleeper_ != nullptr; }
    /// Runs the coroutine up to its next wait, within this call.
    void wake() {
        if (const std::unique_ptr<Sleeper> sleeper = std::move(sleeper_)) sleeper->wake();
    }

 private:
    struct Sleeper {
        virtual ~Sleeper() = default;
        virtual void wake() = 0;
    };
    /// Boost 1.81 has no type-erased completion handler yet.
    template <class Handler>
    struct SleeperOf final : Sleeper {
        explicit SleeperOf(Handler&& h) : handler(std::move(h)) {}
        void wake() override { std::move(handler)(); }
        Handler handler;
    };
    struct Arrive {
        template <class Handler>
        void operator()(Handler&& handler) {
            using Kept = SleeperOf<std::decay_t<Handler>>;
            place->sleeper_ = std::make_unique<Kept>(std::forward<Handler>(handler));
        }
        Waiter* place;
    };
    std::unique_ptr<Sleeper> sleeper_;
};

}  // namespace candour::plugin
