#include "edge/http/guest_line.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

namespace candour::http {

GuestLine::GuestLine(Socket socket, ssl_ctx_st* context) : socket_(std::move(socket)) {
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    if (context != nullptr) tls_ = std::make_unique<TlsSession>(context, socket_.native_handle());
}

std::string GuestLine::peer() const {
    boost::system::error_code gone;
    const auto endpoint = socket_.remote_endpoint(gone);
    return gone ? std::string{} : endpoint.address().to_string();
}

flow::Task<std::size_t> GuestLine::read_raw(asio::mutable_buffer space, boost::system::error_code& error) {
    auto token = asio::redirect_error(flow::use_task, error);
    return socket_.async_read_some(space, token);
}

flow::Task<std::size_t> GuestLine::read_some(asio::mutable_buffer space, boost::system::error_code& error) {
    return tls_ ? read_tls(space, error) : read_raw(space, error);
}

flow::Task<std::size_t> GuestLine::read_tls(asio::mutable_buffer space, boost::system::error_code& error) {
    // A descriptor that was closed may be somebody else's by now.
    while (socket_.is_open()) {
        const std::size_t count = tls_->read(space.data(), space.size(), error);
        if (error == boost::system::errc::wrong_protocol_type) break;
        if (error != asio::error::would_block) {
            // Somebody who sends without a pause must not keep everybody else waiting.
            auto turn = asio::post(socket_.get_executor(), flow::use_task);
            co_await std::move(turn);
            co_return count;
        }
        const auto direction = tls_->wants_to_write() ? Socket::wait_write : Socket::wait_read;
        auto token = asio::redirect_error(flow::use_task, error);
        co_await socket_.async_wait(direction, token);
        if (error) co_return 0;
    }
    if (!socket_.is_open()) {
        error = asio::error::operation_aborted;
        co_return 0;
    }
    tls_.reset();
    misplaced_ = true;
    auto plainly = read_raw(space, error);
    const std::size_t count = co_await std::move(plainly);
    co_return count;
}

std::size_t GuestLine::write_some(std::string_view head, std::string_view body,
                                  boost::system::error_code& error) {
    if (tls_ && socket_.is_open()) return tls_->write(head.empty() ? body : head, error);
    const std::array<asio::const_buffer, 2> rest{asio::buffer(head), asio::buffer(body)};
    return body.empty() ? socket_.write_some(rest[0], error) : socket_.write_some(rest, error);
}

flow::Task<void> GuestLine::wait_for_room(boost::system::error_code& error) {
    auto token = asio::redirect_error(flow::use_task, error);
    return socket_.async_wait(tls_ && !tls_->wants_to_write() ? Socket::wait_read : Socket::wait_write,
                              token);
}

void GuestLine::end() {
    if (tls_ && socket_.is_open()) tls_->end();
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void GuestLine::close() {
    if (tls_ && socket_.is_open()) tls_->end();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace candour::http
