#include "edge/plugin/egress_bridge.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "core/letters.hpp"
#include "edge/json/members.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxRequest = 16 * 1024;  // bytes
constexpr std::size_t kMaxBody = 1024 * 1024;   // bytes
constexpr std::size_t kMaxHeaders = 32;
constexpr std::int64_t kLongestMs = 30'000;
constexpr std::array kMethods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
/// These are the connection's business, which is the host's.
constexpr std::array kOurHeaders{"host", "connection", "content-length", "transfer-encoding", "upgrade",
                                 "te",   "trailer",    "expect",         "keep-alive"};

Error wrong_request(std::string_view place, std::string_view expected) {
    return Error{ErrorCode::invalid,
                 "egress.fetch " + std::string(place) + ": expected " + std::string(expected)};
}

bool is_token(std::string_view name) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || others.find(c) != std::string_view::npos;
    });
}

Done add_header(flow::EgressRequest& request, std::string_view key, const json::value& value) {
    const std::string name = core::ascii_lower(key), place = "/headers/" + std::string(key);
    const json::string* text = value.if_string();
    if (!is_token(name)) return wrong_request(place, "a header name");
    if (std::ranges::find(kOurHeaders, name) != kOurHeaders.end() || name.starts_with("proxy-"))
        return wrong_request(place, "none of the headers that are the host's own");
    if (text == nullptr || std::ranges::any_of(*text, [](char c) { return c < ' ' || c > '~'; }))
        return wrong_request(place, "a value of printable ASCII");
    request.headers.emplace_back(name, std::string(text->data(), text->size()));
    return done();
}

Done field(flow::EgressRequest& request, std::string_view key, const json::value& value) {
    if (key == "headers") {
        const json::object* headers = value.if_object();
        if (headers == nullptr || headers->size() > kMaxHeaders)
            return wrong_request("/headers", "up to 32 headers");
        for (const auto& [name, content] : *headers)
            if (Done fits = add_header(request, name, content); !fits) return fits;
        return done();
    }
    if (key == "timeout_ms") {
        const std::int64_t* ms = value.if_int64();
        if (ms == nullptr || *ms < 1 || *ms > kLongestMs) return wrong_request("/timeout_ms", "1 to 30000");
        request.timeout = std::chrono::milliseconds{*ms};
        return done();
    }
    std::string* const into = key == "url" ? &request.url : key == "method" ? &request.method : nullptr;
    if (into == nullptr) return wrong_request("/" + std::string(key), "method, url, headers or timeout_ms");
    const json::string* text = value.if_string();
    if (text == nullptr) return wrong_request("/" + std::string(key), "a text");
    into->assign(text->data(), text->size());
    return done();
}

/// HOST[:PORT] of a grant against a place.
bool names(std::string_view pattern, std::string_view usual_port, const flow::EgressPlace& place) {
    const std::size_t colon = pattern.rfind(':');
    const bool has_port = colon != std::string_view::npos && pattern.back() != ']';
    const std::string_view port = has_port ? pattern.substr(colon + 1) : usual_port;
    std::string host = core::ascii_lower(has_port ? pattern.substr(0, colon) : pattern);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (port != place.port) return false;
    if (!host.starts_with("*.")) return host == place.host;
    const std::string_view below = std::string_view(host).substr(1);
    return place.host.size() > below.size() && place.host.ends_with(below);
}

/// The URL in the configuration, as a place.
bool is_configured(const flow::Egress& egress, std::string_view config_json, std::string_view key,
                   const flow::EgressPlace& place) {
    json::error_code ec;
    const json::value config = json::parse(json::string_view(config_json.data(), config_json.size()), ec);
    if (ec || !config.is_object()) return false;
    const Result<flow::EgressPlace> found = egress.place_of(candour::json::text_at(config.get_object(), key));
    return found && *found == place;
}

}  // namespace

Result<flow::EgressRequest> read_fetch(std::string_view text, std::string_view body) {
    if (text.size() > kMaxRequest) return wrong_request("", "at most 16 KiB");
    if (body.size() > kMaxBody) return wrong_request("body", "at most 1 MiB");
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec || !document.is_object())
        return wrong_request("", "a JSON object such as {\"url\": \"https://…\"}");
    flow::EgressRequest request;
    for (const auto& [key, value] : document.get_object())
        if (Done fits = field(request, key, value); !fits) return fits.error();
    if (request.url.empty()) return wrong_request("/url", "an https:// or http:// URL, found nothing");
    if (std::ranges::find(kMethods, request.method) == kMethods.end())
        return wrong_request("/method", "GET, HEAD, POST, PUT, PATCH or DELETE");
    request.body = body;
    return request;
}

std::string meta_json(const flow::EgressAnswer& answer) {
    json::object headers;
    for (const auto& [name, value] : answer.headers)
        if (is_text(value)) headers.insert_or_assign(name, value);
    return json::serialize(json::object{{"status", answer.status}, {"headers", std::move(headers)}});
}

Done may_reach(const flow::Egress& egress, const std::set<std::string>& grants, std::string_view config_json,
               const flow::EgressPlace& place) {
    constexpr std::string_view net = "net:", plain = "http://", config = "config:";
    for (const std::string& grant : grants) {
        std::string_view allowed = grant;
        if (!allowed.starts_with(net)) continue;
        allowed.remove_prefix(net.size());
        bool fits = false;
        if (allowed.starts_with(config))
            fits = is_configured(egress, config_json, allowed.substr(config.size()), place);
        else if (allowed.starts_with(plain))
            fits = !place.tls && names(allowed.substr(plain.size()), "80", place);
        else
            fits = place.tls && names(allowed, "443", place);
        if (fits) return done();
    }
    const std::string wanted = (place.tls ? "" : "http://") + place.host + ":" + place.port;
    return Error{ErrorCode::denied,
                 "egress.fetch: no grant net:" + wanted + "; list it under permissions in manifest.json"};
}

}  // namespace candour::plugin
