/// Items as rows: one list of columns for reading, one for writing.
#pragma once
#include "core/loop/item.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// The columns of queries/loop.sql `find_item` and `list_items`, in their order.
class ItemColumns {
 public:
    void read_from(Call& call);
    core::Item item() const;
    std::int64_t number() const { return number_; }

 private:
    std::string id_, account_, contact_, source_, source_key_, owner_, segment_, state_, told_from_, telling_,
        evidence_, evidence_source_, topic_, theme_, merged_into_;
    long long number_ = 0, round_ = 0, version_ = 0, will_change_ = 0, pending_reply_ = 0;
    long long due_hear_ = 0, due_decide_ = 0, due_change_ = 0, due_tell_ = 0;
    long long our_failure_ = 0, reminders_ = 0, channel_asked_ = 0, quiet_ = 0, reminded_ = 0,
              silent_since_ = 0, same_since_ = 0;
    long long raised_ = 0, heard_ = 0, decided_ = 0, changed_ = 0, told_ = 0, closed_ = 0, promised_by_ = 0,
              last_event_ = 0;
};

void add_item(Session& session, const core::Item& item);

/// Different items as they are now: PostgreSQL takes them in one round trip.
void update_items(Session& session, const std::vector<core::Item>& items);

}  // namespace candour::store
