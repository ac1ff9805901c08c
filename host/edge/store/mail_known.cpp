#include "edge/store/mail_known.hpp"

#include "candour_queries.hpp"
#include "crypto/digest.hpp"
#include "edge/store/people_rows.hpp"

namespace candour::store {

std::vector<core::Contact> contacts_with(Session& session, const std::string& id_or_address) {
    std::vector<core::Contact> all;
    if (id_or_address.empty()) return all;
    ContactColumns columns;
    Call call = session.call(sql::relationship::contact_by_id_or_address);
    call.with("key", id_or_address);
    columns.read_from(call);
    while (call.next()) all.push_back(columns.contact());
    return all;
}

std::optional<core::MailThread> thread_of(Session& session, const std::vector<core::MailTrail>& trails,
                                          core::Instant now) {
    for (const core::MailTrail& trail : trails) {
        core::MailThread thread;
        std::string kind, item, contact, account;
        long long round = 0, over = 0;
        Call call = session.call(sql::mails::thread);
        call.with("now", now).with("id", trail.message.text());
        call.into(kind)
            .into(round)
            .into(item)
            .into(contact)
            .into(account)
            .into(thread.about)
            .into(thread.recipient)
            .into(thread.teammate)
            .into(over);
        if (!call.next()) continue;
        thread.message = trail.message;
        thread.by_token = trail.by_token;
        thread.over = over != 0;
        thread.kind = core::value_of(core::kMessageKinds, kind).value_or(core::MessageKind::plugin);
        thread.round = static_cast<int>(round);
        thread.item = ItemId::trusted(item);
        thread.contact = ContactId::trusted(contact);
        thread.account = AccountId::trusted(account);
        return thread;
    }
    return std::nullopt;
}

std::string meaning_of(const flow::MailRow& row, const core::Disposition& mail) {
    const std::string sameness = core::sameness_of(mail);
    return sameness.empty() ? row.digest : crypto::to_hex(crypto::sha256(sameness));
}

}  // namespace candour::store
