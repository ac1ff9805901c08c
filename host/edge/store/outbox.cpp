#include "edge/store/outbox.hpp"

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/message_fate.hpp"
#include "edge/store/welcome_hours.hpp"

namespace candour::store {
namespace {

using core::from_us;
using flow::MessageRow;
using flow::SentCopy;

std::vector<std::string> claim_ids(Session& session, const std::string& host, core::Instant now,
                                   core::Instant until, int limit) {
    session.call(sql::delivery::expire_leases).with("now", now).run();
    std::vector<std::string> ids;
    std::string id;
    Call call = session.call(sql::delivery::claim_messages);
    call.with("owner", host).with("until", until).with("now", now).with("limit", limit).into(id);
    while (call.next()) ids.push_back(id);
    return ids;
}

std::int64_t bump_mark(Session& session) {
    long long mark = 0;
    Call call = session.call(sql::delivery::bump_mark);
    call.into(mark);
    call.next();
    return mark;
}

/// The rows of the query `due_messages`.
class DueColumns {
 public:
    void read_from(Call& call) {
        call.into(id_).into(kind_).into(due_.channel).into(due_.about).into(due_.document).into(item_);
        call.into(round_).into(attempts_).into(unknowns_).into(contact_).into(created_);
        call.into(due_.address).into(due_.contact_name).into(due_.language).into(due_.zone);
        call.into(suppressed_).into(due_.plugin).into(due_.account_name).into(due_.campaign).into(unwanted_);
        call.into(reminder_).into(invitation_).into(answered_).into(not_after_).into(due_.words);
        call.into(calendar_);
    }
    flow::DueMessage message() const {
        flow::DueMessage due = due_;
        due.id = MessageId::trusted(id_);
        due.kind = core::value_of(core::kMessageKinds, kind_).value_or(core::MessageKind::plugin);
        due.state = unknowns_ > 0 ? core::MessageState::unknown : core::MessageState::claimed;
        due.item = ItemId::trusted(item_);
        due.round = static_cast<int>(round_);
        due.attempts = static_cast<int>(attempts_);
        due.unknowns = static_cast<int>(unknowns_);
        due.contact = ContactId::trusted(contact_);
        due.created_at = from_us(created_);
        due.suppressed = suppressed_ != 0;
        due.unwanted = unwanted_ != 0;
        due.reminder = static_cast<int>(reminder_);
        due.invitation = MessageId::trusted(invitation_);
        due.answered = answered_ != 0;
        due.not_after = from_us(not_after_);
        return due;
    }
    /// Of the reader's account, or empty.
    const std::string& calendar() const { return calendar_; }

