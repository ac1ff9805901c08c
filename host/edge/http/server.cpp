#include "edge/http/server.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <unordered_set>

#include "edge/http/connection.hpp"
#include "edge/http/wire.hpp"

namespace candour::http {

namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, flow::Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, flow::Executor>;

/// Those who are told 503 and given time to read it; beyond this many they are just closed.
constexpr std::size_t kTurnedAwayAtOnce = 64;
/// Out of file descriptors: connections must end before the next can begin.
constexpr std::chrono::milliseconds kAcceptPause{100};

std::chrono::milliseconds tick_for(const Patience& patience) {
    const auto shortest = std::min(
        {patience.idle, patience.header, patience.body, patience.handler, patience.writing, patience.linger});
    return std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{1000});
}

std::string describe(std::exception_ptr thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "something that is no exception was thrown";
    }
}

}  // namespace

class Server::Body {
 public:
    Body(asio::io_context& io, const Router& router, ServerOptions options)
        : io_(io),
          acceptor_(io),
          clock_hand_(io),
          accept_pause_(io),
          emptied_(io),
          serving_{router, std::move(options), {}, {}, {}, std::chrono::steady_clock::now()} {
        serving_.tick = tick_for(serving_.options.patience);
        look_at_clock();
    }

    Done listen();
    std::uint16_t port() const;
    void start();
    flow::Task<std::size_t> stop(std::chrono::milliseconds grace);
    const Counters& counters() const { return serving_.counters; }
    void speak_tls(std::shared_ptr<TlsCredentials> credentials) {
        serving_.options.tls = std::move(credentials);
    }

 private:
    flow::Task<void> accept_all();
    flow::Task<void> move_clock_hand();
    void take_in(Socket socket);
    void leave(Connection* connection, std::exception_ptr thrown);
    void look_at_clock();

    asio::io_context& io_;
    Acceptor acceptor_;
    Timer clock_hand_;
    Timer accept_pause_;
    Timer emptied_;
    Serving serving_;
    std::unordered_set<Connection*> connections_;
    std::size_t turned_away_now_ = 0;
    bool stopped_ = false;
};

Done Server::Body::listen() {
    const ServerOptions& options = serving_.options;
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    const std::string where = options.address + ":" + std::to_string(options.port);
    if (error)
        return Error{ErrorCode::invalid, "listen address: expected an IP address, found " + options.address};
    const asio::ip::tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) return done();
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    return Error{ErrorCode::unavailable, "cannot listen on " + where + ": " + error.message() +
                                             "; choose another address or stop the program that uses it"};
}

std::uint16_t Server::Body::port() const {
    boost::system::error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
}

void Server::Body::start() {
    const auto settle = [this](std::exception_ptr thrown) {
        if (thrown && !stopped_)
            serving_.report("the HTTP server lost one of its loops: " + describe(thrown));
    };
    asio::co_spawn(io_, accept_all(), settle);
    asio::co_spawn(io_, move_clock_hand(), settle);
}

flow::Task<void> Server::Body::accept_all() {
    bool troubled = false;
    while (acceptor_.is_open()) {
        boost::system::error_code error;
        auto token = asio::redirect_error(flow::use_task, error);
        Socket socket = co_await acceptor_.async_accept(token);
        if (!error) {
            troubled = false;
            take_in(std::move(socket));
            continue;
        }
        if (!acceptor_.is_open()) break;
        if (!troubled) serving_.report("cannot accept connections for now: " + error.message());
        troubled = true;
        accept_pause_.expires_after(kAcceptPause);
        boost::system::error_code ignored;
        auto pause = asio::redirect_error(flow::use_task, ignored);
        co_await accept_pause_.async_wait(pause);
    }
}

void Server::Body::take_in(Socket socket) {
    const bool full = serving_.counters.open >= serving_.options.max_connections;
    if (full && turned_away_now_ >= kTurnedAwayAtOnce) {
        ++serving_.counters.turned_away;
        return;
    }
    auto connection = std::make_shared<Connection>(std::move(socket), serving_);
    Connection& guest = *connection;
    if (full) {
        ++serving_.counters.turned_away;
        ++turned_away_now_;
        connections_.insert(&guest);
        const auto gone = [this, connection](std::exception_ptr) {
            --turned_away_now_;
            leave(connection.get(), nullptr);
        };
        return asio::co_spawn(io_, guest.turn_away(), gone);
    }
    ++serving_.counters.accepted;
    ++serving_.counters.open;
    connections_.insert(&guest);
    const auto gone = [this, connection](std::exception_ptr thrown) {
        --serving_.counters.open;
        leave(connection.get(), thrown);
    };
    asio::co_spawn(io_, guest.serve(), gone);
}

void Server::Body::leave(Connection* connection, std::exception_ptr thrown) {
    connections_.erase(connection);
    if (thrown) serving_.report("a connection ended by a fault: " + describe(thrown));
    if (serving_.draining && connections_.empty()) emptied_.cancel();
}

flow::Task<void> Server::Body::move_clock_hand() {
    while (!stopped_) {
        clock_hand_.expires_after(serving_.tick);
        boost::system::error_code ignored;
        auto token = asio::redirect_error(flow::use_task, ignored);
        co_await clock_hand_.async_wait(token);
        look_at_clock();
        for (Connection* connection : connections_) connection->expire();
    }
}

void Server::Body::look_at_clock() {
    serving_.now = std::chrono::steady_clock::now();
    serving_.date = http_date(std::time(nullptr));
}

flow::Task<std::size_t> Server::Body::stop(std::chrono::milliseconds grace) {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    serving_.draining = true;
    for (Connection* connection : connections_) connection->drain();
    emptied_.expires_after(grace);
    auto token = asio::redirect_error(flow::use_task, ignored);
    if (!connections_.empty()) co_await emptied_.async_wait(token);
    std::size_t cut_off = 0;
    for (Connection* connection : connections_) {
        if (connection->waits_for_handler()) ++cut_off;
        connection->abort();
    }
    stopped_ = true;
    clock_hand_.cancel();
    co_return cut_off;
}

Server::Server(asio::io_context& io, const Router& router, ServerOptions options)
    : body_(std::make_unique<Body>(io, router, std::move(options))) {}
Server::~Server() = default;

void Server::speak_tls(std::shared_ptr<TlsCredentials> credentials) {
    body_->speak_tls(std::move(credentials));
}
Done Server::listen() {
    return body_->listen();
}
std::uint16_t Server::port() const {
    return body_->port();
}
void Server::start() {
    body_->start();
}
flow::Task<std::size_t> Server::stop(std::chrono::milliseconds grace) {
    return body_->stop(grace);
}
const Counters& Server::counters() const {
    return body_->counters();
}

}  // namespace candour::http
