#include "edge/store/mail_rows.hpp"

#include "candour_queries.hpp"
#include "crypto/base64.hpp"

namespace candour::store {
namespace {

using flow::MailState;

std::string name(MailState state) {
    return std::string(core::name_of(flow::kMailStates, state));
}

Error unknown_mail(std::int64_t id) {
    return Error{ErrorCode::not_found, "there is no mail " + std::to_string(id)};
}

}  // namespace

void MailColumns::read_from(Call& call) {
    call.into(id_)
        .into(row_.digest)
        .into(row_.sender)
        .into(row_.recipient)
        .into(received_at_)
        .into(state_)
        .into(attempts_);
    call.into(row_.kind)
        .into(row_.from)
        .into(row_.subject)
        .into(row_.outcome)
        .into(row_.detail)
        .into(message_)
        .into(item_)
        .into(contact_);
    call.into(settled_at_).into(row_.settled_by).into(row_.document);
}

flow::MailRow MailColumns::row() const {
    flow::MailRow row = row_;
    row.id = id_;
    row.received_at = core::from_us(received_at_);
    row.state = core::value_of(flow::kMailStates, state_).value_or(MailState::received);
    row.attempts = static_cast<int>(attempts_);
    row.message = MessageId::trusted(message_);
    row.item = ItemId::trusted(item_);
    row.contact = ContactId::trusted(contact_);
    row.settled_at = core::from_us(settled_at_);
    return row;
}

Result<flow::MailRow> mail_row(Session& session, std::int64_t id) {
    MailColumns columns;
    Call call = session.call(sql::mails::find);
    call.with("id", id);
    columns.read_from(call);
    if (!call.next()) return unknown_mail(id);
    return columns.row();
}

Result<std::string> mail_bytes(Session& session, std::int64_t id) {
    std::string bytes;
    Call call = session.call(sql::mails::content);
    call.with("id", id).into(bytes);
    if (!call.next()) return unknown_mail(id);
    return session.dialect() == Dialect::sqlite ? bytes : crypto::from_base64(bytes);
}

std::vector<flow::MailRow> mail_rows(Session& session, const flow::MailQuery& query) {
    MailColumns columns;
    long long number = 0;
    std::string contact;
    Call call = session.call(sql::mails::list);
    call.with("id", query.id)
        .with("state", query.state ? name(*query.state) : std::string())
        .with("before", query.before)
        .with("limit", query.limit);
    columns.read_from(call);
    call.into(number).into(contact);
    std::vector<flow::MailRow> rows;
    while (call.next()) {
        rows.push_back(columns.row());
        rows.back().item_number = number;
        rows.back().contact_name = contact;
    }
    return rows;
}

Result<MailState> lock_mail(Session& session, std::int64_t id) {
    std::string state;
    Call call = session.call(sql::mails::lock);
    call.with("id", id).into(state);
    if (!call.next()) return unknown_mail(id);
    return core::value_of(flow::kMailStates, state).value_or(MailState::received);
}

void settle_mail(Session& session, std::int64_t id, const MailEnding& ending, core::Instant now) {
    session.call(sql::mails::settle)
        .with("state", name(ending.state))
        .with("outcome", ending.outcome)
        .with("detail", ending.detail)
        .with("message_id", ending.message.text())
        .with("item_id", ending.item.text())
        .with("contact_id", ending.contact.text())
        .with("now", now)
        .with("settled_by", ending.by)
        .with("id", id)
        .run();
}

void keep_reading(Session& session, std::int64_t id, const flow::Reading& reading) {
    const core::Disposition& mail = reading.disposition;
    session.call(sql::mails::keep_reading)
        .with("disposition", reading.document)
        .with("kind", std::string(core::name_of(core::kMailKinds, mail.kind)))
        .with("from_address", mail.from)
        .with("subject", mail.subject)
        .with("id", id)
        .run();
}

}  // namespace candour::store
