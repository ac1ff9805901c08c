/// The line to one client: its socket, and on it TLS when the server has a certificate.
#pragma once
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>
#include <string_view>

#include "edge/http/tls.hpp"
#include "flow/task.hpp"

namespace candour::http {

namespace asio = boost::asio;
using Socket = asio::basic_stream_socket<asio::ip::tcp, flow::Executor>;

class GuestLine final {
 public:
    /// Without `context` the line is plain.
    GuestLine(Socket socket, ssl_ctx_st* context);

    /// The address at the other end; empty when it has gone already.
    std::string peer() const;
    bool by_tls() const { return tls_ != nullptr; }
    /// Whoever is there speaks plain HTTP to a server that wants TLS. The line is plain from then on, so that
    /// they can be told.
    bool misplaced() const { return misplaced_; }

    /// 0 with an error: nothing will come any more. `error` belongs to whoever waits.
    flow::Task<std::size_t> read_some(asio::mutable_buffer space, boost::system::error_code& error);
    /// What the kernel takes at once; would_block when that is nothing.
    std::size_t write_some(std::string_view head, std::string_view body, boost::system::error_code& error);
    /// Until `write_some` may take more.
    flow::Task<void> wait_for_room(boost::system::error_code& error);
    /// Nothing more will be said, what comes can still be read as raw bytes.
    void end();
    flow::Task<std::size_t> read_raw(asio::mutable_buffer space, boost::system::error_code& error);
    void close();

 private:
    flow::Task<std::size_t> read_tls(asio::mutable_buffer space, boost::system::error_code& error);

    Socket socket_;
    std::unique_ptr<TlsSession> tls_;
    bool misplaced_ = false;
};

}  // namespace candour::http
