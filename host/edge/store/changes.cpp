#include "edge/store/changes.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

using Rows = std::vector<flow::Change>;

}  // namespace

Rows select_changes(Session& session, std::int64_t after, std::int64_t through, int limit) {
    flow::Change change;
    std::string item;
    long long seq = 0, number = 0, version = 0, round = 0, at = 0;
    Call call = session.call(sql::changes::after);
    call.with("after", after).with("through", through).with("limit", limit);
    call.into(seq)
        .into(item)
        .into(number)
        .into(version)
        .into(round)
        .into(change.event)
        .into(at)
        .into(change.actor);
    call.into(change.account).into(change.contact).into(change.owner).into(change.state);
    Rows rows;
    while (call.next()) {
        change.seq = seq;
        change.item = ItemId::trusted(item);
        change.number = number;
        change.version = static_cast<int>(version);
        change.round = static_cast<int>(round);
        change.at = core::from_us(at);
        rows.push_back(change);
    }
    return rows;
}

flow::Task<Result<Rows>> Changes::changes(std::int64_t after, std::int64_t through, int limit) {
    std::function<Result<Rows>(Session&)> work = [=](Session& session) {
        return Result<Rows>(select_changes(session, after, through, limit));
    };
    auto pending = database_.read<Rows>(std::move(work));
    Result<Rows> rows = co_await std::move(pending);
    co_return rows;
}

flow::Task<Result<std::int64_t>> Changes::last_change() {
    std::function<Result<std::int64_t>(Session&)> work = [](Session& session) {
        long long last = 0;
        Call call = session.call(sql::changes::last);
        call.into(last);
        call.next();
        return Result<std::int64_t>(last);
    };
    auto pending = database_.read<std::int64_t>(std::move(work));
    Result<std::int64_t> last = co_await std::move(pending);
    co_return last;
}

}  // namespace candour::store
