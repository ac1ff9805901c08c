/// The cookie of a browser that signed in, and what proves that a request was made by our own page: another
/// site can make a browser send the cookie, but can neither read the token nor set the header.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edge/http/message.hpp"

namespace candour::http {

/// The header that carries `press_token` with everything that is not a GET.
inline constexpr const char* kPressHeader = "Candour-Press";

class SessionCookie {
 public:
    /// `public_url`: whether it begins with https decides the cookie's name and its `Secure`, unless one of
    /// the `proxies` says otherwise.
    SessionCookie(std::string public_url, std::vector<std::string> proxies)
        : public_url_(std::move(public_url)), proxies_(std::move(proxies)) {}

    /// What the browser brought; nullopt when it brought none.
    std::optional<std::string> secret_in(const Request& request) const;
    void give(Response& response, const Request& request, const std::string& secret,
              std::chrono::seconds lifetime) const;
    void take_away(Response& response, const Request& request) const;

    static std::string digest_of(const std::string& secret);
    /// What our own pages send back in kPressHeader.
    static std::string press_token(const std::string& secret);
    /// Errors: denied: the browser says that another site made the request, or does not say enough.
    Done from_our_page(const Request& request) const;
    /// The same, and it carries the token. Looking needs neither.
    Done is_press(const Request& request, const std::string& secret) const;
    std::string address_of(const Request& request) const;

 private:
    bool by_tls(const Request& request) const;
    std::string line(const Request& request, const std::string& value, std::chrono::seconds lifetime) const;

    std::string public_url_;
    std::vector<std::string> proxies_;
};

}  // namespace candour::http
