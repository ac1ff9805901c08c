#include "edge/http/routes/sign_in.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "core/relationship/cells.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/scopes_document.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// Enough for an office behind one address on Monday morning, too few for guessing.
constexpr int kPerAddress = 60;
constexpr int kPerAccount = 20;

bj::object me_document(const flow::User& user, const std::string& secret, core::Instant expires) {
    const flow::Scopes scopes = flow::scopes_of(user.role);
    return {{"id", user.teammate.id.text()},
            {"email", user.teammate.email},
            {"name", user.teammate.name},
            {"role", core::name_of(flow::kRoles, user.role)},
            {"sees", core::name_of(flow::kSees, user.sees)},
            {"scopes", scopes_document(scopes)},
            {"by", "session"},
            {"press_token", SessionCookie::press_token(secret)},
            {"expires_at", json::time_or_null(expires)}};
}

bj::object me_document(const flow::Caller& caller, const std::string& email) {
    return {{"id", caller.teammate.text()},
            {"email", email},
            {"name", caller.name},
            {"role", nullptr},
            {"sees", core::name_of(flow::kSees, caller.sight.limited() ? flow::Sees::own : flow::Sees::all)},
            {"scopes", scopes_document(caller.scopes)},
            {"by", "token"},
            {"press_token", nullptr},
            {"expires_at", json::time_or_null(caller.expires_at)}};
}

Result<std::string> email_in(const JsonBody& body) {
    Result<std::string> email = body.text("email");
    if (!email) return email;
    *email = core::lower(*email);
    if (email->find('@') == std::string::npos || email->size() > core::kMaxLine)
        return Error{ErrorCode::invalid, "email: expected an address such as ines@example.com, found \"" +
                                             core::shortened(*email, 80) + "\""};
    return email;
}

Result<MessageId> link_in(const JsonBody& body, const crypto::LinkTokens& links) {
    const Result<std::string> text = body.text("link");
    if (!text) return text.error();
    if (const auto id = links.read(crypto::LinkPurpose::entrance, *text)) return *id;
    return Error{ErrorCode::not_found, "link: this is no link of ours, or a part of it is missing"};
}

}  // namespace

SignInRoutes::SignInRoutes(const SignInNeeds& needs)
    : needs_(needs), by_address_(kPerAddress), by_account_(kPerAccount) {}

void SignInRoutes::add_to(Router& router, Identity& identity) {
    const auto open = [&](const char* path, flow::Task<Response> (SignInRoutes::*handler)(Request)) {
        router.add(Method::post, path, [this, handler](Request r) { return (this->*handler)(std::move(r)); });
    };
    open("/api/v1/sign-in", &SignInRoutes::by_password);
    open("/api/v1/sign-in/forgotten", &SignInRoutes::forgotten);
    open("/api/v1/sign-in/link", &SignInRoutes::look_at_link);
    open("/api/v1/sign-in/link/use", &SignInRoutes::by_link);
    const auto add = [&](Method method, const char* path,
                         flow::Task<Response> (SignInRoutes::*handler)(Request, flow::Caller)) {
        const auto call = [this, handler](Request r, flow::Caller c) {
            return (this->*handler)(std::move(r), std::move(c));
        };
        router.add(method, path, identity.required(call, flow::Scope::read));
    };
    add(Method::get, "/api/v1/me", &SignInRoutes::me);
    add(Method::post, "/api/v1/me/password", &SignInRoutes::change_password);
    add(Method::post, "/api/v1/sign-out", &SignInRoutes::sign_out);
}

std::optional<Response> SignInRoutes::objection(const Request& request, const std::string& whose) {
    if (const Done ours = needs_.cookie.from_our_page(request); !ours)
        return Response::problem(ours.error(), request.path);
    const auto now = std::chrono::steady_clock::now();
    if (const auto wait = by_address_.refuse(needs_.cookie.address_of(request), now))
        return to_response(too_many_requests(*wait, "your address"));
    if (whose.empty()) return std::nullopt;
    if (const auto wait = by_account_.refuse(whose, now))
        return to_response(too_many_requests(*wait, "somebody with this address"));
    return std::nullopt;
}

flow::Visitor SignInRoutes::visitor_of(const Request& request) const {
    const std::optional<std::string> had = needs_.cookie.secret_in(request);
    return {needs_.cookie.address_of(request), std::string(request.header("User-Agent")),
            had ? SessionCookie::digest_of(*had) : std::string()};
}

Response SignInRoutes::welcome(const Request& request, const flow::SignedIn& opened) const {
    Response response = Response::json(
        200, me_document(opened.user, opened.secret, needs_.clock.now() + flow::kSessionLongest));
    needs_.cookie.give(response, request, opened.secret, flow::kSessionLongest);
    return response;
}

