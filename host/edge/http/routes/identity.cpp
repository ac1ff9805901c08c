#include "edge/http/routes/identity.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>

#include "crypto/digest.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/audited.hpp"
#include "edge/http/routes/watched_stream.hpp"
#include "edge/json/time_text.hpp"
#include "log/log.hpp"

namespace candour::http {
namespace {

constexpr std::chrono::minutes kUseNotedEvery{1};
constexpr std::size_t kNotedTokens = 10'000;
/// These say where what was made can be found again.
constexpr const char* kKeptHeaders[] = {"ETag", "Location"};

std::string digest_of(const Request& request) {
    std::string all = std::string(core::name_of(kMethods, request.method)) + "\n" + request.path + "\n" +
                      request.query + "\n";
    for (const char* header : {"Content-Type", "If-Match"}) all += std::string(request.header(header)) + "\n";
    return crypto::to_hex(crypto::sha256(all + request.body));
}

flow::KeptAnswer kept(const Response& response) {
    flow::KeptAnswer answer{response.status, response.content_type, {}, response.body};
    for (const char* name : kKeptHeaders)
        if (const std::string* value = response.find(name))
            answer.headers += std::string(name) + ": " + *value + "\n";
    return answer;
}

flow::Task<Response> refuse_key(std::string path) {
    const Error error{ErrorCode::invalid,
                      "Idempotency-Key: this answer holds a secret and is kept nowhere; leave the key out"};
    co_return Response::problem(error, path);
}

constexpr const char* kReplayed = "Idempotency-Replayed";

/// Not when it was refused, tried only, or done before.
bool was_done(const Response& response) {
    return response.status < 300 && !(response.deed && response.deed->empty()) &&
           response.find(kReplayed) == nullptr;
}

Response repeated(const flow::KeptAnswer& answer) {
    Response response{answer.status, answer.content_type, {}, answer.body};
    std::string_view rest = answer.headers;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        const std::size_t colon = line.find(": ");
        response.set(line.substr(0, colon), std::string(line.substr(colon + 2)));
    }
    response.set(kReplayed, "true");
    return response;
}

}  // namespace

Problem scope_missing(const flow::Caller& caller, flow::Scope wanted, const Request& request) {
    const std::string name(core::name_of(flow::kScopes, wanted));
    Problem problem{
        403, "scope_missing", caller.signed_in ? "Your role may not do that" : "This token may not do that",
        {},  request.path,    {},
        {}};
    problem.detail = caller.signed_in
                         ? "expected the scope " + name + ", and your role has " + caller.scopes.text() +
                               "; an administrator can give you another role"
                         : "expected a token with the scope " + name + ", found one with " +
                               caller.scopes.text() + "; candour token create --scope " + name +
                               " makes another";
    problem.members["missing_scope"] = name;
    return problem;
}

Handler Identity::required(CallerHandler handler, std::optional<flow::Scope> scope) {
    return [this, handler = std::move(handler), scope](Request request) {
        return answer(std::move(request), handler, scope);
    };
}

Handler Identity::required_each_time(CallerHandler handler, flow::Scope scope) {
    Handler inner = required(std::move(handler), scope);
    return [inner = std::move(inner)](Request request) -> flow::Task<Response> {
        if (request.headers.count("Idempotency-Key") == 0) return inner(std::move(request));
        return refuse_key(request.path);
    };
}

Handler Identity::unless_loopback(Handler handler, bool on_loopback) {
    if (on_loopback) return handler;
    return required([handler = std::move(handler)](Request request, const flow::Caller&) {
        return handler(std::move(request));
    });
}

/// Errors: not_found: nobody we know; denied: somebody else's page speaks for them.
flow::Task<Result<flow::Caller>> Identity::caller_of(const Request& request) {
    const std::optional<std::string> token = bearer_token(request);
    const std::optional<std::string> secret = needs_.cookie.secret_in(request);
    if (!token && !secret)
        co_return Error{ErrorCode::not_found,
                        "expected the header \"Authorization: Bearer <token>\" (candour token create makes "
                        "one), or the cookie of somebody who signed in"};
    if (!token)
        if (const Done press = needs_.cookie.is_press(request, *secret); !press) co_return press.error();
    const std::string proof =
        token ? crypto::to_hex(crypto::sha256(*token)) : SessionCookie::digest_of(*secret);
    auto finding =
        token ? needs_.tokens.find(proof) : needs_.sessions.find_session(proof, needs_.clock.now());
    Result<flow::Caller> caller = co_await std::move(finding);
    if (caller) caller->address = needs_.cookie.address_of(request);
    if (caller) caller->proof = proof;
    co_return caller;
}

/// A database that cannot be asked shuts nobody out.
flow::Task<bool> Identity::still_welcome(Entry entry) {
    const core::Instant now = needs_.clock.now();
    auto finding = entry.by_token ? needs_.tokens.find(std::move(entry.proof))
                                  : needs_.sessions.find_session(std::move(entry.proof), now);
    const Result<flow::Caller> caller = co_await std::move(finding);
    if (!caller) co_return caller.error().code != ErrorCode::not_found;
    const bool expired = core::happened(caller->expires_at) && caller->expires_at <= now;
    co_return !expired && caller->scopes.allow(entry.scope) && caller->sight == entry.sight;
}

