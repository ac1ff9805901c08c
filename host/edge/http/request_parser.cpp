#include "edge/http/request_parser.hpp"

#include <algorithm>

#include "edge/http/encoding.hpp"

namespace candour::http {

namespace {

/// Browsers send about fifteen, proxies add a handful.
constexpr std::size_t kMaxHeaderLines = 100;
/// A client's promise of a large body gets no memory before the bytes are there.
constexpr std::uint64_t kReservedBody = 64 * 1024;

Method method_of(beast::http::verb verb) {
    switch (verb) {
        case beast::http::verb::get:
            return Method::get;
        case beast::http::verb::head:
            return Method::head;
        case beast::http::verb::post:
            return Method::post;
        case beast::http::verb::put:
            return Method::put;
        case beast::http::verb::patch:
            return Method::patch;
        case beast::http::verb::delete_:
            return Method::del;
        case beast::http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

RequestParser::RequestParser(std::size_t header_limit) {
    this->header_limit(static_cast<std::uint32_t>(header_limit));
    // Which limit holds is known when the route is; until then the length is only noted.
    body_limit(boost::none);
}

void RequestParser::allow_body(std::size_t limit) {
    body_limit_ = limit;
    body_limit(limit);
    eager(true);
}

std::optional<std::pair<unsigned, std::string>> RequestParser::objection() const {
    using Objection = std::pair<unsigned, std::string>;
    const std::size_t hosts = request.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && version() >= 11))
        return Objection{400, "expected exactly one Host header"};
    if (request.headers.count("Transfer-Encoding") > 0) {
        if (version() < 11) return Objection{400, "HTTP/1.0 has no transfer codings"};
        if (!equal_ignoring_case(request.header("Transfer-Encoding"), "chunked")) {
            return Objection{501, "the only transfer coding known here is chunked"};
        }
    }
    const std::string_view expectation = request.header("Expect");
    if (!expectation.empty() && !equal_ignoring_case(expectation, "100-continue")) {
        return Objection{417, "the only expectation known here is 100-continue"};
    }
    return std::nullopt;
}

bool RequestParser::expects_continue() const {
    return version() >= 11 && !request.header("Expect").empty();
}

std::pair<unsigned, std::string> RequestParser::explain(const beast::error_code& failure) {
    using beast::http::error;
    if (failure == error::body_limit) return {413, "the body is larger than this address accepts"};
    if (failure == error::header_limit)
        return {431, "the header is larger than 16 KiB or has more than 100 lines"};
    if (failure == error::bad_version) return {505, "HTTP/1.1 and HTTP/1.0 are spoken here"};
    return {400, "not HTTP: " + failure.message()};
}

void RequestParser::on_request_impl(beast::http::verb verb, Text, Text target, int version,
                                    beast::error_code&) {
    request.method = method_of(verb);
    target_ = view(target);
    version_ = version;
}

void RequestParser::on_field_impl(beast::http::field, Text name, Text value, beast::error_code& error) {
    // Trailers could contradict what was decided on the header: nobody needs them.
    if (header_complete_) return;
    if (request.headers.size() == kMaxHeaderLines) {
        error = beast::http::error::header_limit;
        return;
    }
    request.headers.add(view(name), view(value));
}

void RequestParser::on_header_impl(beast::error_code&) {
    header_complete_ = true;
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, beast::error_code&) {
    if (length)
        request.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, kReservedBody)));
}

std::size_t RequestParser::on_body_impl(Text body, beast::error_code& error) {
    if (body.size() > body_limit_ - request.body.size()) {
        error = beast::http::error::body_limit;
        return 0;
    }
    request.body += view(body);
    return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, Text, beast::error_code&) {}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, beast::error_code& error) {
    return on_body_impl(body, error);
}

}  // namespace candour::http
