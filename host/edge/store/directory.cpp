#include "edge/store/directory.hpp"

#include "candour_queries.hpp"
#include "core/relationship/tags.hpp"
#include "core/team/notices.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/contact_alerts.hpp"
#include "edge/store/people_rows.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

/// One list of columns for pages and for one person.
class PersonColumns {
 public:
    void read_from(Call& call) {
        contact_.read_from(call);
        call.into(roles_).into(merged_into_).into(erased_at_).into(account_name_).into(tags_);
    }
    flow::PersonView view() const {
        return {
            contact_.contact(),        roles_of(roles_),   account_name_, ContactId::trusted(merged_into_),
            core::from_us(erased_at_), core::listed(tags_)};
    }

 private:
    static std::vector<core::ContactRole> roles_of(std::string_view text) {
        std::vector<core::ContactRole> roles;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(','), text.size());
            if (const auto role = core::value_of(core::kContactRoles, text.substr(0, end)))
                roles.push_back(*role);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return roles;
    }

    ContactColumns contact_;
    std::string roles_, merged_into_, account_name_, tags_;
    long long erased_at_ = 0;
};

std::string roles_text(const std::vector<core::ContactRole>& roles) {
    std::string all;
    for (const core::ContactRole role : roles)
        all += (all.empty() ? "" : ",") + std::string(core::name_of(core::kContactRoles, role));
    return all;
}

/// One row more than asked for says that there are more.
template <class Row>
flow::NamePage<Row> page_of(std::vector<Row> rows, int limit) {
    const bool more = rows.size() > static_cast<std::size_t>(limit);
    if (more) rows.pop_back();
    return {std::move(rows), more};
}

flow::NamePage<core::Account> select_accounts(Session& session, const flow::NameQuery& query) {
    AccountColumns columns;
    Call call =
        session.call(query.sees.empty() ? sql::directory::accounts_page : sql::directory::accounts_in_sight);
    if (!query.sees.empty()) call.with("sees", query.sees);
    call.with("name", query.after.name)
        .with("id", query.after.id)
        .with("words", query.words)
        .with("limit", query.limit + 1);
    columns.read_from(call);
    std::vector<core::Account> rows;
    while (call.next()) rows.push_back(columns.account());
    return page_of(std::move(rows), query.limit);
}

flow::NamePage<flow::PersonView> select_contacts(Session& session, const flow::NameQuery& query) {
    PersonColumns columns;
    Call call =
        session.call(query.sees.empty() ? sql::directory::contacts_page : sql::directory::contacts_in_sight);
    if (!query.sees.empty()) call.with("sees", query.sees);
    call.with("name", query.after.name).with("id", query.after.id).with("account", query.account);
    call.with("words", query.words).with("limit", query.limit + 1);
    columns.read_from(call);
    std::vector<flow::PersonView> rows;
    while (call.next()) rows.push_back(columns.view());
    return page_of(std::move(rows), query.limit);
}

Result<flow::PersonView> change_person(Session& session, const std::string& key,
                                       const flow::PersonChange& change, const flow::Doer& doer,
                                       ChangeTime when) {
    Result<flow::PersonView> found = load_own_person(session, key);
    if (!found) return found;
    const core::Contact before = found->contact;
    const std::string was = person_in_words(*found);
    found->roles = change.roles.value_or(found->roles);
    found->tags = change.tags.value_or(found->tags);
    core::Contact& contact = found->contact;
    contact.level = change.level.value_or(contact.level);
    contact.language = change.language.value_or(contact.language);
    contact.zone = change.zone.value_or(contact.zone);
    contact.active = change.active.value_or(contact.active);
    enter_history(session);
    record_contact(session, before, contact, when, std::nullopt);
    write_person(session, *found, when.at);
    write_down(session, {doer, "contact_changed", contact.id.text(), was, person_in_words(*found)}, when.at);
    if (before.active && !contact.active)
        alert_of_contact(session, contact.id.text(), ContactAlert::left, when.at);
    return found;
}

}  // namespace

