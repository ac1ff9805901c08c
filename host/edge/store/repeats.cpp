#include "candour_queries.hpp"
#include "edge/store/tokens.hpp"

namespace candour::store {
namespace {

using Kept = std::optional<flow::KeptAnswer>;

Call& bind_key(Call& call, const flow::RepeatKey& key) {
    return call.with("token_id", key.token.text()).with("key", key.key);
}

Result<Kept> begin_in(Session& session, const flow::RepeatKey& key, core::Instant now) {
    session.call(sql::identity::prune_repeats).with("before", now - flow::kRepeatKept).run();
    {
        Call claim = session.call(sql::identity::claim_repeat);
        if (bind_key(claim, key).with("digest", key.digest).with("now", now).run() == 1) return Kept();
    }
    std::string digest;
    flow::KeptAnswer answer;
    long long status = 0, at = 0;
    {
        Call find = session.call(sql::identity::find_repeat);
        bind_key(find, key)
            .into(digest)
            .into(status)
            .into(answer.content_type)
            .into(answer.headers)
            .into(answer.body)
            .into(at);
        if (!find.next())
            return Error{ErrorCode::unavailable,
                         "Idempotency-Key: the first request was taken back just now; send it again"};
    }
    if (digest != key.digest)
        return Error{ErrorCode::invalid,
                     "Idempotency-Key: \"" + key.key +
                         "\" came with another request before; take a new key for a new request"};
    if (status != 0) {
        answer.status = static_cast<unsigned>(status);
        return Kept(answer);
    }
    const bool abandoned = core::from_us(at) + flow::kRepeatAbandoned < now;
    Call take = session.call(sql::identity::take_over_repeat);
    if (abandoned &&
        bind_key(take, key).with("digest", key.digest).with("now", now).with("seen_at", at).run() == 1)
        return Kept();
    return Error{ErrorCode::conflict, "Idempotency-Key: the first request with \"" + key.key +
                                          "\" is still being worked on; ask again in a moment"};
}

}  // namespace

flow::Task<Result<Kept>> Repeats::begin(flow::RepeatKey key, core::Instant now) {
    std::function<Result<Kept>(Session&)> work = [key = std::move(key), now](Session& session) {
        return begin_in(session, key, now);
    };
    auto pending = database_.write<Kept>(std::move(work));
    Result<Kept> kept = co_await std::move(pending);
    co_return kept;
}

flow::Task<Done> Repeats::keep(flow::RepeatKey key, flow::KeptAnswer answer, core::Instant now) {
    std::function<Done(Session&)> work = [key = std::move(key), answer = std::move(answer),
                                          now](Session& session) {
        Call call = session.call(sql::identity::keep_repeat);
        bind_key(call, key)
            .with("status", answer.status)
            .with("content_type", answer.content_type)
            .with("headers", answer.headers)
            .with("body", answer.body)
            .with("now", now)
            .run();
        return done();
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done kept = co_await std::move(pending);
    co_return kept;
}

flow::Task<Done> Repeats::forget(flow::RepeatKey key) {
    std::function<Done(Session&)> work = [key = std::move(key)](Session& session) {
        Call call = session.call(sql::identity::drop_repeat);
        bind_key(call, key).run();
        return done();
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done forgotten = co_await std::move(pending);
    co_return forgotten;
}

}  // namespace candour::store
