#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <unordered_set>

#include "edge/mail/intake/session.hpp"

namespace candour::mail {
namespace {

using boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, flow::Executor>;
using Endpoint = asio::generic::stream_protocol::endpoint;

/// Out of file descriptors: sessions must end before the next can begin.
constexpr std::chrono::milliseconds kAcceptPause{100};

/// What a host that died left behind. A socket at which somebody answers is another host's.
void remove_stale_socket(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
    asio::io_context io;
    asio::local::stream_protocol::socket probe(io);
    error_code refused;
    probe.connect(asio::local::stream_protocol::endpoint(path), refused);
    if (refused == asio::error::connection_refused) ::unlink(path.c_str());
}

Result<Endpoint> endpoint_of(const IntakeConfig& config) {
    if (!config.path.empty()) {
        if (config.path.size() > 100)
            return Error{ErrorCode::invalid,
                         "the path of a UNIX socket has at most 100 characters: " + config.path};
        return Endpoint(asio::local::stream_protocol::endpoint(config.path));
    }
    error_code no_address;
    const auto address = asio::ip::make_address(config.address, no_address);
    if (no_address) return Error{ErrorCode::invalid, "expected an IP address, found " + config.address};
    return Endpoint(asio::ip::tcp::endpoint(address, config.port));
}

}  // namespace

class LmtpServer::Body {
 public:
    Body(asio::io_context& io, IntakeConfig config, Receive receive,
         std::function<void(std::string_view)> report)
        : io_(io), acceptor_(io), pause_(io), emptied_(io), report_(std::move(report)) {
        shared_->config = std::move(config);
        shared_->receive = std::move(receive);
    }
    ~Body() { remove_own_socket(); }

    Done listen();
    std::uint16_t port() const;
    void start();
    flow::Task<std::size_t> stop(std::chrono::milliseconds grace);
    const IntakeCounters& counters() const { return shared_->counters; }

 private:
    flow::Task<void> accept_all();
    void take_in(IntakeSocket socket);
    void leave(IntakeSession* session);
    void remove_own_socket();

    asio::io_context& io_;
    Acceptor acceptor_;
    Timer pause_;
    Timer emptied_;
    std::function<void(std::string_view)> report_;
    const std::shared_ptr<IntakeShared> shared_ = std::make_shared<IntakeShared>();
    std::unordered_set<IntakeSession*> sessions_;
    bool bound_ = false;
};

Done LmtpServer::Body::listen() {
    const std::string place = where(shared_->config);
    const Result<Endpoint> endpoint = endpoint_of(shared_->config);
    if (!endpoint) return Error{endpoint.error().code, "mail.intake.lmtp: " + endpoint.error().message};
    if (!shared_->config.path.empty()) remove_stale_socket(shared_->config.path);
    error_code error;
    acceptor_.open(endpoint->protocol(), error);
    if (!error && shared_->config.path.empty())
        acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(*endpoint, error);
    bound_ = !error && !shared_->config.path.empty();
    // The mail server is another user; its folder says who may come as far as the socket.
    if (bound_) ::chmod(shared_->config.path.c_str(), 0666);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) return done();
    error_code ignored;
    acceptor_.close(ignored);
    return Error{ErrorCode::unavailable,
                 "cannot take mail at " + place + ": " + error.message() +
                     "; choose another address (mail.intake.lmtp) or stop the program that uses it"};
}

std::uint16_t LmtpServer::Body::port() const {
    if (!shared_->config.path.empty()) return 0;
    error_code ignored;
    const Endpoint here = acceptor_.local_endpoint(ignored);
    asio::ip::tcp::endpoint address;
    if (here.size() > address.capacity()) return 0;
    std::memcpy(address.data(), here.data(), here.size());
    return address.port();
}

void LmtpServer::Body::start() {
    asio::co_spawn(io_, accept_all(), [this](const std::exception_ptr& failure) {
        if (failure) report_("the LMTP server ended by a fault");
    });
}

flow::Task<void> LmtpServer::Body::accept_all() {
    bool troubled = false;
    while (acceptor_.is_open()) {
        error_code error;
        auto token = asio::redirect_error(flow::use_task, error);
        IntakeSocket socket = co_await acceptor_.async_accept(token);
        if (!error) {
            troubled = false;
            take_in(std::move(socket));
            continue;
        }
        if (!acceptor_.is_open()) break;
        if (!troubled) report_("cannot accept LMTP sessions for now: " + error.message());
        troubled = true;
        pause_.expires_after(kAcceptPause);
        error_code ignored;
        auto wait = asio::redirect_error(flow::use_task, ignored);
        co_await pause_.async_wait(wait);
    }
}

void LmtpServer::Body::take_in(IntakeSocket socket) {
    const bool full = shared_->counters.open >= shared_->config.max_sessions;
    auto session = std::make_shared<IntakeSession>(std::move(socket), shared_);
    IntakeSession& guest = *session;
    ++(full ? shared_->counters.turned_away : shared_->counters.sessions);
    ++shared_->counters.open;
    sessions_.insert(&guest);
    const auto gone = [this, session](const std::exception_ptr& failure) {
        if (failure) report_("an LMTP session ended by a fault");
        leave(session.get());
    };
    asio::co_spawn(io_, full ? guest.turn_away() : guest.serve(), gone);
}

void LmtpServer::Body::leave(IntakeSession* session) {
    sessions_.erase(session);
    --shared_->counters.open;
    if (shared_->draining && sessions_.empty()) emptied_.cancel();
}

void LmtpServer::Body::remove_own_socket() {
    if (std::exchange(bound_, false)) ::unlink(shared_->config.path.c_str());
}

flow::Task<std::size_t> LmtpServer::Body::stop(std::chrono::milliseconds grace) {
    error_code ignored;
    acceptor_.close(ignored);
    remove_own_socket();
    pause_.cancel();
    shared_->draining = true;
    for (IntakeSession* session : sessions_) session->drain();
    emptied_.expires_after(grace);
    auto token = asio::redirect_error(flow::use_task, ignored);
    if (!sessions_.empty()) co_await emptied_.async_wait(token);
    for (IntakeSession* session : sessions_) session->abort();
    co_return sessions_.size();
}

LmtpServer::LmtpServer(asio::io_context& io, IntakeConfig config, Receive receive,
                       std::function<void(std::string_view)> report)
    : body_(std::make_unique<Body>(io, std::move(config), std::move(receive), std::move(report))) {}
LmtpServer::~LmtpServer() = default;

Done LmtpServer::listen() {
    return body_->listen();
}
std::uint16_t LmtpServer::port() const {
    return body_->port();
}
void LmtpServer::start() {
    body_->start();
}
flow::Task<std::size_t> LmtpServer::stop(std::chrono::milliseconds grace) {
    return body_->stop(grace);
}
const IntakeCounters& LmtpServer::counters() const {
    return body_->counters();
}

}  // namespace candour::mail
