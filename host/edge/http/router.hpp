/// Which handler answers: a tree of path segments, read in one pass, without regular expressions.
///
/// A pattern is made of segments: text, `{name}` (one non-empty segment) or, last, `{name*}` (all that is
/// left, perhaps nothing, slashes included). Text wins over `{name}`, `{name}` over `{name*}`; a branch that
/// leads nowhere is given up for the next one, so `/c/{plugin}/{rest*}` and `/c/{plugin}/health` live side by
/// side.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "edge/http/message.hpp"
#include "flow/task.hpp"

namespace candour::http {

using Handler = std::function<flow::Task<Response>(Request)>;

/// Who reads the answers of a route decides which protective headers they carry (security_headers.hpp).
enum class Audience : std::uint8_t { api, customer, operator_page, asset };
inline constexpr core::NameTable<Audience, 4> kAudiences{{{Audience::api, "api"},
                                                          {Audience::customer, "customer"},
                                                          {Audience::operator_page, "operator_page"},
                                                          {Audience::asset, "asset"}}};

/// One mail with attachments fits; an endless upload does not.
inline constexpr std::size_t kApiBody = 512 * 1024;
/// A page's form: at most four texts of a few thousand characters, every one of their bytes escaped.
inline constexpr std::size_t kPageBody = 64 * 1024;

struct RouteOptions {
    Audience audience = Audience::api;
    std::size_t body_limit = kApiBody;
};
inline constexpr RouteOptions kCustomerPage{Audience::customer, kPageBody};
inline constexpr RouteOptions kOperatorPage{Audience::operator_page, kPageBody};
/// What pages load: the same bytes for everybody.
inline constexpr RouteOptions kAsset{Audience::asset, kPageBody};

struct Route {
    Method method;
    std::string pattern;
    Handler handler;
    RouteOptions options;
    std::vector<std::string> names;  ///< of its parameters, in order
};

struct Found {
    const Route* route = nullptr;
    std::vector<PathParameter> parameters;
    /// Without a route: the methods that this path does know, as `Allow` wants them. Empty: nothing lives
    /// here (404).
    std::string allow;
};

class Router {
 public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Throws std::invalid_argument for a malformed pattern or a route that is there already: a fault of the
    /// program.
    Router& add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

    /// `path` is decoded (read_target). HEAD finds the GET route.
    Found find(Method method, std::string_view path) const;
    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
    struct Node;
    struct Search;
    static bool descend(const Node& node, std::string_view rest, Search& search);
    static bool settle(const Node& node, Search& search);

    std::unique_ptr<Node> root_;
    std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace candour::http
