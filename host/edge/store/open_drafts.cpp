#include "edge/store/open_drafts.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

/// More people than that do not write at once.
constexpr std::int64_t kMostDrafts = 500;

using Drafts = std::vector<flow::OpenDraft>;

Drafts select_drafts(Session& session, const ItemId& item, core::Instant now) {
    flow::OpenDraft draft;
    std::string id;
    long long since = 0, until = 0;
    Call call = session.call(sql::drafts::open);
    call.with("now", now).with("item_id", item.text()).with("limit", kMostDrafts);
    call.into(id).into(draft.holder).into(draft.step).into(draft.name).into(since).into(until);
    Drafts drafts;
    while (call.next()) {
        draft.item = ItemId::trusted(id);
        draft.since = core::from_us(since);
        draft.until = core::from_us(until);
        drafts.push_back(draft);
    }
    return drafts;
}

}  // namespace

flow::Task<Done> OpenDrafts::hold(flow::OpenDraft draft, core::Instant now) {
    return database_.write<Nothing>([draft = std::move(draft), now](Session& session) -> Done {
        session.call(sql::drafts::forget).with("now", now).run();
        session.call(sql::drafts::hold)
            .with("item_id", draft.item.text())
            .with("holder", draft.holder)
            .with("step", draft.step)
            .with("name", draft.name)
            .with("now", now)
            .with("until", draft.until)
            .run();
        return done();
    });
}

flow::Task<Done> OpenDrafts::let_go(flow::OpenDraft draft) {
    return database_.write<Nothing>([draft = std::move(draft)](Session& session) -> Done {
        session.call(sql::drafts::let_go)
            .with("item_id", draft.item.text())
            .with("holder", draft.holder)
            .with("step", draft.step)
            .run();
        return done();
    });
}

flow::Task<Result<Drafts>> OpenDrafts::open(ItemId item, core::Instant now) {
    return database_.read<Drafts>([item = std::move(item), now](Session& session) {
        return Result<Drafts>(select_drafts(session, item, now));
    });
}

}  // namespace candour::store
