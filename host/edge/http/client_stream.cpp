#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "edge/http/client.hpp"
#include "flow/task.hpp"

namespace candour::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

using Stream = beast::basic_stream<asio::ip::tcp, flow::Executor>;
using TlsStream = beast::ssl_stream<Stream>;
using Resolver = asio::ip::basic_resolver<asio::ip::tcp, flow::Executor>;

/// The host says something every fifteen seconds; after three of them in silence it is gone.
constexpr std::chrono::seconds kSilence{45};
constexpr std::size_t kPiece = 16 * 1024;

}  // namespace

/// One answer without an end, piece by piece.
class Listening {
 public:
    Listening(asio::io_context& io, const Client& client, const ClientRequest& request,
              const PieceTaker& take)
        : client_(client),
          take_(take),
          resolver_(io),
          tls_(asio::ssl::context::tls_client),
          stream_(Stream(io), tls_),
          piece_(kPiece, '\0') {
        request_.method_string(core::name_of(kMethods, request.method));
        request_.target(request.target);
        request_.version(11);
        request_.set(beast::http::field::host, client.host_ + ":" + client.port_);
        request_.set(beast::http::field::accept, "text/event-stream");
        if (!client.options_.bearer_token.empty())
            request_.set(beast::http::field::authorization, "Bearer " + client.options_.bearer_token);
        for (const Header& header : request.headers) request_.set(header.name, header.value);
        parser_.body_limit(boost::none);
    }

    flow::Task<void> run() {
        auto resolving = asio::redirect_error(flow::use_task, error_);
        const auto places = co_await resolver_.async_resolve(client_.host_, client_.port_, resolving);
        if (error_) co_return;
        stream_.next_layer().expires_after(client_.options_.timeout);
        auto connecting = asio::redirect_error(flow::use_task, error_);
        co_await stream_.next_layer().async_connect(places, connecting);
        connected_ = !error_;
        if (!error_ && client_.tls_) co_await shake_hands();
        if (!error_ && client_.tls_) co_await talk(stream_);
        if (!error_ && !client_.tls_) co_await talk(stream_.next_layer());
    }

    Result<ClientAnswer> outcome() {
        if (!connected_)
            return Error{ErrorCode::unavailable, "no Candour host answers at " + client_.base_url() + ": " +
                                                     error_.message() + "; start it with candour serve"};
        if (!parser_.is_header_done())
            return Error{ErrorCode::corrupt,
                         "what answers at " + client_.base_url() + " is not understood: " + error_.message()};
        return ClientAnswer{parser_.get().result_int(), {}, std::move(refusal_)};
    }

 private:
    flow::Task<void> shake_hands() {
        tls_.set_default_verify_paths(error_);
        if (error_) co_return;
        stream_.set_verify_mode(asio::ssl::verify_peer);
        stream_.set_verify_callback(asio::ssl::host_name_verification(client_.host_));
        SSL_set_tlsext_host_name(stream_.native_handle(), client_.host_.c_str());
        auto token = asio::redirect_error(flow::use_task, error_);
        co_await stream_.async_handshake(asio::ssl::stream_base::client, token);
    }

    template <class AnyStream>
    flow::Task<void> talk(AnyStream& stream) {
        auto writing = asio::redirect_error(flow::use_task, error_);
        co_await beast::http::async_write(stream, request_, writing);
        if (error_) co_return;
        auto reading = asio::redirect_error(flow::use_task, error_);
        co_await beast::http::async_read_header(stream, buffer_, parser_, reading);
        const bool streams = !error_ && parser_.get().result_int() == 200;
        for (bool more = !error_; more && !parser_.is_done();) {
            parser_.get().body().data = piece_.data();
            parser_.get().body().size = piece_.size();
            stream_.next_layer().expires_after(kSilence);
            auto token = asio::redirect_error(flow::use_task, error_);
            co_await beast::http::async_read_some(stream, buffer_, parser_, token);
            if (error_ == beast::http::error::need_buffer) error_ = {};
            const std::string_view piece(piece_.data(), piece_.size() - parser_.get().body().size);
            if (!streams) refusal_ += piece;
            more = !error_ && (!streams || piece.empty() || take_(piece));
        }
    }

    const Client& client_;
    const PieceTaker& take_;
    Resolver resolver_;
    asio::ssl::context tls_;
    TlsStream stream_;
    beast::http::request<beast::http::empty_body> request_;
    beast::http::response_parser<beast::http::buffer_body> parser_;
    beast::flat_buffer buffer_;
    beast::error_code error_;
    std::string piece_, refusal_;
    bool connected_ = false;
};

Result<ClientAnswer> Client::listen(const ClientRequest& request, const PieceTaker& take) const {
    asio::io_context io(1);
    std::string failure;
    try {
        Listening listening(io, *this, request, take);
        const auto keep_failure = [](std::exception_ptr thrown) {
            if (thrown) std::rethrow_exception(thrown);
        };
        asio::co_spawn(io, listening.run(), keep_failure);
        io.run();
        return listening.outcome();
    } catch (const std::exception& thrown) {
        failure = thrown.what();
    }
    return Error{ErrorCode::internal, "listening to " + base_url() + " failed: " + failure};
}

}  // namespace candour::http
