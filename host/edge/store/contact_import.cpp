#include "edge/store/contact_import.hpp"

#include "candour_queries.hpp"
#include "core/metrics/calendar.hpp"
#include "core/relationship/tags.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/rows.hpp"
#include "edge/store/contact_alerts.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

/// How many rows share a look-up and a write.
constexpr std::size_t kAhead = 500;

/// Within an account an address is a person; without one the name is.
std::string key_of(const core::Contact& contact) {
    const std::string who = contact.email.empty() ? "\n" + contact.name : contact.email;
    return contact.account.text() + "\n" + who;
}

bool same(const core::Contact& a, const core::Contact& b) {
    return a.name == b.name && a.level == b.level && a.language == b.language && a.zone == b.zone &&
           a.active == b.active;
}

}  // namespace

ContactImport::ContactImport(Session& session, const std::vector<core::ContactRow>& rows, ChangeTime when)
    : session_(session),
      rows_(rows),
      when_(when),
      fresh_(sql::relationship::add_contacts,
             {"id", "account_id", "email", "name", "level", "language", "zone", "active", "now"}),
      tags_(sql::wishes::set_tags, {"id", "tags"}) {}

Result<Change> ContactImport::next() {
    if (at_ % kAhead == 0) look_ahead();
    Result<Change> change = import(rows_[at_++]);
    if (at_ == rows_.size()) write();
    return change;
}

Result<Change> ContactImport::import(const core::ContactRow& row) {
    const std::optional<core::Account>& account = account_of(row.account_ref);
    if (!account)
        return Error{ErrorCode::not_found,
                     "account_ref: there is no account \"" + row.account_ref + "\"; import accounts first"};
    // Quiet hours in a zone that nobody knows would be none at all.
    if (!row.contact.zone.empty() && !zone::known_zone(row.contact.zone))
        return Error{ErrorCode::invalid,
                     "zone: expected an IANA name such as Europe/Berlin that this system knows, found \"" +
                         row.contact.zone + "\""};
    core::Contact contact = row.contact;
    contact.account = account->id;
    return put(std::move(contact), row);
}

void ContactImport::write() {
    fresh_.run(session_);
    history_.write(session_);
    tags_.run(session_);
}

void ContactImport::look_ahead() {
    write();
    known_.clear();
    json::Rows keys;
    for (std::size_t i = at_; i < std::min(at_ + kAhead, rows_.size()); ++i) {
        const core::Contact& contact = rows_[i].contact;
        if (const auto& account = account_of(rows_[i].account_ref))
            keys.row()
                .with("account", account->id.text())
                .with("email", contact.email)
                .with("name", contact.name);
    }
    ContactColumns columns;
    Call call = session_.call(sql::relationship::find_contacts);
    call.with("keys", keys.text());
    columns.read_from(call);
    while (call.next()) {
        core::Contact contact = columns.contact();
        known_.insert_or_assign(key_of(contact), std::move(contact));
    }
}

const std::optional<core::Account>& ContactImport::account_of(const std::string& ref) {
    const auto known = accounts_.find(ref);
    return known != accounts_.end() ? known->second
                                    : accounts_.emplace(ref, find_account(session_, ref)).first->second;
}

Change ContactImport::put(core::Contact contact, const core::ContactRow& row) {
    const auto found = known_.find(key_of(contact));
    const std::optional<core::Contact> before =
        found == known_.end() ? std::nullopt : std::optional(found->second);
    contact.id = before ? before->id : crypto::new_id<ContactId>(when_.at);
    // Its own rows have to be there before they are asked about, and before they are changed.
    if (before) write();
    history_.contact(session_, before, contact, when_, core::read_date(row.known_since));
    if (!before)
        fresh_.row({contact.id.text(), contact.account.text(), contact.email, contact.name,
                    std::string(core::name_of(core::kLevels, contact.level)), contact.language, contact.zone,
                    contact.active ? "1" : "0", std::to_string(core::to_us(when_.at))});
    const bool differs = !before || !same(*before, contact);
    if (before && differs) update_contact(session_, contact, when_.at);
    if (before && before->active && !contact.active)
        alert_of_contact(session_, contact.id.text(), ContactAlert::left, when_.at);
    if (row.tags) tags_.row({contact.id.text(), core::joined(*row.tags)});
    known_.insert_or_assign(key_of(contact), std::move(contact));
    return !before ? Change::added : differs ? Change::changed : Change::unchanged;
}

}  // namespace candour::store
