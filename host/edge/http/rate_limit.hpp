/// How often somebody may ask: a bucket per token and per address that fills by itself.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "edge/http/problem.hpp"
#include "edge/http/router.hpp"

namespace candour::http {

/// Requests of one minute fit into the bucket, so that a burst after a quiet while is fine. 0: no limit.
/// Belongs to the server's thread.
class RateLimiter {
 public:
    using Time = std::chrono::steady_clock::time_point;

    explicit RateLimiter(int per_minute) : per_minute_(per_minute) {}
    /// Takes one. When there is none left: how long to wait for it.
    std::optional<std::chrono::seconds> refuse(std::string_view key, Time now);

 private:
    struct Bucket {
        double left;
        Time at;
    };
    void forget_full(Time now);

    int per_minute_;
    std::unordered_map<std::string, Bucket> buckets_;
};

/// 429 with Retry-After.
Problem too_many_requests(std::chrono::seconds wait, std::string_view whose);

struct AddressLimits {
    int api_per_minute = 12'000;
    int pages_per_minute = 600;        ///< of customers; an office behind one address answers at once, too
    std::vector<std::string> proxies;  ///< whose X-Forwarded-For is believed
};

/// Whoever asks, as the nearest proxy of ours that they came through says it; else the other end of the
/// socket.
std::string_view client_address(const Request& request, const std::vector<std::string>& proxies);
/// Whether the browser speaks TLS with us, or with a proxy of ours that says so.
bool came_by_tls(const Request& request, const std::vector<std::string>& proxies);

/// At the door, by address. The host's own machine is not limited, unless a proxy there says for whom it
/// speaks.
class Doorkeeper {
 public:
    explicit Doorkeeper(AddressLimits limits);
    std::optional<Problem> refuse(const Route& route, const Request& request, RateLimiter::Time now);

 private:
    AddressLimits limits_;
    RateLimiter api_;
    RateLimiter pages_;
};

}  // namespace candour::http
