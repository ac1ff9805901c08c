/// The clocks a host can run on.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "flow/clock.hpp"

namespace candour::app {

class SystemClock final : public flow::Clock {
 public:
    core::Instant now() const override;
    flow::Task<void> wait_until(core::Instant at) override;
};

/// Stands still until a test moves it through a UNIX socket. One line in, one line out:
///     now             -> the clock in microseconds
///     set US          -> moves it there
///     advance US      -> moves it on
class TestClock final : public flow::Clock {
 public:
    TestClock(boost::asio::io_context& io, const std::string& socket_path);
    ~TestClock() override;

    core::Instant now() const override { return now_; }
    flow::Task<void> wait_until(core::Instant at) override;
    /// Accepts tests until cancelled.
    flow::Task<void> listen();

 private:
    class Acceptor;
    flow::Task<void> obey(std::shared_ptr<void> socket);
    std::string answer(const std::string& line);
    void move_to(core::Instant at);

    core::Instant now_;
    std::unique_ptr<Acceptor> acceptor_;
    struct Waiter;
    std::vector<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace candour::app
