#include "candour_queries.hpp"
#include "edge/store/items.hpp"

namespace candour::store {
namespace {

/// A promise that is overdue for so long is broken, whatever still happens.
constexpr std::chrono::days kBrokenAfter{30};

std::vector<flow::CommitmentView> select_commitments(Session& session, core::Instant now) {
    flow::CommitmentView view;
    std::string item;
    long long round = 0, number = 0, due = 0, settled = 0;
    Call call = session.call(sql::loop::commitments);
    call.into(item).into(number).into(round).into(view.promise).into(due).into(view.standing).into(settled);
    call.into(view.account).into(view.contact).into(view.owner);
    std::vector<flow::CommitmentView> views;
    while (call.next()) {
        view.item = ItemId::trusted(item);
        view.number = number;
        view.round = static_cast<int>(round);
        view.due_at = core::from_us(due);
        view.settled_at = core::from_us(settled);
        if (view.standing == "open" && view.due_at + kBrokenAfter < now) view.standing = "broken";
        views.push_back(view);
    }
    return views;
}

}  // namespace

flow::Task<Result<std::vector<flow::CommitmentView>>> Items::commitments(core::Instant now) {
    using Views = std::vector<flow::CommitmentView>;
    std::function<Result<Views>(Session&)> work = [now](Session& session) { return Result<Views>(select_commitments(session, now)); };
    auto pending = database_.read<Views>(std::move(work));
    Result<Views> views = co_await std::move(pending);
    co_return views;
}

}  // namespace candour::store
