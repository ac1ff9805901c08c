#include "edge/store/item_rows.hpp"

#include "candour_queries.hpp"
#include "core/loop/reminders.hpp"
#include "edge/json/rows.hpp"

namespace candour::store {
namespace {

using core::from_us;

/// What our own code wrote is read back by the same table; a hand-edited row falls back to the first value
/// and `candour rebuild --check` names it.
template <class Enum, std::size_t N>
Enum known(const core::NameTable<Enum, N>& table, const std::string& name) {
    return core::value_of(table, name).value_or(table.front().first);
}

/// Every column of a written item, into whatever takes names and values.
template <class Columns>
void put_item(Columns& columns, const core::Item& item) {
    columns.with("id", item.id.text())
        .with("account_id", item.account.text())
        .with("contact_id", item.contact.text())
        .with("source", item.source)
        .with("source_key", item.source_key)
        .with("owner_id", item.owner)
        .with("segment", item.segment)
        .with("state", std::string(core::name_of(core::kStates, item.state)))
        .with("round", item.round)
        .with("version", item.version)
        .with("told_from", std::string(core::name_of(core::kStates, item.told_from)))
        .with("telling", item.telling.text())
        .with("will_change", item.will_change ? 1 : 0)
        .with("evidence", std::string(core::name_of(core::kStrengths, item.evidence)))
        .with("evidence_source", item.evidence_source);
    columns.with("due_hear", item.due.hear)
        .with("due_decide", item.due.decide)
        .with("due_change", item.due.change)
        .with("due_tell", item.due.tell);
    columns.with("raised_at", item.raised_at)
        .with("heard_at", item.heard_at)
        .with("decided_at", item.decided_at)
        .with("changed_at", item.changed_at)
        .with("told_at", item.told_at)
        .with("closed_at", item.closed_at)
        .with("promised_by", item.promised_by)
        .with("last_event_at", item.last_event_at)
        .with("pending_reply", static_cast<std::int64_t>(item.pending_reply));
    columns.with("topic", item.topic).with("theme_id", item.theme).with("merged_into", item.merged_into);
    columns.with("our_failure", item.our_failure ? 1 : 0)
        .with("reminders", item.reminders)
        .with("channel_asked", item.channel_asked ? 1 : 0)
        .with("quiet", item.quiet ? 1 : 0)
        .with("reminded_at", item.reminded_at)
        .with("silent_since", item.silent_since)
        .with("same_since", item.same_since);
    const core::Watched watch = core::watched(item);
    columns.with("watch", std::string(core::name_of(core::kWatches, watch.why)))
        .with("watch_since", watch.since);
}

/// The columns of the next row.
class RowColumns {
 public:
    explicit RowColumns(json::Rows& rows) : row_(rows.row()) {}
    template <class Value>
    RowColumns& with(const char* name, const Value& value) {
        if constexpr (std::is_same_v<Value, core::Instant>)
            row_.with(name, core::to_us(value));
        else
            row_.with(name, value);
        return *this;
    }

 private:
    json::Rows& row_;
};

std::string rows_of(const std::vector<core::Item>& items) {
    json::Rows rows;
    for (const core::Item& item : items) {
        RowColumns columns(rows);
        put_item(columns, item);
    }
    return rows.text();
}

}  // namespace

void ItemColumns::read_from(Call& call) {
    for (std::string* column : {&id_}) call.into(*column);
    call.into(number_);
    for (std::string* column : {&account_, &contact_, &source_, &source_key_, &owner_, &segment_, &state_})
        call.into(*column);
    for (long long* column : {&round_, &version_}) call.into(*column);
    for (std::string* column : {&told_from_, &telling_}) call.into(*column);
    call.into(will_change_);
    for (std::string* column : {&evidence_, &evidence_source_}) call.into(*column);
    for (long long* column :
         {&due_hear_, &due_decide_, &due_change_, &due_tell_, &raised_, &heard_, &decided_, &changed_, &told_,
          &closed_, &promised_by_, &last_event_, &pending_reply_})
        call.into(*column);
    for (std::string* column : {&topic_, &theme_, &merged_into_}) call.into(*column);
    for (long long* column :
         {&our_failure_, &reminders_, &channel_asked_, &quiet_, &reminded_, &silent_since_, &same_since_})
        call.into(*column);
}

core::Item ItemColumns::item() const {
    core::Item item;
    item.id = ItemId::trusted(id_);
    item.account = AccountId::trusted(account_);
    item.contact = ContactId::trusted(contact_);
    item.source = source_;
    item.source_key = source_key_;
    item.owner = owner_;
    item.segment = segment_;
    item.state = known(core::kStates, state_);
    item.round = static_cast<int>(round_);
    item.version = static_cast<int>(version_);
    item.told_from = known(core::kStates, told_from_);
    item.telling = MessageId::trusted(telling_);
    item.will_change = will_change_ != 0;
    item.evidence = known(core::kStrengths, evidence_);
    item.evidence_source = evidence_source_;
    item.due = {from_us(due_hear_), from_us(due_decide_), from_us(due_change_), from_us(due_tell_)};
    item.raised_at = from_us(raised_);
    item.heard_at = from_us(heard_);
    item.decided_at = from_us(decided_);
    item.changed_at = from_us(changed_);
    item.told_at = from_us(told_);
    item.closed_at = from_us(closed_);
    item.promised_by = from_us(promised_by_);
    item.last_event_at = from_us(last_event_);
    item.pending_reply = static_cast<core::PendingReply>(pending_reply_);
    item.topic = topic_;
    item.theme = theme_;
    item.merged_into = merged_into_;
    item.our_failure = our_failure_ != 0;
    item.reminders = static_cast<int>(reminders_);
    item.channel_asked = channel_asked_ != 0;
    item.quiet = quiet_ != 0;
    item.reminded_at = from_us(reminded_);
    item.silent_since = from_us(silent_since_);
    item.same_since = static_cast<int>(same_since_);
    return item;
}

void add_item(Session& session, const core::Item& item) {
    Call call = session.call(sql::loop::add_item);
    put_item(call, item);
    call.run();
}

void update_items(Session& session, const std::vector<core::Item>& items) {
    if (session.dialect() == Dialect::postgresql && items.size() > 1) {
        session.call(sql::loop::update_items).with("rows", rows_of(items)).run();
        return;
    }
    for (const core::Item& item : items) {
        Call call = session.call(sql::loop::update_item);
        put_item(call, item);
        call.run();
    }
}

}  // namespace candour::store
