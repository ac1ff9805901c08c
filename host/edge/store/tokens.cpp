#include "edge/store/tokens.hpp"

#include "candour_queries.hpp"

namespace candour::store {

flow::Task<Done> Tokens::create(TokenId id, std::string name, TeammateId teammate, std::string digest, core::Instant now) {
    std::function<Done(Session&)> work = [=](Session& session) {
        session.call(sql::identity::add_token)
            .with("id", id.text())
            .with("name", name)
            .with("teammate_id", teammate.text())
            .with("hash", digest)
            .with("now", now)
            .run();
        return done();
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done created = co_await std::move(pending);
    co_return created;
}

flow::Task<Result<flow::Caller>> Tokens::find(std::string digest) {
    std::function<Result<flow::Caller>(Session&)> work = [digest](Session& session) -> Result<flow::Caller> {
        std::string id, name, teammate;
        Call call = session.call(sql::identity::find_token);
        call.with("hash", digest).into(id).into(name).into(teammate);
        if (!call.next()) return Error{ErrorCode::not_found, "nobody has this token, or it was revoked"};
        return flow::Caller{TokenId::trusted(id), TeammateId::trusted(teammate), name};
    };
    auto pending = database_.read<flow::Caller>(std::move(work));
    Result<flow::Caller> caller = co_await std::move(pending);
    co_return caller;
}

}  // namespace candour::store
