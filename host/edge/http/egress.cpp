#include "edge/http/egress.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "core/letters.hpp"
#include "edge/http/client_line.hpp"
#include "edge/http/public_address.hpp"

namespace candour::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr std::size_t kMostHeaders = 16 * 1024;          // bytes
constexpr std::size_t kLongestAnswer = 4 * 1024 * 1024;  // bytes

Error no_url() {
    return Error{ErrorCode::invalid,
                 "egress.fetch /url: expected https://host/… or http://host/…, without a user"};
}

/// Path and query as they go on the wire; the fragment stays here.
std::string target_of(const boost::urls::url_view& url) {
    std::string target(url.encoded_path());
    if (target.empty()) target = "/";
    if (url.has_query()) target += "?" + std::string(url.encoded_query());
    return target;
}

/// One exchange. What it says of a failure names the place, never the path: links and keys stand there.
class Outing {
 public:
    Outing(asio::io_context& io, const flow::EgressRequest& request, const flow::EgressPlace& place,
           bool ours)
        : place_{place.host, place.port, place.tls}, patience_(request.timeout), line_(io, place_) {
        if (!ours) line_.restrict_to(&is_public);
        prepare(request);
    }
    /// On the stream that the line uses.
    template <class Stream>
    flow::Task<void> operator()(Stream& stream) {
        auto writing = asio::redirect_error(flow::use_task, error_);
        co_await beast::http::async_write(stream, request_, writing);
        if (error_ == beast::error::timeout) co_return;
        auto reading = asio::redirect_error(flow::use_task, error_);
        co_await beast::http::async_read(stream, buffer_, parser_, reading);
    }
    flow::Task<Result<flow::EgressAnswer>> run() {
        auto opening = line_.open(patience_);
        error_ = co_await std::move(opening);
        if (!error_) {
            auto talking = line_.with_stream(*this);
            co_await std::move(talking);
        }
        if (!parser_.is_done()) co_return failure();
        co_return answer();
    }

 private:
    void prepare(const flow::EgressRequest& request) {
        const auto url = boost::urls::parse_uri(request.url);
        request_.method_string(request.method);
        request_.target(target_of(*url));
        request_.version(11);
        const bool usual = place_.port == (place_.tls ? "443" : "80");
        const std::string text = place_.text();
        request_.set(beast::http::field::host, usual ? text.substr(0, text.rfind(':')) : text);
        request_.set(beast::http::field::user_agent, "Candour");
        request_.set(beast::http::field::connection, "close");
        for (const auto& [name, value] : request.headers) request_.set(name, value);
        request_.body() = request.body;
        request_.prepare_payload();
        parser_.header_limit(kMostHeaders);
        parser_.body_limit(kLongestAnswer);
        parser_.skip(request.method == "HEAD");
    }
    Error failure() const {
        const std::string where = place_.text();
        if (error_ == boost::system::errc::permission_denied && !line_.connected())
            return Error{ErrorCode::denied, where + " is no address of the world; an operator who wants it " +
                                                "reached lists it in plugins.private_hosts"};
        if (error_ == beast::error::timeout)
            return Error{ErrorCode::deadline,
                         where + " did not answer within " + std::to_string(patience_.count()) + " ms"};
        if (error_ == beast::http::error::body_limit || error_ == beast::http::error::header_limit)
            return Error{ErrorCode::exhausted,
                         where + " answered with more than 4 MiB, or 16 KiB of headers"};
        const bool spoke =
            line_.connected() &&
            error_.category() == beast::http::make_error_code(beast::http::error::end_of_stream).category() &&
            error_ != beast::http::error::end_of_stream;
        if (spoke) return Error{ErrorCode::corrupt, where + " speaks no HTTP: " + error_.message()};
        return Error{ErrorCode::unavailable, where + ": " + error_.message()};
    }
    flow::EgressAnswer answer() {
        auto message = parser_.release();
        flow::EgressAnswer answer{message.result_int(), {}, std::move(message.body())};
        for (const auto& header : message)
            answer.headers.emplace_back(
                core::ascii_lower({header.name_string().data(), header.name_string().size()}),
                std::string(header.value().data(), header.value().size()));
        return answer;
    }

    HostPlace place_;
    std::chrono::milliseconds patience_;
    ClientLine line_;
    beast::http::request<beast::http::string_body> request_;
    beast::http::response_parser<beast::http::string_body> parser_;
    beast::flat_buffer buffer_;
    beast::error_code error_;
};

}  // namespace

Result<flow::EgressPlace> Egress::place_of(std::string_view text) const {
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->has_userinfo()) return no_url();
    const std::string scheme = core::ascii_lower(std::string(url->scheme()));
    if (scheme != "http" && scheme != "https") return no_url();
    flow::EgressPlace place;
    place.tls = scheme == "https";
    const auto host = url->host_address();
    place.host = core::ascii_lower(std::string(host.data(), host.size()));
    if (place.host.ends_with('.')) place.host.pop_back();
    if (place.host.empty()) return no_url();
    const auto port = url->port();
    place.port.assign(port.data(), port.size());
    if (place.port.empty()) place.port = place.tls ? "443" : "80";
    return place;
}

flow::Task<Result<flow::EgressAnswer>> Egress::fetch(flow::EgressRequest request) {
    const Result<flow::EgressPlace> place = place_of(request.url);
    if (!place) co_return place.error();
    Outing outing(io_, request, *place, house_.contains(place->host + ":" + place->port));
    auto running = outing.run();
    Result<flow::EgressAnswer> answer = co_await std::move(running);
    co_return answer;
}

}  // namespace candour::http