std::shared_ptr<BodyStream> Identity::watched(std::shared_ptr<BodyStream> stream, Entry entry) {
    auto ask = [this, entry = std::move(entry)] { return still_welcome(entry); };
    return std::make_shared<WatchedStream>(std::move(stream), needs_.clock, std::move(ask));
}

flow::Task<Response> Identity::answer(Request request, CallerHandler handler,
                                      std::optional<flow::Scope> wanted) {
    auto finding = caller_of(request);
    Result<flow::Caller> caller = co_await std::move(finding);
    if (!caller && caller.error().code == ErrorCode::not_found)
        co_return to_response(unauthenticated(caller.error().message));
    if (!caller) co_return Response::problem(caller.error(), request.path);
    const bool looks = request.method == Method::get || request.method == Method::head;
    const flow::Scope scope = wanted.value_or(looks ? flow::Scope::read : flow::Scope::write);
    if (auto refused = objection(*caller, scope, request)) co_return std::move(*refused);
    const flow::Executor executor = co_await boost::asio::this_coro::executor;
    note_use(*caller, executor);
    if (caller->sight.limited()) {
        auto looking = sight_door_.refuse(request, caller->sight);
        std::optional<Response> refused = co_await std::move(looking);
        if (refused) co_return std::move(*refused);
        request.sees = caller->sight.text();
    }
    std::optional<flow::AuditEntry> deed = audit_entry(request, scope, *caller);
    Entry entry{caller->proof, !caller->signed_in, scope, caller->sight};
    auto handling = handle(std::move(request), std::move(handler), std::move(*caller));
    Response response = co_await std::move(handling);
    if (response.stream != nullptr && looks)
        response.stream = watched(std::move(response.stream), std::move(entry));
    if (!deed || !was_done(response)) co_return response;
    if (response.deed) deed->after = *response.deed;
    auto noting = note(std::move(*deed), std::move(response));
    Response noted = co_await std::move(noting);
    co_return noted;
}

/// What was done stays done: that it could not be written down is said where somebody looks.
flow::Task<Response> Identity::note(flow::AuditEntry entry, Response response) {
    const std::string act = entry.act + " " + entry.subject;
    auto appending = needs_.audit.append(std::move(entry), needs_.clock.now());
    const Done written = co_await std::move(appending);
    if (!written) log::error("audit: {} could not be written down: {}", act, written.error().message);
    co_return response;
}

flow::Task<Response> Identity::handle(Request request, CallerHandler handler, flow::Caller caller) {
    const Result<std::optional<std::string>> key = idempotency_key(request);
    if (!key) co_return to_response(bad_request(key.error().message));
    const bool keyed = *key && request.method == Method::post;
    auto handling = keyed ? once(std::move(request), handler, std::move(caller), **key)
                          : handler(std::move(request), std::move(caller));
    Response response = co_await std::move(handling);
    co_return response;
}

std::optional<Response> Identity::objection(const flow::Caller& caller, flow::Scope wanted,
                                            const Request& request) {
    if (core::happened(caller.expires_at) && caller.expires_at <= needs_.clock.now())
        return to_response(unauthenticated("this token expired at " + json::to_rfc3339(caller.expires_at) +
                                           "; candour token create makes another"));
    if (const auto wait = limiter_.refuse(caller.token.text(), std::chrono::steady_clock::now()))
        return to_response(too_many_requests(*wait, "this token"));
    if (!caller.scopes.allow(wanted)) return to_response(scope_missing(caller, wanted, request));
    return std::nullopt;
}

/// Nobody waits for it, and a minute is exact enough.
void Identity::note_use(const flow::Caller& caller, const flow::Executor& executor) {
    const core::Instant now = needs_.clock.now();
    if (noted_.size() > kNotedTokens) noted_.clear();
    core::Instant& noted = noted_[caller.token.text()];
    if (std::max(noted, caller.last_used_at) + kUseNotedEvery > now) return;
    noted = now;
    auto using_it = caller.signed_in ? needs_.sessions.session_used(caller.token, now)
                                     : needs_.tokens.used(caller.token, now);
    boost::asio::co_spawn(executor, std::move(using_it), [](const std::exception_ptr&, const Done&) {});
}

flow::Task<Response> Identity::once(Request request, CallerHandler handler, flow::Caller caller,
                                    std::string key) {
    const std::string path = request.path;
    const flow::RepeatKey name{caller.token, std::move(key), digest_of(request)};
    auto beginning = needs_.repeats.begin(name, needs_.clock.now());
    Result<std::optional<flow::KeptAnswer>> first = co_await std::move(beginning);
    if (!first) co_return Response::problem(first.error(), path);
    if (*first) co_return repeated(**first);
    Response response;
    std::exception_ptr failure;
    try {
        auto handling = handler(std::move(request), std::move(caller));
        response = co_await std::move(handling);
    } catch (...) {
        failure = std::current_exception();
    }
    const bool lasts =
        !failure && response.status >= 200 && response.status < 300 && response.stream == nullptr;
    auto noting =
        lasts ? needs_.repeats.keep(name, kept(response), needs_.clock.now()) : needs_.repeats.forget(name);
    Done noted = co_await std::move(noting);
    if (failure) std::rethrow_exception(failure);
    co_return response;  // done is done: that the note could not be written must not look like a failure
}

}  // namespace candour::http
