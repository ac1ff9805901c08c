#include "edge/store/advance.hpp"

#include <algorithm>

#include "candour_queries.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/items.hpp"
#include "edge/store/ledger.hpp"
#include "edge/store/list_text.hpp"

namespace candour::store {
namespace {

/// An item with the hash of its last event.
struct Stored {
    core::Item item;
    std::int64_t number = 0;
    std::string hash;
    bool moved = false;  ///< it took a step that is not written yet
};

std::vector<Stored> load(Session& session, const std::vector<flow::Aim>& aims) {
    std::vector<std::string> ids;
    std::vector<std::int64_t> numbers;
    for (const flow::Aim& aim : aims)
        aim.item.id.empty() ? numbers.push_back(aim.item.number) : ids.push_back(aim.item.id.text());
    ItemColumns columns;
    std::string hash;
    Call call = session.call(sql::loop::find_items);
    call.with("ids", list_text(session.dialect(), ids))
        .with("numbers", list_text(session.dialect(), numbers));
    columns.read_from(call);
    call.into(hash);
    std::vector<Stored> all;
    while (call.next()) all.push_back({columns.item(), columns.number(), hash, false});
    return all;
}

class Advance {
 public:
    Advance(Session& session, const std::vector<flow::Aim>& aims)
        : session_(session), steps_(session), stored_(load(session, aims)) {}

    flow::Advanced one(const flow::Aim& aim, const flow::Decide& decide) {
        Stored* stored = find(aim.item);
        if (stored == nullptr) return {no_such_item(aim.item), false};
        const bool stale =
            aim.seen_version != flow::kNotSeen && !core::as_seen(stored->item, aim.seen_version);
        if (stale)
            return {core::stale_version(stored->item.id, aim.seen_version, stored->item.version), true};
        const Result<core::Step> step = decide(stored->item);
        if (!step) return {step.error(), false};
        Result<core::Item> after = steps_.add(stored->item, *step, stored->hash);
        stored->moved = stored->moved || (after && !step->events.empty());
        return {std::move(after), false};
    }
    void write() { steps_.write(); }

 private:
    /// An item that is aimed at twice is read again for its second step.
    Stored* find(const flow::ItemRef& ref) {
        const auto found = std::ranges::find_if(stored_, [&](const Stored& stored) {
            return ref.id.empty() ? stored.number == ref.number : stored.item.id == ref.id;
        });
        if (found == stored_.end()) return nullptr;
        if (found->moved) {
            steps_.write();
            *found = load(session_, {{ref, flow::kNotSeen}}).front();
        }
        return &*found;
    }

    Session& session_;
    Steps steps_;
    std::vector<Stored> stored_;
};

}  // namespace

std::vector<flow::Advanced> advance_items(Session& session, const std::vector<flow::Aim>& aims,
                                          const flow::Decide& decide) {
    Advance advance(session, aims);
    std::vector<flow::Advanced> all;
    for (const flow::Aim& aim : aims) all.push_back(advance.one(aim, decide));
    advance.write();
    return all;
}

Result<core::Item> advance_item(Session& session, const flow::ItemRef& ref, const flow::Decide& decide) {
    return std::move(advance_items(session, {{ref, flow::kNotSeen}}, decide).front().item);
}

}  // namespace candour::store
