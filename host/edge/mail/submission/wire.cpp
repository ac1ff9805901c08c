#include "edge/mail/submission/wire.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

namespace candour::mail {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

/// A reply of several lines fits; a flood is read in pieces and refused by take_reply's limits.
constexpr std::size_t kChunk = 8 * 1024;

std::string endpoint_text(const SubmissionConfig& config) {
    return config.host + ":" + std::to_string(config.port);
}

}  // namespace

Wire::Wire(flow::Executor executor, const SubmissionConfig& config)
    : config_(config), socket_(executor), watchdog_(executor, [this] { close(); }) {}

flow::Task<Done> Wire::connect() {
    error_code failed;
    const auto address = asio::ip::make_address(config_.host, failed);
    if (!failed) {
        const tcp::endpoint endpoint(address, config_.port);
        const auto places =
            tcp::resolver::results_type::create(endpoint, config_.host, std::to_string(config_.port));
        Done connected = co_await connect_to(places);
        co_return connected;
    }
    asio::ip::basic_resolver<tcp, flow::Executor> resolver(socket_.get_executor());
    auto token = asio::redirect_error(flow::use_task, failed);
    const std::string service = std::to_string(config_.port);
    const auto found = co_await resolver.async_resolve(config_.host, service, token);
    if (failed) co_return lost("looking up the name", failed);
    Done connected = co_await connect_to(found);
    co_return connected;
}

flow::Task<Done> Wire::connect_to(const tcp::resolver::results_type& places) {
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    watchdog_.arm(config_.deadlines.connect);
    co_await asio::async_connect(socket_, places, token);
    watchdog_.rest();
    if (failed) co_return lost("connecting", failed);
    no_delay();
    quick_ack();
    co_return done();
}

flow::Task<Done> Wire::encrypt(asio::ssl::context& tls, bool verify) {
    if (unread())
        co_return Error{ErrorCode::corrupt, endpoint_text(config_) + ": data after STARTTLS and before TLS"};
    secure_.emplace(socket_, tls);
    SSL_set_tlsext_host_name(secure_->native_handle(), config_.host.c_str());
    secure_->set_verify_mode(verify ? asio::ssl::verify_peer : asio::ssl::verify_none);
    if (verify) secure_->set_verify_callback(asio::ssl::host_name_verification(config_.host));
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    watchdog_.arm(config_.deadlines.connect);
    co_await secure_->async_handshake(asio::ssl::stream_base::client, token);
    watchdog_.rest();
    if (!failed) co_return done();
    const long verdict = SSL_get_verify_result(secure_->native_handle());
    if (!verify || verdict == X509_V_OK) co_return lost("starting TLS", failed);
    co_return Error{ErrorCode::denied, endpoint_text(config_) + ": the certificate is refused: " +
                                           X509_verify_cert_error_string(verdict)};
}

flow::Task<Written> Wire::write(std::string bytes) {
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    const auto buffer = asio::buffer(bytes);
    std::size_t written = 0;
    watchdog_.arm(config_.deadlines.write);
    if (secure_) {
        written = co_await asio::async_write(*secure_, buffer, token);
    } else {
        written = co_await asio::async_write(socket_, buffer, token);
    }
    watchdog_.rest();
    if (failed) co_return Written{written, lost("sending", failed)};
    co_return Written{written, std::nullopt};
}

flow::Task<Result<Reply>> Wire::reply(std::chrono::milliseconds patience) {
    // One deadline for the whole reply: a server that drips a byte a minute does not renew it.
    watchdog_.arm(patience);
    for (;;) {
        Result<TakenReply> taken = take_reply(std::string_view(received_).substr(read_to_));
        if (!taken || taken->reply) watchdog_.rest();
        if (!taken)
            co_return Error{taken.error().code, endpoint_text(config_) + ": " + taken.error().message};
        read_to_ += taken->used;
        if (taken->reply) co_return *std::move(taken->reply);
        const Done more = co_await receive();
        if (!more) co_return more.error();
    }
}

flow::Task<Done> Wire::receive() {
    received_.erase(0, read_to_);
    read_to_ = 0;
    const std::size_t held = received_.size();
    received_.resize(held + kChunk);
    const auto room = asio::buffer(received_.data() + held, kChunk);
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    std::size_t count = 0;
    if (secure_) {
        count = co_await secure_->async_read_some(room, token);
    } else {
        count = co_await socket_.async_read_some(room, token);
    }
    received_.resize(held + count);
    // The end of the stream inside a reply is a loss, whether TLS was closed properly or cut.
    if (failed) co_return lost("waiting for a reply", failed);
    quick_ack();
    co_return done();
}

Error Wire::lost(std::string_view doing, error_code why) const {
    const std::string where = endpoint_text(config_) + ": ";
    if (watchdog_.barked())
        return Error{ErrorCode::deadline, where + "no progress in time while " + std::string(doing)};
    const bool ended = why == asio::error::eof || why == asio::ssl::error::stream_truncated;
    return Error{ErrorCode::unavailable,
                 where + (ended ? "the connection ended while " : "connection lost while ") +
                     std::string(doing) + (ended ? "" : ": " + why.message())};
}

void Wire::no_delay() {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
}

/// The kernel forgets this option by itself, hence after every read; without it a delayed ACK costs 40 ms a
/// message.
void Wire::quick_ack() {
    const int on = 1;
    ::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

void Wire::close() {
    error_code ignored;
    socket_.close(ignored);
}

Result<std::shared_ptr<asio::ssl::context>> tls_context(const SubmissionConfig& config) {
    auto tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
    error_code failed;
    if (config.ca_file.empty()) {
        tls->set_default_verify_paths(failed);
    } else {
        tls->load_verify_file(config.ca_file, failed);
    }
    if (failed)
        return Error{ErrorCode::invalid,
                     "mail.submission: ca_file: " + config.ca_file + ": " + failed.message()};
    return tls;
}

}  // namespace candour::mail
