#include "app/clock.hpp"

#include <boost/asio.hpp>

#include <charconv>
#include <filesystem>

namespace candour::app {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, flow::Executor>;
using Socket = asio::basic_stream_socket<stream_protocol, flow::Executor>;

core::Instant system_now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string path_that_is_free(const std::string& path) {
    std::filesystem::remove(path);
    return path;
}

}  // namespace

core::Instant SystemClock::now() const {
    return system_now();
}

flow::Task<void> SystemClock::wait_until(core::Instant at) {
    const flow::Executor executor = co_await asio::this_coro::executor;
    Timer timer(executor);
    // The wall clock may be set: look again every minute.
    for (core::Instant seen = now(); seen < at; seen = now()) {
        timer.expires_after(std::min<std::chrono::microseconds>(at - seen, std::chrono::minutes(1)));
        co_await timer.async_wait(flow::use_task);
    }
}

class TestClock::Acceptor {
 public:
    Acceptor(boost::asio::io_context& io, const std::string& path)
        : acceptor(io.get_executor(), stream_protocol::endpoint(path_that_is_free(path))) {}
    asio::basic_socket_acceptor<stream_protocol, flow::Executor> acceptor;
};

struct TestClock::Waiter {
    explicit Waiter(const flow::Executor& executor, core::Instant until)
        : timer(executor, Timer::time_point::max()), at(until) {}
    Timer timer;
    core::Instant at;
};

TestClock::TestClock(boost::asio::io_context& io, const std::string& socket_path)
    : now_(system_now()), acceptor_(std::make_unique<Acceptor>(io, socket_path)) {}

TestClock::~TestClock() = default;

flow::Task<void> TestClock::wait_until(core::Instant at) {
    const flow::Executor executor = co_await asio::this_coro::executor;
    auto waiter = std::make_shared<Waiter>(executor, at);
    while (now_ < at) {
        waiter->timer.expires_at(Timer::time_point::max());
        waiters_.push_back(waiter);
        boost::system::error_code woken;
        auto token = asio::redirect_error(flow::use_task, woken);
        co_await waiter->timer.async_wait(token);
    }
}

void TestClock::move_to(core::Instant at) {
    now_ = at;
    std::vector<std::shared_ptr<Waiter>> all;
    all.swap(waiters_);
    for (const std::shared_ptr<Waiter>& waiter : all)
        waiter->timer.cancel();  // those that are early wait again
}

std::string TestClock::answer(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string word = line.substr(0, space);
    std::int64_t us = 0;
    if (space != std::string::npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), us);
    if (word == "set") move_to(core::from_us(us));
    if (word == "advance") move_to(now_ + std::chrono::microseconds(us));
    return std::to_string(core::to_us(now_)) + "\n";
}

flow::Task<void> TestClock::listen() {
    const flow::Executor executor = co_await asio::this_coro::executor;
    for (;;) {
        auto socket = std::make_shared<Socket>(executor);
        co_await acceptor_->acceptor.async_accept(*socket, flow::use_task);
        auto obeying = obey(socket);
        asio::co_spawn(executor, std::move(obeying),
                       [](const std::exception_ptr&) {});  // a test that hangs up is done
    }
}

flow::Task<void> TestClock::obey(std::shared_ptr<void> held) {
    Socket& socket = *static_cast<Socket*>(held.get());
    std::string buffer;
    for (;;) {
        auto reading = asio::dynamic_buffer(buffer, 4096);
        const std::size_t size = co_await asio::async_read_until(socket, reading, '\n', flow::use_task);
        const std::string reply = answer(buffer.substr(0, size - 1));
        buffer.erase(0, size);
        auto writing = asio::buffer(reply);
        co_await asio::async_write(socket, writing, flow::use_task);
    }
}

}  // namespace candour::app
