/// Beast's grammar, our values: bytes go in, a Request comes out, without Beast's own message containers
/// between. Included by the connection alone, because Beast's templates are dear to compile.
#pragma once
#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <string>

#include "edge/http/message.hpp"

namespace candour::http {

namespace beast = boost::beast;

class RequestParser final : public beast::http::basic_parser<true> {
 public:
    explicit RequestParser(std::size_t header_limit);

    /// `path` and `query` are not set yet: they are read from `target()` once the header is complete.
    Request request;
    const std::string& target() const { return target_; }
    /// 10 or 11.
    int version() const { return version_; }

    /// To be called between header and body. A chunked body is cut off as soon as it grows past the limit.
    void allow_body(std::size_t limit);
    /// What the header alone forbids: Host, transfer codings, expectations. nullopt: nothing.
    std::optional<std::pair<unsigned, std::string>> objection() const;
    bool expects_continue() const;

    /// Status and words for an error of `put`.
    static std::pair<unsigned, std::string> explain(const beast::error_code& error);

 private:
    using Text = beast::string_view;
    void on_request_impl(beast::http::verb, Text, Text, int, beast::error_code&) override;
    void on_response_impl(int, Text, int, beast::error_code&) override {}
    void on_field_impl(beast::http::field, Text, Text, beast::error_code&) override;
    void on_header_impl(beast::error_code&) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override;
    std::size_t on_body_impl(Text, beast::error_code&) override;
    void on_chunk_header_impl(std::uint64_t, Text, beast::error_code&) override;
    std::size_t on_chunk_body_impl(std::uint64_t, Text, beast::error_code&) override;
    void on_finish_impl(beast::error_code&) override {}

    std::string target_;
    int version_ = 11;
    bool header_complete_ = false;
    std::size_t body_limit_ = 0;
};

}  // namespace candour::http
