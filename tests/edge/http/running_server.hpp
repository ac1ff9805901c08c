/// A server on a free loopback port with a thread of its own, and a client that writes exactly the bytes it
/// is given.
#pragma once
#include <boost/asio.hpp>
#include <future>
#include <string>
#include <thread>

#include "edge/http/server.hpp"

namespace candour::http {

namespace asio = boost::asio;

/// Nothing here waits on time; this only ends a test that would otherwise hang.
inline constexpr std::chrono::seconds kTooLong{20};

class RunningServer {
 public:
    explicit RunningServer(Router router, ServerOptions options = {})
        : router_(std::move(router)), server_(io_, router_, on_any_port(std::move(options))) {
        const Done listening = server_.listen();
        if (!listening) throw std::runtime_error(listening.error().message);
        server_.start();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~RunningServer() {
        stop(std::chrono::milliseconds{0});
        io_.stop();
        thread_.join();
    }

    std::uint16_t port() const { return server_.port(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
    std::size_t stop(std::chrono::milliseconds grace) { return begin_stop(grace).get(); }
    std::future<std::size_t> begin_stop(std::chrono::milliseconds grace) {
        return asio::co_spawn(io_, server_.stop(grace), asio::use_future);
    }

    /// Everything of the server belongs to its thread.
    template <class Question>
    auto ask(Question question) {
        std::packaged_task<decltype(question())()> task(std::move(question));
        auto answer = task.get_future();
        asio::post(io_, [&task] { task(); });
        return answer.get();
    }
    Counters counters() {
        return ask([this] { return server_.counters(); });
    }
    template <class Condition>
    bool comes_true(Condition condition) {
        const auto until = std::chrono::steady_clock::now() + kTooLong;
        while (std::chrono::steady_clock::now() < until) {
            if (condition(counters())) return true;
            std::this_thread::yield();
        }
        return false;
    }
    asio::io_context& io() { return io_; }

 private:
    static ServerOptions on_any_port(ServerOptions options) {
        options.port = 0;
        return options;
    }
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> open_{io_.get_executor()};
    Router router_;
    Server server_;
    std::thread thread_;
};

/// Holds handlers until it is opened. Belongs to the server's thread.
class Gate {
 public:
    explicit Gate(asio::io_context& io) : timer_(io) {
        timer_.expires_at(std::chrono::steady_clock::time_point::max());
    }
    flow::Task<void> pass() {
        ++waiting_;
        boost::system::error_code ignored;
        auto token = asio::redirect_error(flow::use_task, ignored);
        co_await timer_.async_wait(token);
    }
    void open() { timer_.cancel(); }
    int waiting() const { return waiting_; }

 private:
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               flow::Executor>
        timer_;
    int waiting_ = 0;
};

struct RawAnswer {
    int status = 0;
    std::string head;
    std::string body;
    bool has(const std::string& line) const { return head.find("\r\n" + line + "\r\n") != std::string::npos; }
};

class RawClient {
 public:
    explicit RawClient(std::uint16_t port) : socket_(io_) {
        socket_.connect({asio::ip::address_v4::loopback(), port});
        const timeval patience{kTooLong.count(), 0};
        setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }

    RawClient& send(std::string_view bytes) {
        boost::system::error_code error;
        asio::write(socket_, asio::buffer(bytes), error);
        return *this;
    }

    /// Status 0: the connection ended before an answer.
    RawAnswer read(bool with_body = true) {
        RawAnswer answer;
        if (!read_until([this] { return held_.find("\r\n\r\n") != std::string::npos; })) return answer;
        const std::size_t end = held_.find("\r\n\r\n") + 4;
        answer.head = held_.substr(0, end);
        held_.erase(0, end);
        answer.status = std::stoi(answer.head.substr(9, 3));
        const std::size_t at = answer.head.find("Content-Length: ");
        const std::size_t size =
            at == std::string::npos || !with_body ? 0 : std::stoul(answer.head.substr(at + 16));
        if (!read_until([this, size] { return held_.size() >= size; })) answer.status = 0;
        answer.body = held_.substr(0, size);
        held_.erase(0, size);
        return answer;
    }

    /// True when the server has closed and nothing more was said.
    bool is_closed_by_server() {
        read_until([] { return false; });
        return held_.empty() && ended_;
    }
    std::string read_to_end() {
        read_until([] { return false; });
        return held_;
    }
    /// The server may have ended the connection before.
    void finish_sending() {
        boost::system::error_code ended;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ended);
    }

 private:
    template <class Enough>
    bool read_until(Enough enough) {
        std::array<char, 65536> space{};
        while (!enough()) {
            // recv itself, because Asio would wait past SO_RCVTIMEO.
            const auto count = ::recv(socket_.native_handle(), space.data(), space.size(), 0);
            if (count <= 0) {
                ended_ = count == 0 || errno == ECONNRESET;
                return false;
            }
            held_.append(space.data(), static_cast<std::size_t>(count));
        }
        return true;
    }

    asio::io_context io_;
    asio::ip::tcp::socket socket_;
    std::string held_;
    bool ended_ = false;
};

inline Router with(Method method, std::string_view pattern, Handler handler, RouteOptions options = {}) {
    Router router;
    router.add(method, pattern, std::move(handler), options);
    return router;
}

inline flow::Task<Response> echo(Request request) {
    co_return Response::text(200, std::move(request.body));
}

}  // namespace candour::http
