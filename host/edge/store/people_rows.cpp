#include "edge/store/people_rows.hpp"

#include <optional>

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"

namespace candour::store {
namespace {

std::string segment_text(core::Segment segment) {
    return std::string(core::name_of(core::kSegments, segment));
}

bool same(const core::Account& a, const core::Account& b) {
    return a.name == b.name && a.segment == b.segment && a.owner == b.owner && a.renewal_on == b.renewal_on &&
           a.annual_revenue == b.annual_revenue;
}

void bind_account(Call& call, const core::Account& account, core::Instant now) {
    call.with("id", account.id.text())
        .with("name", account.name)
        .with("segment", segment_text(account.segment))
        .with("owner_id", account.owner.text())
        .with("renewal_on", account.renewal_on)
        .with("annual_revenue", account.annual_revenue)
        .with("now", now);
}

}  // namespace

std::optional<core::Account> find_account(Session& session, const std::string& ref) {
    std::string id, name, segment, owner, renewal;
    long long revenue = 0;
    Call call = session.call(sql::relationship::find_account);
    call.with("ref", ref).into(id).into(name).into(segment).into(owner).into(renewal).into(revenue);
    if (!call.next()) return std::nullopt;
    return core::Account{AccountId::trusted(id),
                         ref,
                         name,
                         core::value_of(core::kSegments, segment).value_or(core::Segment::unclassified),
                         TeammateId::trusted(owner),
                         renewal,
                         revenue};
}

void AccountColumns::read_from(Call& call) {
    for (std::string* column : {&id_, &ref_, &name_, &segment_, &owner_, &renewal_on_}) call.into(*column);
    call.into(revenue_);
}

core::Account AccountColumns::account() const {
    return {AccountId::trusted(id_),
            ref_,
            name_,
            core::value_of(core::kSegments, segment_).value_or(core::Segment::unclassified),
            TeammateId::trusted(owner_),
            renewal_on_,
            revenue_};
}

void ContactColumns::read_from(Call& call) {
    for (std::string* column : {&id_, &account_, &email_, &name_, &level_, &language_, &zone_})
        call.into(*column);
    call.into(active_);
}

core::Contact ContactColumns::contact() const {
    return {ContactId::trusted(id_),
            AccountId::trusted(account_),
            email_,
            name_,
            core::value_of(core::kLevels, level_).value_or(core::Level::operational),
            language_,
            zone_,
            active_ != 0};
}

core::Teammate find_or_add_teammate(Session& session, const std::string& email, const std::string& name,
                                    core::Instant now) {
    std::string id, known_name;
    {
        Call call = session.call(sql::relationship::find_teammate);
        call.with("email", email).into(id).into(known_name);
        if (call.next()) return {TeammateId::trusted(id), email, known_name};
    }
    const core::Teammate fresh{crypto::new_id<TeammateId>(now), email, name.empty() ? email : name};
    session.call(sql::relationship::add_teammate)
        .with("id", fresh.id.text())
        .with("email", email)
        .with("name", fresh.name)
        .with("now", now)
        .run();
    return fresh;
}

Result<Change> import_account(Session& session, const core::AccountRow& row, ChangeTime when) {
    const core::Instant now = when.at;
    core::Account account = row.account;
    if (!row.owner_email.empty())
        account.owner = find_or_add_teammate(session, row.owner_email, row.owner_name, now).id;
    const std::optional<core::Account> before = find_account(session, account.ref);
    if (before && same(*before, account)) return Change::unchanged;
    account.id = before ? before->id : crypto::new_id<AccountId>(now);
    Call call = session.call(before ? sql::relationship::update_account : sql::relationship::add_account);
    bind_account(call, account, now);
    if (!before) call.with("ref", account.ref);
    call.run();
    record_account(session, before, account, when);
    return before ? Change::changed : Change::added;
}

void update_contact(Session& session, const core::Contact& contact, core::Instant now) {
    session.call(sql::relationship::update_contact)
        .with("id", contact.id.text())
        .with("name", contact.name)
        .with("level", std::string(core::name_of(core::kLevels, contact.level)))
        .with("language", contact.language)
        .with("zone", contact.zone)
        .with("active", contact.active ? 1 : 0)
        .with("now", now)
        .run();
}

}  // namespace candour::store