flow::Task<Response> SignInRoutes::by_password(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"email", "password"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> email = email_in(*body), password = body->text("password");
    for (const Result<std::string>* text : {&email, &password})
        if (!*text) co_return Response::problem(text->error(), request.path);
    if (auto refused = objection(request, *email)) co_return std::move(*refused);
    auto signing = needs_.sign_in.by_password(*email, *password, visitor_of(request));
    const Result<flow::SignedIn> opened = co_await std::move(signing);
    if (!opened) co_return Response::problem(opened.error(), request.path);
    co_return welcome(request, *opened);
}

flow::Task<Response> SignInRoutes::look_at_link(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"link"});
    if (!body) co_return Response::problem(body.error(), request.path);
    if (auto refused = objection(request)) co_return std::move(*refused);
    const Result<MessageId> link = link_in(*body, needs_.links);
    if (!link) co_return Response::problem(link.error(), request.path);
    auto looking = needs_.users.entrance(*link, needs_.clock.now());
    const Result<flow::Entrance> entrance = co_await std::move(looking);
    if (!entrance) co_return Response::problem(entrance.error(), request.path);
    const bj::object document{{"purpose", core::name_of(flow::kEntrancePurposes, entrance->purpose)},
                              {"email", entrance->teammate.email},
                              {"name", entrance->teammate.name}};
    co_return Response::json(200, document);
}

flow::Task<Response> SignInRoutes::by_link(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"link", "password", "email", "name"});
    if (!body) co_return Response::problem(body.error(), request.path);
    if (auto refused = objection(request)) co_return std::move(*refused);
    const Result<MessageId> link = link_in(*body, needs_.links);
    if (!link) co_return Response::problem(link.error(), request.path);
    const Result<std::string> password = body->text("password"), name = body->text("name"),
                              email = body->has("email") ? email_in(*body) : Result<std::string>("");
    for (const Result<std::string>* text : {&password, &email, &name})
        if (!*text) co_return Response::problem(text->error(), request.path);
    if (Done sound = core::check_text("name", *name, core::kMaxLine); !sound)
        co_return Response::problem(sound.error(), request.path);
    auto coming = needs_.sign_in.by_link(*link, {*password, *email, *name}, visitor_of(request));
    const Result<std::optional<flow::SignedIn>> opened = co_await std::move(coming);
    if (!opened) co_return Response::problem(opened.error(), request.path);
    co_return *opened ? welcome(request, **opened) : Response::empty();
}

flow::Task<Response> SignInRoutes::forgotten(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"email"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> email = email_in(*body);
    if (!email) co_return Response::problem(email.error(), request.path);
    if (auto refused = objection(request, *email)) co_return std::move(*refused);
    auto asking = needs_.sign_in.forgotten(*email, needs_.cookie.address_of(request));
    const Done asked = co_await std::move(asking);
    co_return asked ? Response::empty() : Response::problem(asked.error(), request.path);
}

flow::Task<Response> SignInRoutes::sign_out(Request request, flow::Caller caller) {
    if (!caller.signed_in)
        co_return Response::problem(Error{ErrorCode::invalid,
                                          "a token has nothing to sign out of; candour token "
                                          "revoke ends one"},
                                    request.path);
    auto ending = needs_.users.end_session(caller.teammate, flow::SessionId::trusted(caller.token.text()),
                                           flow::Doer::of(caller), needs_.clock.now());
    const Done ended = co_await std::move(ending);
    if (!ended) co_return Response::problem(ended.error(), request.path);
    Response response = Response::empty();
    needs_.cookie.take_away(response, request);
    co_return response;
}

flow::Task<Response> SignInRoutes::me(Request request, flow::Caller caller) {
    flow::User user;
    if (!caller.teammate.empty()) {
        auto finding = needs_.users.user(caller.teammate.text());
        Result<flow::User> found = co_await std::move(finding);
        if (!found) co_return Response::problem(found.error(), request.path);
        user = std::move(*found);
    }
    const std::optional<std::string> secret = needs_.cookie.secret_in(request);
    if (!caller.signed_in) co_return Response::json(200, me_document(caller, user.teammate.email));
    co_return Response::json(200, me_document(user, secret.value_or(""), caller.expires_at));
}

flow::Task<Response> SignInRoutes::change_password(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"current", "password"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> current = body->text("current"), password = body->text("password");
    for (const Result<std::string>* text : {&current, &password})
        if (!*text) co_return Response::problem(text->error(), request.path);
    if (!caller.signed_in)
        co_return Response::problem(
            Error{ErrorCode::invalid,
                  "a password is changed by whoever is signed in with it, not by a token"},
            request.path);
    const auto wait = by_account_.refuse(caller.teammate.text(), std::chrono::steady_clock::now());
    if (wait) co_return to_response(too_many_requests(*wait, "you"));
    auto changing = needs_.sign_in.change_password(
        caller.teammate, flow::SessionId::trusted(caller.token.text()), *current, *password, caller.address);
    const Done changed = co_await std::move(changing);
    co_return changed ? Response::empty() : Response::problem(changed.error(), request.path);
}

}  // namespace candour::http
