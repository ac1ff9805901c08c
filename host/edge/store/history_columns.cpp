#include "edge/store/history_columns.hpp"

#include "edge/json/content.hpp"

namespace candour::store {

void HistoryColumns::read_from(Call& call) {
    call.into(n_).into(round_).into(event_).into(actor_).into(at_).into(hash_).into(content_).into(erased_);
    call.into(name_);
}

flow::HistoryEntry HistoryColumns::entry() const {
    flow::HistoryEntry entry;
    entry.n = static_cast<int>(n_);
    entry.round = static_cast<int>(round_);
    entry.event = {core::value_of(core::kEvents, event_).value_or(core::Event::raised), actor_,
                   core::from_us(at_), json::read_content(content_).value_or({})};
    entry.actor_name = name_;
    entry.erased = erased_ != 0;
    entry.hash = hash_;
    return entry;
}

}  // namespace candour::store
