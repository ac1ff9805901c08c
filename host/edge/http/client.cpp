#include "edge/http/client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "edge/http/client_line.hpp"

namespace candour::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

using WireRequest = beast::http::request<beast::http::string_body>;
using WireParser = beast::http::response_parser<beast::http::string_body>;

ErrorCode code_of(unsigned status) {
    switch (status) {
        case 404:
        case 410:
            return ErrorCode::not_found;
        case 401:
        case 403:
            return ErrorCode::denied;
        case 409:
        case 412:
            return ErrorCode::conflict;
        case 429:
            return ErrorCode::exhausted;
        case 501:
            return ErrorCode::unsupported;
        case 503:
            return ErrorCode::unavailable;
        case 504:
            return ErrorCode::deadline;
        default:
            return status < 500 ? ErrorCode::invalid : ErrorCode::internal;
    }
}

}  // namespace

/// One request on one connection of its own.
class Exchange {
 public:
    Exchange(asio::io_context& io, const Client& client, const ClientRequest& request)
        : client_(client), line_(io, client.place_) {
        prepare(request);
    }
    /// On the stream that the line uses.
    template <class Stream>
    flow::Task<void> operator()(Stream& stream);

    flow::Task<void> run();
    Result<ClientAnswer> take() { return std::move(result_); }

 private:
    void prepare(const ClientRequest& request);
    void conclude(const beast::error_code& error);
    void keep_answer();

    const Client& client_;
    ClientLine line_;
    WireRequest request_;
    WireParser parser_;
    beast::flat_buffer buffer_;
    beast::error_code error_;
    Result<ClientAnswer> result_;
};

void Exchange::prepare(const ClientRequest& request) {
    request_.method_string(core::name_of(kMethods, request.method));
    request_.target(request.target);
    request_.version(11);
    request_.set(beast::http::field::host, client_.place_.text());
    request_.set(beast::http::field::accept, "application/json");
    request_.set(beast::http::field::connection, "close");
    const std::string& token = client_.options_.bearer_token;
    if (!token.empty()) request_.set(beast::http::field::authorization, "Bearer " + token);
    for (const Header& header : request.headers) request_.set(header.name, header.value);
    request_.body() = request.body;
    if (!request.body.empty()) request_.set(beast::http::field::content_type, request.content_type);
    request_.prepare_payload();
    parser_.body_limit(client_.options_.answer_limit);
    parser_.skip(request.method == Method::head);
}

flow::Task<void> Exchange::run() {
    auto opening = line_.open(client_.options_.timeout);
    error_ = co_await std::move(opening);
    if (!error_) {
        auto talking = line_.with_stream(*this);
        co_await std::move(talking);
    }
    conclude(error_);
}

template <class Stream>
flow::Task<void> Exchange::operator()(Stream& stream) {
    auto writing = asio::redirect_error(flow::use_task, error_);
    co_await beast::http::async_write(stream, request_, writing);
    // A refusal (413) may come while we are still writing; then the answer is worth more than the broken
    // pipe.
    if (error_ == beast::error::timeout) co_return;
    auto reading = asio::redirect_error(flow::use_task, error_);
    co_await beast::http::async_read(stream, buffer_, parser_, reading);
}

void Exchange::conclude(const beast::error_code& error) {
    const std::string where = client_.base_url();
    if (parser_.is_done()) return keep_answer();
    if (error == beast::error::timeout) {
        result_ = Error{ErrorCode::deadline, "the host at " + where + " did not answer within " +
                                                 std::to_string(client_.options_.timeout.count()) +
                                                 " ms; what was asked may still be done"};
    } else if (!line_.connected()) {
        result_ = Error{ErrorCode::unavailable, "no Candour host answers at " + where + ": " +
                                                    error.message() + "; start it with candour serve"};
    } else if (error == beast::http::error::end_of_stream || error == asio::error::connection_reset) {
        result_ = Error{ErrorCode::unavailable,
                        "the host at " + where + " closed the connection without an answer"};
    } else {
        result_ =
            Error{ErrorCode::corrupt, "what answers at " + where + " is not understood: " + error.message()};
    }
}

void Exchange::keep_answer() {
    auto message = parser_.release();
    ClientAnswer answer{message.result_int(), {}, {}};
    for (const auto& field : message) {
        const auto name = field.name_string();
        const auto value = field.value();
        answer.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    }
    answer.body = std::move(message.body());
    result_ = std::move(answer);
}

Result<Client> Client::at(std::string_view base_url, ClientOptions options) {
    const auto url = boost::urls::parse_uri(base_url);
    const auto refused = [base_url](std::string_view why) {
        return Error{ErrorCode::invalid,
                     "host address: expected http://host:port or https://host:port, found " +
                         std::string(base_url) + " (" + std::string(why) + ")"};
    };
    if (!url) return refused("not a URL");
    const std::string scheme(url->scheme());
    if (scheme != "http" && scheme != "https") return refused("another scheme");
    const std::string path(url->encoded_path());
    if ((!path.empty() && path != "/") || url->has_query() || url->has_fragment() || url->has_userinfo()) {
        return refused("only scheme, host and port belong here");
    }
    Client client;
    const auto host = url->host_address();
    client.place_.host.assign(host.data(), host.size());
    if (client.place_.host.empty()) return refused("no host");
    client.place_.tls = scheme == "https";
    const auto port = url->port();
    client.place_.port.assign(port.data(), port.size());
    if (client.place_.port.empty()) client.place_.port = client.place_.tls ? "443" : "80";
    client.place_.certificate_file = options.certificate_file;
    client.options_ = std::move(options);
    return client;
}

std::string Client::base_url() const {
    return (place_.tls ? "https://" : "http://") + place_.text();
}

Result<ClientAnswer> Client::send(const ClientRequest& request) const {
    asio::io_context io(1);
    std::string failure;
    try {
        Exchange exchange(io, *this, request);
        const auto keep_failure = [](std::exception_ptr thrown) {
            if (thrown) std::rethrow_exception(thrown);
        };
        asio::co_spawn(io, exchange.run(), keep_failure);
        io.run();
        return exchange.take();
    } catch (const std::exception& thrown) {
        failure = thrown.what();
    }
    return Error{ErrorCode::internal, "the request to " + base_url() + " failed: " + failure};
}

Error error_of(const ClientAnswer& answer) {
    const ErrorCode code = code_of(answer.status);
    boost::system::error_code unreadable;
    const boost::json::value body = boost::json::parse(answer.body, unreadable);
    const auto text = [&body](const char* name) -> std::string {
        const auto* object = body.if_object();
        const auto* member = object == nullptr ? nullptr : object->if_contains(name);
        return member != nullptr && member->is_string() ? std::string(member->as_string()) : std::string{};
    };
    if (!unreadable && !text("detail").empty()) return {code, text("detail")};
    if (!unreadable && !text("title").empty()) return {code, text("title")};
    return {code, "the host answered with status " + std::to_string(answer.status)};
}

}  // namespace candour::http
