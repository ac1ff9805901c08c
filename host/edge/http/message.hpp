/// A request and a response as the rest of the host sees them: plain values, no Beast.
#pragma once
#include <array>
#include <boost/json/fwd.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/names.hpp"
#include "edge/http/forms.hpp"

namespace candour::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };
inline constexpr std::size_t kMethodCount = 8;

inline constexpr core::NameTable<Method, 7> kMethods{{
    {Method::get, "GET"},
    {Method::head, "HEAD"},
    {Method::post, "POST"},
    {Method::put, "PUT"},
    {Method::patch, "PATCH"},
    {Method::del, "DELETE"},
    {Method::options, "OPTIONS"},
}};

struct Header {
    std::string name;
    std::string value;
};

/// All header lines of one message in one string: two allocations, however many lines.
class Headers {
 public:
    void add(std::string_view name, std::string_view value);
    /// The first value, or empty. Names are compared without case.
    std::string_view get(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    std::size_t size() const { return lines_.size(); }

 private:
    struct Line {
        std::uint32_t name_at, name_size, value_at, value_size;
    };
    std::string_view name_of(const Line& line) const;
    std::string_view value_of(const Line& line) const;

    std::string text_;
    std::vector<Line> lines_;
};

struct PathParameter {
    std::string name;
    std::string value;
};

struct Request {
    Method method = Method::get;
    std::string path = "/";  ///< decoded; UTF-8 without control characters, `..` or empty escapes
    std::string query;       ///< raw, without the question mark
    Headers headers;
    std::string body;
    std::string peer;  ///< the address at the other end of the socket, which may be a proxy's
    std::vector<PathParameter> parameters;
    std::string_view pattern{};  ///< of the route that was found; it lives as long as the router
    std::string sees{};          ///< the caller's flow::Sight, for queries; empty: everything
    /// After this the caller has been told 504; work that has not begun is better not begun.
    std::chrono::steady_clock::time_point answer_by = std::chrono::steady_clock::time_point::max();

    bool tls = false;  ///< the other end of the socket speaks TLS with us

    std::string_view header(std::string_view name) const { return headers.get(name); }
    /// What stood in place of `{name}` in the route's pattern; empty when the pattern has no such name.
    std::string_view parameter(std::string_view name) const;
    Result<Form> query_fields() const;
    /// Content type is the caller's to check (`has_content_type`).
    Result<Form> form() const;
};

class BodyStream;

struct Response {
    unsigned status = 204;
    std::string content_type;
    std::vector<Header> headers;
    std::string body;
    /// In place of a body: pieces that come when they come, until the reader goes (body_stream.hpp).
    std::shared_ptr<BodyStream> stream = nullptr;
    /// What was done, in words for the audit log, where Identity writes it down; empty: it was only tried.
    std::optional<std::string> deed = std::nullopt;

    static Response html(unsigned status, std::string body);
    static Response text(unsigned status, std::string body);
    static Response json(unsigned status, std::string body);
    static Response json(unsigned status, const char* body) { return json(status, std::string(body)); }
    static Response json(unsigned status, const boost::json::value& body);
    static Response problem(const Error& error, std::string_view instance = {});
    /// 303: the browser goes on with GET, so that reload never presses a button twice.
    static Response redirect(std::string location);
    static Response empty(unsigned status = 204);

    /// Replaces a header of that name.
    Response& set(std::string_view name, std::string value);
    /// Keeps a header of that name if the handler has already set one.
    Response& set_default(std::string_view name, std::string_view value);
    const std::string* find(std::string_view name) const;
};

}  // namespace candour::http
