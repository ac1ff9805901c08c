#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/beast/http.hpp>

#include "edge/http/client_line.hpp"

namespace candour::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

/// The host says something every fifteen seconds; after three of them in silence it is gone.
constexpr std::chrono::seconds kSilence{45};
constexpr std::size_t kPiece = 16 * 1024;

}  // namespace

/// One answer without an end, piece by piece.
class Listening {
 public:
    Listening(asio::io_context& io, const Client& client, const ClientRequest& request,
              const PieceTaker& take)
        : client_(client), take_(take), line_(io, client.place_), piece_(kPiece, '\0') {
        request_.method_string(core::name_of(kMethods, request.method));
        request_.target(request.target);
        request_.version(11);
        request_.set(beast::http::field::host, client.place_.text());
        request_.set(beast::http::field::accept, "text/event-stream");
        if (!client.options_.bearer_token.empty())
            request_.set(beast::http::field::authorization, "Bearer " + client.options_.bearer_token);
        for (const Header& header : request.headers) request_.set(header.name, header.value);
        parser_.body_limit(boost::none);
    }

    flow::Task<void> run() {
        auto opening = line_.open(client_.options_.timeout);
        error_ = co_await std::move(opening);
        if (error_) co_return;
        auto talking = line_.with_stream(*this);
        co_await std::move(talking);
    }
    /// On the stream that the line uses.
    template <class Stream>
    flow::Task<void> operator()(Stream& stream);

    Result<ClientAnswer> outcome() {
        if (!line_.connected())
            return Error{ErrorCode::unavailable, "no Candour host answers at " + client_.base_url() + ": " +
                                                     error_.message() + "; start it with candour serve"};
        if (!parser_.is_header_done())
            return Error{ErrorCode::corrupt,
                         "what answers at " + client_.base_url() + " is not understood: " + error_.message()};
        return ClientAnswer{parser_.get().result_int(), {}, std::move(refusal_), parser_.is_done()};
    }

 private:
    const Client& client_;
    const PieceTaker& take_;
    ClientLine line_;
    beast::http::request<beast::http::empty_body> request_;
    beast::http::response_parser<beast::http::buffer_body> parser_;
    beast::flat_buffer buffer_;
    beast::error_code error_;
    std::string piece_, refusal_;
};

template <class Stream>
flow::Task<void> Listening::operator()(Stream& stream) {
    auto writing = asio::redirect_error(flow::use_task, error_);
    co_await beast::http::async_write(stream, request_, writing);
    if (error_) co_return;
    auto reading = asio::redirect_error(flow::use_task, error_);
    co_await beast::http::async_read_header(stream, buffer_, parser_, reading);
    const bool streams = !error_ && parser_.get().result_int() == 200;
    for (bool more = !error_; more && !parser_.is_done();) {
        parser_.get().body().data = piece_.data();
        parser_.get().body().size = piece_.size();
        line_.wait_for(kSilence);
        auto token = asio::redirect_error(flow::use_task, error_);
        co_await beast::http::async_read_some(stream, buffer_, parser_, token);
        if (error_ == beast::http::error::need_buffer) error_ = {};
        const std::string_view piece(piece_.data(), piece_.size() - parser_.get().body().size);
        if (!streams) refusal_ += piece;
        more = !error_ && (!streams || piece.empty() || take_(piece));
    }
}

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
