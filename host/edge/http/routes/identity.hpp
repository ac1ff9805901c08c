/// Who calls, and what they may: every route under /api/v1 wants a bearer token, or the cookie of somebody
/// who signed in, with the scope that fits. What is done to the house is written down.
#pragma once
#include <functional>
#include <optional>
#include <unordered_map>

#include "edge/http/message.hpp"
#include "edge/http/rate_limit.hpp"
#include "edge/http/router.hpp"
#include "edge/http/routes/sight_door.hpp"
#include "edge/http/session_cookie.hpp"
#include "flow/clock.hpp"
#include "flow/identity/audit.hpp"
#include "flow/identity/repeats.hpp"
#include "flow/identity/tokens.hpp"
#include "flow/identity/users.hpp"

namespace candour::http {

using CallerHandler = std::function<flow::Task<Response>(Request, flow::Caller)>;

/// 403 that names the scope.
Problem scope_missing(const flow::Caller& caller, flow::Scope wanted, const Request& request);

struct IdentityNeeds {
    flow::Tokens& tokens;
    flow::Repeats& repeats;
    flow::Sessions& sessions;
    flow::AuditLog& audit;
    const SessionCookie& cookie;
    const flow::Clock& clock;
    int requests_per_minute;
    flow::Sights* sights = nullptr;
};

class Identity {
 public:
    explicit Identity(const IdentityNeeds& needs)
        : needs_(needs), limiter_(needs.requests_per_minute), sight_door_(needs.sights) {}

    /// Without a scope: `read` for GET, `write` for everything else. A POST with an Idempotency-Key runs
    /// once. What remains of it stands in deed_rules.hpp.
    Handler required(CallerHandler handler, std::optional<flow::Scope> scope = std::nullopt);
    /// For answers that hold a secret: they are not kept, so an Idempotency-Key is refused.
    Handler required_each_time(CallerHandler handler, flow::Scope scope);
    /// A page of ours: open on loopback, else with a token like the API.
    Handler unless_loopback(Handler handler, bool on_loopback);

 private:
    flow::Task<Response> answer(Request request, CallerHandler handler, std::optional<flow::Scope> wanted);
    flow::Task<Result<flow::Caller>> caller_of(const Request& request);
    /// How somebody came in whose stream goes on: by what, for what, and with which sight.
    struct Entry {
        std::string proof;
        bool by_token = false;
        flow::Scope scope = flow::Scope::read;
        flow::Sight sight;
    };
    /// Whether the token, or the session, opens the same still.
    flow::Task<bool> still_welcome(Entry entry);
    std::shared_ptr<BodyStream> watched(std::shared_ptr<BodyStream> stream, Entry entry);
    flow::Task<Response> handle(Request request, CallerHandler handler, flow::Caller caller);
    flow::Task<Response> note(flow::AuditEntry entry, Response response);
    flow::Task<Response> once(Request request, CallerHandler handler, flow::Caller caller, std::string key);
    std::optional<Response> objection(const flow::Caller& caller, flow::Scope wanted, const Request& request);
    void note_use(const flow::Caller& caller, const flow::Executor& executor);

    IdentityNeeds needs_;
    RateLimiter limiter_;
    SightDoor sight_door_;
    std::unordered_map<std::string, core::Instant> noted_;  ///< when its last use was written down
};

}  // namespace candour::http