Result<flow::PersonView> load_person(Session& session, const std::string& key) {
    PersonColumns columns;
    Call call = session.call(sql::directory::find_person);
    call.with("key", key);
    columns.read_from(call);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no contact \"" + key + "\""};
    flow::PersonView view = columns.view();
    if (call.next())
        return Error{ErrorCode::conflict, "several accounts have a contact with the address \"" + key +
                                              "\"; use the contact's id"};
    return view;
}

Result<flow::PersonView> load_own_person(Session& session, const std::string& key) {
    Result<flow::PersonView> found = load_person(session, key);
    if (!found) return found;
    const std::string id = found->contact.id.text();
    if (core::happened(found->erased_at))
        return Error{ErrorCode::conflict, "contact " + id + " was erased; nothing about them can be kept"};
    if (!found->merged_into.empty())
        return Error{ErrorCode::conflict, "contact " + id + " was merged into " + found->merged_into.text() +
                                              "; use that one, or split them first"};
    return found;
}

std::string person_in_words(const flow::PersonView& person) {
    const core::Contact& contact = person.contact;
    return std::string(core::name_of(core::kLevels, contact.level)) + (contact.active ? "" : ", left") +
           "; roles: " + roles_text(person.roles) + "; tags: " + std::to_string(person.tags.size()) +
           "; language: " + contact.language + "; zone: " + contact.zone;
}

void write_person(Session& session, const flow::PersonView& person, core::Instant now) {
    const core::Contact& contact = person.contact;
    session.call(sql::directory::write_person)
        .with("id", contact.id.text())
        .with("email", contact.email)
        .with("name", contact.name)
        .with("level", std::string(core::name_of(core::kLevels, contact.level)))
        .with("language", contact.language)
        .with("zone", contact.zone)
        .with("active", contact.active ? 1 : 0)
        .with("roles", roles_text(person.roles))
        .with("tags", core::joined(person.tags))
        .with("merged_into", person.merged_into.text())
        .with("erased_at", person.erased_at)
        .with("now", now)
        .run();
}

void touch_history(Session& session, const core::Contact& contact, ChangeTime when) {
    core::Contact other = contact;
    other.active = !contact.active;
    record_contact(session, other, contact, when, std::nullopt);
}

ChangeTime Directory::time_of(core::Instant now) const {
    return {zone::civil_day(now, zone_), now};
}

flow::Task<Result<flow::NamePage<core::Account>>> Directory::accounts_by_name(flow::NameQuery query) {
    using Page = flow::NamePage<core::Account>;
    std::function<Result<Page>(Session&)> work = [query = std::move(query)](Session& session) {
        return Result<Page>(select_accounts(session, query));
    };
    return database_.read<Page>(std::move(work));
}

flow::Task<Result<flow::NamePage<flow::PersonView>>> Directory::contacts_by_name(flow::NameQuery query) {
    using Page = flow::NamePage<flow::PersonView>;
    std::function<Result<Page>(Session&)> work = [query = std::move(query)](Session& session) {
        return Result<Page>(select_contacts(session, query));
    };
    return database_.read<Page>(std::move(work));
}

flow::Task<Result<flow::PersonView>> Directory::person(std::string key) {
    std::function<Result<flow::PersonView>(Session&)> work = [key = std::move(key)](Session& session) {
        return load_person(session, key);
    };
    return database_.read<flow::PersonView>(std::move(work));
}

flow::Task<Result<flow::PersonView>> Directory::change(std::string key, flow::PersonChange change,
                                                       flow::Doer doer, core::Instant now) {
    std::function<Result<flow::PersonView>(Session&)> work =
        [key = std::move(key), change = std::move(change), doer = std::move(doer),
         when = time_of(now)](Session& session) { return change_person(session, key, change, doer, when); };
    return database_.write<flow::PersonView>(std::move(work));
}

}  // namespace candour::store
