/// Who calls, and what they may: every route under /api/v1 wants a bearer token with the scope that fits.
#pragma once
#include <functional>
#include <optional>
#include <unordered_map>

#include "edge/http/message.hpp"
#include "edge/http/rate_limit.hpp"
#include "edge/http/router.hpp"
#include "flow/clock.hpp"
#include "flow/identity/repeats.hpp"
#include "flow/identity/tokens.hpp"

namespace candour::http {

using CallerHandler = std::function<flow::Task<Response>(Request, flow::Caller)>;

/// 403 that names the scope.
Problem scope_missing(const flow::Caller& caller, flow::Scope wanted, const Request& request);

class Identity {
 public:
    Identity(flow::Tokens& tokens, flow::Repeats& repeats, const flow::Clock& clock, int requests_per_minute)
        : tokens_(tokens), repeats_(repeats), clock_(clock), limiter_(requests_per_minute) {}

    /// Without a scope: `read` for GET, `write` for everything else. A POST with an Idempotency-Key runs
    /// once.
    Handler required(CallerHandler handler, std::optional<flow::Scope> scope = std::nullopt);
    /// For answers that hold a secret: they are not kept, so an Idempotency-Key is refused.
    Handler required_each_time(CallerHandler handler, flow::Scope scope);
    /// A page of ours: open on loopback, else with a token like the API.
    Handler unless_loopback(Handler handler, bool on_loopback);

 private:
    flow::Task<Response> answer(Request request, CallerHandler handler, std::optional<flow::Scope> scope);
    flow::Task<Response> once(Request request, CallerHandler handler, flow::Caller caller, std::string key);
    std::optional<Response> objection(const flow::Caller& caller, flow::Scope wanted, const Request& request);
    void note_use(const flow::Caller& caller, const flow::Executor& executor);

    flow::Tokens& tokens_;
    flow::Repeats& repeats_;
    const flow::Clock& clock_;
    RateLimiter limiter_;
    std::unordered_map<std::string, core::Instant> noted_;  ///< when its last use was written down
};

}  // namespace candour::http
