/// The line to a host under which both ways of asking lie: names resolved, connected, and with https the
/// certificate and its host name checked.
#pragma once
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <chrono>
#include <functional>

#include "edge/http/client.hpp"
#include "flow/task.hpp"

namespace candour::http {

class ClientLine {
 public:
    using Stream = boost::beast::basic_stream<boost::asio::ip::tcp, flow::Executor>;
    using TlsStream = boost::beast::ssl_stream<Stream>;

    ClientLine(boost::asio::io_context& io, HostPlace place);

    /// Only addresses that `admits` says yes to are connected to; of a name that has no other one, `open`
    /// fails with permission_denied.
    void restrict_to(std::function<bool(const boost::asio::ip::address&)> admits) {
        admits_ = std::move(admits);
    }
    /// `patience` is for all of it and goes on for what follows, until `wait_for` sets another.
    flow::Task<boost::beast::error_code> open(std::chrono::milliseconds patience);
    void wait_for(std::chrono::milliseconds patience) { stream_.next_layer().expires_after(patience); }
    /// Somebody answered, whatever came of it.
    bool connected() const { return connected_; }

    /// Runs `talk` on the stream that is in use.
    template <class Talk>
    flow::Task<void> with_stream(Talk& talk) {
        return place_.tls ? talk(stream_) : talk(stream_.next_layer());
    }

 private:
    flow::Task<boost::beast::error_code> shake_hands();

    HostPlace place_;
    std::function<bool(const boost::asio::ip::address&)> admits_;
    boost::asio::ip::basic_resolver<boost::asio::ip::tcp, flow::Executor> resolver_;
    boost::asio::ssl::context tls_;
    TlsStream stream_;
    bool connected_ = false;
};

}  // namespace candour::http
