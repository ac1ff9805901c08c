/// A real LMTP server of ours on a thread of its own, and a client that says exactly what it is told to.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <future>
#include <mutex>
#include <thread>

#include "edge/mail/intake.hpp"
#include "support/eventually.hpp"

namespace candour::mail {

class RunningLmtp {
 public:
    explicit RunningLmtp(IntakeConfig config = {})
        : server_(
              io_, std::move(config), [this](flow::ArrivedMail mail) { return receive(std::move(mail)); },
              report()) {
        const Done bound = server_.listen();
        if (!bound) throw std::runtime_error(bound.error().message);
        port_ = server_.port();
        server_.start();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~RunningLmtp() {
        stop();
        io_.stop();
        thread_.join();
    }

    std::uint16_t port() const { return port_; }
    std::vector<flow::ArrivedMail> mails() const {
        const std::lock_guard lock(mutex_);
        return mails_;
    }
    /// From now on nothing can be kept.
    void fail_with(ErrorCode code) {
        const std::lock_guard lock(mutex_);
        failure_ = Error{code, "the store is away"};
    }
    void recover() {
        const std::lock_guard lock(mutex_);
        failure_.reset();
    }
    /// Mails that arrive are kept only when `let_go` is called.
    void hold() { held_ = true; }
    void let_go() { held_ = false; }
    bool holding() const { return waiting_; }
    /// Returns how many sessions were cut off.
    std::size_t stop(std::chrono::milliseconds grace = std::chrono::seconds{5}) {
        return begin_stop(grace).get();
    }
    std::future<std::size_t> begin_stop(std::chrono::milliseconds grace = std::chrono::seconds{5}) {
        auto promise = std::make_shared<std::promise<std::size_t>>();
        boost::asio::co_spawn(
            io_, server_.stop(grace),
            [promise](const std::exception_ptr&, std::size_t cut) { promise->set_value(cut); });
        return promise->get_future();
    }
    IntakeCounters counters() {
        std::promise<IntakeCounters> promise;
        boost::asio::post(io_, [&] { promise.set_value(server_.counters()); });
        return promise.get_future().get();
    }

 private:
    static std::function<void(std::string_view)> report() {
        return [](std::string_view) {};
    }
    flow::Task<Done> receive(flow::ArrivedMail mail) {
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>, flow::Executor>
            timer(io_.get_executor());
        while (held_) {
            waiting_ = true;
            timer.expires_after(std::chrono::milliseconds{1});
            co_await timer.async_wait(flow::use_task);
        }
        waiting_ = false;
        const std::lock_guard lock(mutex_);
        if (failure_) co_return *failure_;
        mails_.push_back(std::move(mail));
        co_return done();
    }

    boost::asio::io_context io_{1};
    // Also when nobody is left to be served: stopping is work for this thread.
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> more_{io_.get_executor()};
    mutable std::mutex mutex_;
    std::vector<flow::ArrivedMail> mails_;
    std::optional<Error> failure_;
    std::atomic<bool> held_{false}, waiting_{false};
    LmtpServer server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

class LmtpClient {
 public:
    explicit LmtpClient(std::uint16_t port) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        greeting = line();
    }
    void send(const std::string& bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }
    /// "" when the server has hung up.
    std::string line() {
        boost::system::error_code ended;
        boost::asio::read_until(socket_, received_, "\r\n", ended);
        if (ended) return {};
        std::istream in(&received_);
        std::string text;
        std::getline(in, text);
        text.pop_back();
        return text;
    }
    /// The last line of the reply.
    std::string reply() {
        std::string text = line();
        while (text.size() > 3 && text[3] == '-') text = line();
        return text;
    }
    std::string ask(const std::string& command) {
        send(command + "\r\n");
        return reply();
    }
    void open(const std::string& recipient = "reply@house.example") {
        ask("LHLO test");
        ask("MAIL FROM:<ada@example.org>");
        ask("RCPT TO:<" + recipient + ">");
    }
    std::string deliver(const std::string& content) {
        ask("DATA");
        send(content + ".\r\n");
        return reply();
    }

    std::string greeting;

 private:
    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_{io_};
    boost::asio::streambuf received_;
};

}  // namespace candour::mail
