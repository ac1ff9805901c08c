#include "edge/http/session_cookie.hpp"

#include "crypto/digest.hpp"
#include "edge/http/encoding.hpp"
#include "edge/http/rate_limit.hpp"

namespace candour::http {
namespace {

/// The prefix makes the browser itself refuse the cookie from a sub-domain or without TLS.
constexpr const char* kTlsName = "__Host-candour";
constexpr const char* kPlainName = "candour";
constexpr std::size_t kCookieChars = 64;

/// `https://feedback.example.com/…` → `https://feedback.example.com`
std::string_view origin_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    return url.substr(0, url.find('/', scheme + 3));
}

std::string_view authority_of(std::string_view origin) {
    const std::size_t scheme = origin.find("://");
    return scheme == std::string_view::npos ? std::string_view{} : origin.substr(scheme + 3);
}

Error not_ours(std::string_view from) {
    return {ErrorCode::denied, "this request was made by another site (" + std::string(from) +
                                   "); sign in there with a token of its own instead"};
}

}  // namespace

bool SessionCookie::by_tls(const Request& request) const {
    return public_url_.starts_with("https://") || came_by_tls(request, proxies_);
}

std::optional<std::string> SessionCookie::secret_in(const Request& request) const {
    const std::string_view wanted = by_tls(request) ? kTlsName : kPlainName;
    std::string_view rest = request.header("Cookie");
    while (!rest.empty()) {
        const std::string_view pair = trim(rest.substr(0, rest.find(';')));
        rest.remove_prefix(std::min(
            rest.size(), rest.find(';') == std::string_view::npos ? rest.size() : rest.find(';') + 1));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != wanted) continue;
        const std::string_view value = pair.substr(equals + 1);
        if (value.size() == kCookieChars) return std::string(value);
    }
    return std::nullopt;
}

std::string SessionCookie::line(const Request& request, const std::string& value,
                                std::chrono::seconds lifetime) const {
    const bool tls = by_tls(request);
    return std::string(tls ? kTlsName : kPlainName) + "=" + value +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(lifetime.count()) +
           (tls ? "; Secure" : "");
}

void SessionCookie::give(Response& response, const Request& request, const std::string& secret,
                         std::chrono::seconds lifetime) const {
    response.set("Set-Cookie", line(request, secret, lifetime));
}

void SessionCookie::take_away(Response& response, const Request& request) const {
    response.set("Set-Cookie", line(request, "", std::chrono::seconds(0)));
}

std::string SessionCookie::digest_of(const std::string& secret) {
    return crypto::to_hex(crypto::sha256(secret));
}

std::string SessionCookie::press_token(const std::string& secret) {
    return crypto::to_hex(crypto::hmac_sha256(secret, "press")).substr(0, 32);
}

/// Every browser of today says where a request comes from; one that says nothing at all is not believed.
Done SessionCookie::from_our_page(const Request& request) const {
    const std::string_view site = request.header("Sec-Fetch-Site"), origin = request.header("Origin");
    if (!site.empty() && site != "same-origin") return not_ours(site);
    if (origin.empty()) {
        if (!site.empty()) return done();
        return Error{ErrorCode::denied,
                     "expected Sec-Fetch-Site or Origin, as browsers send them; programs use a token: "
                     "candour token create"};
    }
    const bool ours = authority_of(origin) == request.header("Host") || origin == origin_of(public_url_);
    return ours ? done() : Done(not_ours(origin));
}

Done SessionCookie::is_press(const Request& request, const std::string& secret) const {
    if (request.method == Method::get || request.method == Method::head) return done();
    if (Done ours = from_our_page(request); !ours) return ours;
    if (crypto::equal_in_constant_time(request.header(kPressHeader), press_token(secret))) return done();
    return Error{ErrorCode::denied, std::string("expected the header ") + kPressHeader +
                                        " with the press_token of GET /api/v1/me; reload the page"};
}

std::string SessionCookie::address_of(const Request& request) const {
    return std::string(client_address(request, proxies_));
}

}  // namespace candour::http
