#include "edge/http/security_headers.hpp"

#include <openssl/evp.h>

#include <array>

#include "crypto/digest.hpp"
#include "edge/http/answer_form.hpp"
#include "edge/http/livery.hpp"

namespace candour::http {

namespace {

/// A plugin could make every page's style different; then remembering is worth nothing and must cost nothing.
constexpr std::size_t kRememberedStyles = 64;

std::string base64(std::string_view bytes) {
    std::array<unsigned char, 64> out{};
    const int size = EVP_EncodeBlock(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    return {out.begin(), out.begin() + size};
}

bool is_html(const Response& response) {
    return response.content_type.starts_with("text/html");
}

std::string customer_policy(std::string_view body, StyleHashes& hashes) {
    std::string policy = "default-src 'none'; ";
    const std::string_view style = style_of(body);
    if (!style.empty()) policy += "style-src " + hashes.source_of(style) + "; ";
    // Only the host writes this element: texts in a plugin's page are escaped, and other paths serve no
    // script.
    if (body.find(kGestureScript) != std::string_view::npos) policy += "script-src 'self'; ";
    if (body.find(kLogoElement) != std::string_view::npos) policy += "img-src 'self'; ";
    return policy + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
}

std::string operator_policy(std::string_view body, StyleHashes& hashes) {
    std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
    const std::string_view style = style_of(body);
    if (!style.empty()) policy += " " + hashes.source_of(style);
    return policy +
           "; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
           "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html "
           "customer-page";
}

}  // namespace

std::string StyleHashes::source_of(std::string_view style) {
    std::string key(style);
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    std::string source = "'sha256-" + base64(crypto::sha256(style)) + "'";
    if (known_.size() >= kRememberedStyles) known_.clear();
    known_.emplace(std::move(key), source);
    return source;
}

std::string_view style_of(std::string_view html) {
    const std::size_t element = html.find("<style");
    if (element == std::string_view::npos) return {};
    const std::size_t open = html.find('>', element);
    if (open == std::string_view::npos) return {};
    const std::size_t close = html.find("</style", open);
    if (close == std::string_view::npos) return {};
    return html.substr(open + 1, close - open - 1);
}

void protect_customer_page(Response& response, StyleHashes& hashes) {
    // Problems and redirects of these routes hold tokens in their paths too, so everything but the policy is
    // for all.
    const std::string_view body = is_html(response) ? std::string_view(response.body) : std::string_view{};
    response.set("Content-Security-Policy", customer_policy(body, hashes));
    response.set("Referrer-Policy", "no-referrer");
    response.set("X-Robots-Tag", "noindex");
    response.set("Cache-Control", "no-store");
    response.set("X-Content-Type-Options", "nosniff");
}

void protect_api(Response& response) {
    response.set_default("Cache-Control", "no-store");
    response.set_default("X-Content-Type-Options", "nosniff");
}

void protect_operator_page(Response& response, StyleHashes& hashes) {
    if (is_html(response) && response.find("Content-Security-Policy") == nullptr) {
        response.set("Content-Security-Policy", operator_policy(response.body, hashes));
    }
    response.set_default("Referrer-Policy", "same-origin");
    response.set_default("X-Robots-Tag", "noindex");
    response.set_default("Cache-Control", "no-store");
    response.set_default("X-Content-Type-Options", "nosniff");
}

void protect(Response& response, Audience audience, StyleHashes& hashes) {
    switch (audience) {
        case Audience::api:
        case Audience::asset:
            return protect_api(response);
        case Audience::customer:
            return protect_customer_page(response, hashes);
        case Audience::operator_page:
            return protect_operator_page(response, hashes);
    }
}

}  // namespace candour::http
