#include "edge/http/routes/tokens.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/scopes_document.hpp"
#include "edge/json/time_value.hpp"
#include "flow/identity/secret.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::object token_document(const flow::TokenView& token) {
    return {{"id", token.holder.token.text()},
            {"name", token.holder.name},
            {"teammate", token.teammate_email},
            {"scopes", scopes_document(token.holder.scopes)},
            {"created_at", json::time_or_null(token.created_at)},
            {"expires_at", json::time_or_null(token.holder.expires_at)},
            {"last_used_at", json::time_or_null(token.holder.last_used_at)},
            {"revoked_at", json::time_or_null(token.revoked_at)}};
}

Result<flow::NewToken> read_token(const JsonBody& body, const flow::Caller& caller, core::Instant now) {
    flow::NewToken token;
    const Result<std::string> name = body.text("name"), scopes = body.text("scope"),
                              expires = body.text("expires_at");
    for (const Result<std::string>* text : {&name, &scopes, &expires})
        if (!*text) return text->error();
    if (Done words = core::check_words("name", *name, core::kMaxLine); !words) return words.error();
    const Result<flow::Scopes> wanted = flow::Scopes::parse(*scopes);
    if (!wanted) return wanted.error();
    if (!caller.scopes.cover(*wanted))
        return Error{ErrorCode::denied, "scope: a token cannot make one that may do more than itself"};
    token.name = *name;
    token.scopes = *wanted;
    token.teammate = caller.teammate;
    if (expires->empty()) return token;
    const Result<core::Instant> at = json::from_rfc3339("expires_at", *expires);
    if (!at) return at.error();
    if (*at <= now)
        return Error{ErrorCode::invalid, "expires_at: expected an instant to come, found " + *expires};
    token.expires_at = *at;
    return token;
}

}  // namespace

bj::array scopes_document(flow::Scopes scopes) {
    bj::array all;
    std::string text = scopes.text();
    for (std::size_t at = 0; at <= text.size() && !text.empty();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        all.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

void TokenRoutes::add_to(Router& router, Identity& identity) {
    const auto admin = flow::Scope::admin;
    router.add(
        Method::get, "/api/v1/tokens",
        identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }, admin));
    router.add(Method::post, "/api/v1/tokens",
               identity.required_each_time(
                   [this](Request r, flow::Caller c) { return create(std::move(r), std::move(c)); }, admin));
    router.add(Method::post, "/api/v1/tokens/{token}/revoke",
               identity.required(
                   [this](Request r, flow::Caller c) { return revoke(std::move(r), std::move(c)); }, admin));
}

flow::Task<Response> TokenRoutes::list(Request request) {
    auto reading = tokens_.list();
    const Result<std::vector<flow::TokenView>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::TokenView& token : *all) rows.push_back(token_document(token));
    const bj::object document{{"tokens", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> TokenRoutes::create(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"name", "scope", "expires_at"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<flow::NewToken> token = read_token(*body, caller, clock_.now());
    if (!token) co_return Response::problem(token.error(), request.path);
    const flow::Secret secret = flow::new_secret();
    token->id = crypto::new_id<TokenId>(clock_.now());
    token->digest = secret.digest;
    auto creating = tokens_.create(*token, flow::Doer::of(caller), clock_.now());
    const Done created = co_await std::move(creating);
    if (!created) co_return Response::problem(created.error(), request.path);
    const bj::object document{{"id", token->id.text()},
                              {"name", token->name},
                              {"scopes", scopes_document(token->scopes)},
                              {"expires_at", json::time_or_null(token->expires_at)},
                              {"token", secret.text}};
    co_return Response::json(201, document);
}

flow::Task<Response> TokenRoutes::revoke(Request request, flow::Caller caller) {
    const auto id = TokenId::parse(request.parameter("token"));
    if (!id)
        co_return Response::problem(Error{ErrorCode::invalid, "token: expected an id such as tok_…"},
                                    request.path);
    auto revoking = tokens_.revoke(*id, flow::Doer::of(caller), clock_.now());
    const Done revoked = co_await std::move(revoking);
    if (!revoked) co_return Response::problem(revoked.error(), request.path);
    co_return Response::empty();
}

}  // namespace candour::http
