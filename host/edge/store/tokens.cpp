#include "edge/store/tokens.hpp"

#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/sights.hpp"

namespace candour::store {
namespace {

flow::Caller caller_of(std::string id, std::string name, std::string teammate, const std::string& scopes,
                       long long expires, long long used) {
    return {TokenId::trusted(std::move(id)),
            TeammateId::trusted(std::move(teammate)),
            std::move(name),
            flow::Scopes::parse(scopes).value_or({}),
            core::from_us(expires),
            core::from_us(used)};
}

std::vector<flow::TokenView> select_tokens(Session& session) {
    std::string id, name, teammate, email, scopes;
    long long created = 0, expires = 0, used = 0, revoked = 0;
    Call call = session.call(sql::identity::tokens);
    call.into(id)
        .into(name)
        .into(teammate)
        .into(email)
        .into(scopes)
        .into(created)
        .into(expires)
        .into(used)
        .into(revoked);
    std::vector<flow::TokenView> all;
    while (call.next())
        all.push_back({caller_of(id, name, teammate, scopes, expires, used), email, core::from_us(created),
                       core::from_us(revoked)});
    return all;
}

/// What it was called, and what it could do.
std::string token_in_words(Session& session, const TokenId& id) {
    for (const flow::TokenView& token : select_tokens(session))
        if (token.holder.token == id) return token.holder.name + ": " + token.holder.scopes.text();
    return {};
}

}  // namespace

flow::Task<Done> Tokens::create(flow::NewToken token, flow::Doer doer, core::Instant now) {
    std::function<Done(Session&)> work = [token = std::move(token), doer = std::move(doer),
                                          now](Session& session) {
        session.call(sql::identity::add_token)
            .with("id", token.id.text())
            .with("name", token.name)
            .with("teammate_id", token.teammate.text())
            .with("hash", token.digest)
            .with("now", now)
            .with("scopes", token.scopes.text())
            .with("expires_at", token.expires_at)
            .run();
        write_down(session,
                   {doer, "token_created", token.id.text(), {}, token.name + ": " + token.scopes.text()},
                   now);
        return done();
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done created = co_await std::move(pending);
    co_return created;
}

flow::Task<Result<flow::Caller>> Tokens::find(std::string digest) {
    std::function<Result<flow::Caller>(Session&)> work = [digest](Session& session) -> Result<flow::Caller> {
        std::string id, name, teammate, scopes, sees;
        long long expires = 0, used = 0;
        Call call = session.call(sql::identity::find_token);
        call.with("hash", digest).into(id).into(name).into(teammate).into(scopes).into(expires).into(used);
        call.into(sees);
        if (!call.next()) return Error{ErrorCode::not_found, "nobody has this token, or it was revoked"};
        flow::Caller caller = caller_of(id, name, teammate, scopes, expires, used);
        caller.sight = sight_in(sees, caller.teammate);
        return caller;
    };
    auto pending = database_.read<flow::Caller>(std::move(work));
    Result<flow::Caller> caller = co_await std::move(pending);
    co_return caller;
}

flow::Task<Result<std::vector<flow::TokenView>>> Tokens::list() {
    using Views = std::vector<flow::TokenView>;
    std::function<Result<Views>(Session&)> work = [](Session& session) {
        return Result<Views>(select_tokens(session));
    };
    auto pending = database_.read<Views>(std::move(work));
    Result<Views> views = co_await std::move(pending);
    co_return views;
}

flow::Task<Done> Tokens::revoke(TokenId id, flow::Doer doer, core::Instant now) {
    std::function<Done(Session&)> work = [id, doer = std::move(doer), now](Session& session) -> Done {
        if (session.call(sql::identity::revoke_token).with("id", id.text()).with("now", now).run() != 1)
            return Error{ErrorCode::not_found, "there is no token " + id.text() + " that is still in use"};
        write_down(session, {doer, "token_revoked", id.text(), token_in_words(session, id), {}}, now);
        return done();
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done revoked = co_await std::move(pending);
    co_return revoked;
}

flow::Task<Done> Tokens::used(TokenId id, core::Instant now) {
    std::function<Done(Session&)> work = [id, now](Session& session) {
        session.call(sql::identity::token_used).with("id", id.text()).with("now", now).run();
        return done();
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done written = co_await std::move(pending);
    co_return written;
}

}  // namespace candour::store
