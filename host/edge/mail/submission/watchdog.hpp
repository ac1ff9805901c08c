/// A deadline for whatever a coroutine is doing: when it passes, `bark` runs (it closes the socket) and the
/// operation fails by itself. One timer is re-used for every step, so arming costs two assignments.
#pragma once
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "flow/task.hpp"

namespace candour::mail {

namespace asio = boost::asio;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, flow::Executor>;

class Watchdog {
 public:
    Watchdog(flow::Executor executor, std::function<void()> bark);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    void arm(std::chrono::milliseconds patience);
    void rest();
    bool barked() const;

 private:
    struct State;
    static void wait(std::shared_ptr<State> state);
    std::shared_ptr<State>
        state_;  ///< shared with the pending wait, which may outlive us by one turn of the loop
};

}  // namespace candour::mail