 private:
    flow::DueMessage due_;
    std::string id_, kind_, item_, contact_, invitation_, calendar_;
    long long round_ = 0, attempts_ = 0, unknowns_ = 0, created_ = 0, suppressed_ = 0, unwanted_ = 0,
              reminder_ = 0, answered_ = 0, not_after_ = 0;
};

struct Claimed {
    flow::DueMessage message;
    std::string calendar;
};

std::vector<Claimed> load_due(Session& session, const std::vector<std::string>& ids) {
    std::string all;
    for (const std::string& id : ids) all += (all.empty() ? "[\"" : ",\"") + id + "\"";
    std::vector<Claimed> claimed;
    if (ids.empty()) return claimed;
    DueColumns columns;
    Call call = session.call(sql::delivery::due_messages);
    call.with("ids", all + "]");
    columns.read_from(call);
    while (call.next()) claimed.push_back({columns.message(), columns.calendar()});
    return claimed;
}

/// Whatever kept a question back until now (a pause, an outage, a server that said "later"), it goes out in
/// its reader's hours.
bool put_off(Session& session, const flow::DueMessage& due, const std::string& calendar,
             std::optional<WelcomeHours>& hours, core::Instant now) {
    if (due.campaign.empty()) return false;
    if (!hours) hours.emplace(session, HoursRules{}, now);
    const core::Slot slot = hours->welcome(calendar, due.zone, now);
    if (slot.waits == core::Waits::no) return false;
    session.call(sql::delivery::put_off).with("not_before", slot.at).with("id", due.id.text()).run();
    session.call(sql::delivery::note_why_it_waits)
        .with("waits", std::string(core::name_of(core::kWaits, slot.waits)))
        .with("campaign_id", due.campaign)
        .with("id", due.id.text())
        .run();
    return true;
}

Result<MessageId> add_plugin_mail(Session& session, const flow::PluginMailRequest& request,
                                  core::Instant now) {
    std::string id, address, account;
    {
        Call call = session.call(sql::delivery::find_plugin_mail);
        call.with("plugin", request.plugin).with("plugin_key", request.key).into(id);
        if (call.next()) return MessageId::trusted(id);
    }
    {
        Call call = session.call(sql::delivery::recipient_of);
        call.with("contact_id", request.contact.text()).into(address).into(account);
        if (!call.next()) return Error{ErrorCode::not_found, "there is no contact " + request.contact.text()};
    }
    if (address.empty())
        return Error{ErrorCode::invalid, "contact " + request.contact.text() + " has no e-mail address"};
    const MessageId message = crypto::new_id<MessageId>(now);
    session.call(sql::delivery::add_message)
        .with("id", message.text())
        .with("kind", std::string("plugin"))
        .with("purpose", std::string())
        .with("channel", std::string("mail"))
        .with("plugin", request.plugin)
        .with("plugin_key", request.key)
        .with("about", std::string())
        .with("account_id", account)
        .with("contact_id", request.contact.text())
        .with("item_id", std::string())
        .with("round", 0)
        .with("document", request.document)
        .with("state", std::string("queued"))
        .with("not_before", std::max(request.not_before, now))
        .with("created_at", now)
        .with("expires_at", now + core::kLinkLifetime)
        .run();
    return message;
}

}  // namespace

flow::Task<Result<std::vector<flow::DueMessage>>> Outbox::claim(std::string host, core::Instant now,
                                                                core::Instant until, int limit) {
    using Due = std::vector<flow::DueMessage>;
    std::function<Result<Due>(Session&)> work = [=](Session& session) {
        Due due;
        std::optional<WelcomeHours> hours;
        const std::vector<std::string> ids = claim_ids(session, host, now, until, limit);
        for (Claimed& one : load_due(session, ids))
            if (!put_off(session, one.message, one.calendar, hours, now))
                due.push_back(std::move(one.message));
        if (due.empty()) return Result<Due>(std::move(due));
        const std::int64_t mark = bump_mark(session);
        for (flow::DueMessage& message : due) message.mark = mark;
        return Result<Due>(std::move(due));
    };
    auto pending = database_.write<Due>(std::move(work));
    Result<Due> due = co_await std::move(pending);
    co_return due;
}

flow::Task<Done> Outbox::mark_transmitting(MessageId id, std::string host, core::Instant until) {
    return database_.write_job(marks_.job(std::move(id), std::move(host), until));
}

flow::Task<Done> Outbox::record(flow::Receipt receipt) {
    if (HandedOverStep::takes(receipt)) {
        auto keeping = database_.write_job(handed_over_.job(std::move(receipt)));
        Done kept = co_await std::move(keeping);
        co_return kept;
    }
    std::function<Done(Session&)> work = [receipt, soft = soft_](Session& session) {
        if (!receipt.composed.content.empty())
            session.call(sql::delivery::keep_copy)
                .with("message_id", receipt.id.text())
                .with("recipient", receipt.recipient)
                .with("subject", receipt.composed.subject)
                .with("content", receipt.composed.content)
                .with("at", receipt.at)
                .run();
        return apply_fate(session, receipt, soft);
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done recorded = co_await std::move(pending);
    co_return recorded;
}

flow::Task<Result<MessageId>> Outbox::send(flow::PluginMailRequest request) {
    std::function<Result<MessageId>(Session&)> work = [request, now = clock_.now()](Session& session) {
        return add_plugin_mail(session, request, now);
    };
    auto pending = database_.write<MessageId>(std::move(work));
    Result<MessageId> id = co_await std::move(pending);
    co_return id;
}

flow::Task<Done> Outbox::bounced(MessageId id, std::string status, std::string detail) {
    std::function<Done(Session&)> work = [=, soft = soft_, now = clock_.now()](Session& session) {
        return apply_bounce(session, id, {core::kind_of_bounce(status, 0), status, detail}, soft, now);
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done applied = co_await std::move(pending);
    co_return applied;
}

flow::Task<Result<std::vector<flow::SentCopy>>> Outbox::copies(std::string id, int limit) {
    std::function<Result<std::vector<SentCopy>>(Session&)> work = [id, limit](Session& session) {
        SentCopy copy;
        std::string message, state, content, shared;
        long long at = 0;
        Call call = session.call(sql::delivery::copies);
        call.with("id", id).with("limit", limit);
        call.into(message).into(copy.recipient).into(copy.subject).into(content).into(shared);
        call.into(at).into(state);
        std::vector<SentCopy> copies;
        while (call.next()) {
            copy.id = MessageId::trusted(message);
            copy.at = from_us(at);
            copy.content = shared.empty() ? content : core::put_together(shared, content);
            copy.state =
                core::value_of(core::kMessageStates, state).value_or(core::MessageState::handed_over);
            copies.push_back(copy);
        }
        return Result<std::vector<SentCopy>>(std::move(copies));
    };
    auto pending = database_.read<std::vector<SentCopy>>(std::move(work));
    Result<std::vector<SentCopy>> copies = co_await std::move(pending);
    co_return copies;
}

flow::Task<Result<std::vector<flow::MessageRow>>> Outbox::of_item(ItemId item) {
    std::function<Result<std::vector<MessageRow>>(Session&)> work = [item](Session& session) {
        MessageRow row;
        std::string id, kind, state;
        long long round = 0, attempts = 0, created = 0, handed_over = 0, code = 0;
        Call call = session.call(sql::delivery::messages_of_item);
        call.with("item_id", item.text());
        call.into(id)
            .into(kind)
            .into(row.channel)
            .into(state)
            .into(round)
            .into(attempts)
            .into(created)
            .into(handed_over);
        call.into(row.last_fate).into(code).into(row.last_detail);
        std::vector<MessageRow> rows;
        while (call.next()) {
            row.id = MessageId::trusted(id);
            row.kind = core::value_of(core::kMessageKinds, kind).value_or(core::MessageKind::plugin);
            row.state = core::value_of(core::kMessageStates, state).value_or(core::MessageState::queued);
            row.round = static_cast<int>(round);
            row.attempts = static_cast<int>(attempts);
            row.created_at = from_us(created);
            row.handed_over_at = from_us(handed_over);
            row.last_code = static_cast<int>(code);
            rows.push_back(row);
        }
        return Result<std::vector<MessageRow>>(std::move(rows));
    };
    auto pending = database_.read<std::vector<MessageRow>>(std::move(work));
    Result<std::vector<MessageRow>> rows = co_await std::move(pending);
    co_return rows;
}

}  // namespace candour::store
