#include "edge/http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

#include "edge/http/encoding.hpp"

namespace candour::http {
namespace {

/// Beyond this many, full buckets are forgotten: they say the same as none.
constexpr std::size_t kRemembered = 10'000;

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

bool is_from(const std::vector<std::string>& proxies, const Request& request) {
    return std::find(proxies.begin(), proxies.end(), request.peer) != proxies.end();
}

}  // namespace

std::optional<std::chrono::seconds> RateLimiter::refuse(std::string_view key, Time now) {
    if (per_minute_ <= 0) return std::nullopt;
    if (buckets_.size() >= kRemembered) forget_full(now);
    const double most = per_minute_, per_second = most / 60;
    const auto [found, fresh] = buckets_.try_emplace(std::string(key), Bucket{most, now});
    Bucket& bucket = found->second;
    bucket.left =
        std::min(most, bucket.left + std::chrono::duration<double>(now - bucket.at).count() * per_second);
    bucket.at = now;
    if (bucket.left >= 1) {
        bucket.left -= 1;
        return std::nullopt;
    }
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil((1 - bucket.left) / per_second)));
}

void RateLimiter::forget_full(Time now) {
    std::erase_if(buckets_, [now](const auto& row) { return now - row.second.at > std::chrono::minutes(1); });
}

Problem too_many_requests(std::chrono::seconds wait, std::string_view whose) {
    const std::string seconds = std::to_string(wait.count());
    return {429,
            "rate_limited",
            "Too many requests",
            std::string(whose) + " asks too often; the next request is welcome in " + seconds + " s",
            {},
            {},
            {{"Retry-After", seconds}}};
}

Doorkeeper::Doorkeeper(AddressLimits limits)
    : limits_(std::move(limits)), api_(limits_.api_per_minute), pages_(limits_.pages_per_minute) {}

/// The last entry was written by the proxy itself; those before it are whatever the client made up.
std::string_view client_address(const Request& request, const std::vector<std::string>& proxies) {
    if (!is_from(proxies, request)) return request.peer;
    std::string_view forwarded = request.header("X-Forwarded-For");
    const std::size_t comma = forwarded.rfind(',');
    if (comma != std::string_view::npos) forwarded.remove_prefix(comma + 1);
    forwarded = trim(forwarded);
    return forwarded.empty() ? std::string_view(request.peer) : forwarded;
}

bool came_by_tls(const Request& request, const std::vector<std::string>& proxies) {
    return request.tls || (is_from(proxies, request) && trim(request.header("X-Forwarded-Proto")) == "https");
}

std::optional<Problem> Doorkeeper::refuse(const Route& route, const Request& request, RateLimiter::Time now) {
    const bool page = route.options.audience == Audience::customer;
    if (!page && !route.pattern.starts_with("/api/")) return std::nullopt;
    const std::string_view address = client_address(request, limits_.proxies);
    if (is_loopback(address)) return std::nullopt;
    const auto wait = (page ? pages_ : api_).refuse(address, now);
    if (!wait) return std::nullopt;
    return too_many_requests(*wait, "your address");
}

}  // namespace candour::http
