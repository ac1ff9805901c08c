#include "candour_queries.hpp"
#include "edge/store/calendars.hpp"
#include "edge/store/history.hpp"
#include "edge/store/people_rows.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

Result<core::Teammate> find_teammate(Session& session, const std::string& key) {
    std::string id, email, name;
    Call call = session.call(sql::calendar::teammate_by_id_or_address);
    call.with("key", key).into(id).into(email).into(name);
    if (!call.next())
        return Error{ErrorCode::not_found,
                     "there is no teammate \"" + key + "\"; expected an id or an e-mail address"};
    core::Teammate teammate;
    teammate.id = TeammateId::trusted(id);
    teammate.email = email;
    teammate.name = name;
    return teammate;
}

Result<AccountId> account_named(Session& session, const std::string& key) {
    std::string id, name;
    Call call = session.call(sql::calendar::account_by_id_or_ref);
    call.with("key", key).into(id).into(name);
    if (!call.next())
        return Error{ErrorCode::not_found,
                     "there is no account \"" + key + "\"; expected an id or your own number for it"};
    return AccountId::trusted(id);
}

/// What the row says now, with what is to be changed in it.
struct CareStanding {
    std::string person, calendar;
};

CareStanding standing_of(Session& session, const Query& query, const std::string& id) {
    CareStanding now;
    Call call = session.call(query);
    call.with("id", id).into(now.person).into(now.calendar);
    call.next();
    return now;
}

Done apply(Session& session, const flow::NewCare& care, CareStanding& standing) {
    if (care.person) {
        const Result<core::Teammate> person =
            care.person->empty() ? core::Teammate{} : find_teammate(session, *care.person);
        if (!person) return person.error();
        standing.person = person->id.text();
    }
    if (!care.calendar) return done();
    standing.calendar = *care.calendar;
    if (care.calendar->empty()) return done();
    std::string id, zone, weekly, holidays;
    Call call = session.call(sql::calendar::calendars);
    call.with("id", *care.calendar).into(id).into(zone).into(weekly).into(holidays);
    if (call.next()) return done();
    return Error{ErrorCode::not_found,
                 "there is no calendar \"" + *care.calendar + "\"; candour calendar set makes one"};
}

std::vector<core::Account> accounts_of(Session& session, const std::string& owner) {
    std::vector<core::Account> all;
    AccountColumns columns;
    Call call = session.call(sql::calendar::accounts_of_owner);
    call.with("owner", owner);
    columns.read_from(call);
    while (call.next()) all.push_back(columns.account());
    return all;
}

/// The history says from which day on they were somebody else's: figures by owner follow it.
void give_accounts(Session& session, const std::vector<core::Account>& accounts, const std::string& from,
                   const std::string& to, ChangeTime when) {
    enter_history(session);
    for (const core::Account& before : accounts) {
        core::Account after = before;
        after.owner = TeammateId::trusted(to);
        record_account(session, before, after, when);
    }
    session.call(sql::calendar::hand_accounts_over)
        .with("to", to)
        .with("now", when.at)
        .with("from", from)
        .run();
}

}  // namespace

flow::Task<Result<core::Teammate>> Calendars::teammate(std::string key) {
    return database_.read<core::Teammate>(
        [key = std::move(key)](Session& session) { return find_teammate(session, key); });
}

flow::Task<Result<AccountId>> Calendars::account(std::string key) {
    return database_.read<AccountId>(
        [key = std::move(key)](Session& session) { return account_named(session, key); });
}

flow::Task<Result<std::vector<flow::TeammateCare>>> Calendars::care_of_teammates() {
    return database_.read<std::vector<flow::TeammateCare>>([](Session& session) {
        flow::TeammateCare one;
        std::string id;
        Call call = session.call(sql::calendar::care_of_teammates);
        call.into(id)
            .into(one.teammate.email)
            .into(one.teammate.name)
            .into(one.manager)
            .into(one.manager_name)
            .into(one.calendar);
        std::vector<flow::TeammateCare> all;
        while (call.next()) {
            one.teammate.id = TeammateId::trusted(id);
            all.push_back(one);
        }
        return Result<std::vector<flow::TeammateCare>>(std::move(all));
    });
}

flow::Task<Result<std::vector<flow::AccountCare>>> Calendars::care_of_accounts(std::string sees) {
    return database_.read<std::vector<flow::AccountCare>>([=](Session& session) {
        flow::AccountCare one;
        std::string id;
        Call call = session.call(sql::calendar::care_of_accounts);
        call.with("sees", sees)
            .into(id)
            .into(one.ref)
            .into(one.name)
            .into(one.owner)
            .into(one.owner_name)
            .into(one.sponsor)
            .into(one.sponsor_name)
            .into(one.calendar);
        std::vector<flow::AccountCare> all;
        while (call.next()) {
            one.account = AccountId::trusted(id);
            all.push_back(one);
        }
        return Result<std::vector<flow::AccountCare>>(std::move(all));
    });
}

flow::Task<Done> Calendars::set_teammate(std::string key, flow::NewCare care) {
    return database_.write<Nothing>([key = std::move(key), care = std::move(care)](Session& session) -> Done {
        const Result<core::Teammate> teammate = find_teammate(session, key);
        if (!teammate) return teammate.error();
        CareStanding standing = standing_of(session, sql::calendar::teammate_care, teammate->id.text());
        if (Done applied = apply(session, care, standing); !applied) return applied;
        if (standing.person == teammate->id.text())
            return Error{ErrorCode::invalid,
                         "manager: expected somebody else, because nobody is reminded by themselves; found " +
                             teammate->email};
        session.call(sql::calendar::set_teammate_care)
            .with("manager", standing.person)
            .with("calendar", standing.calendar)
            .with("id", teammate->id.text())
            .run();
        return done();
    });
}

flow::Task<Done> Calendars::set_account(std::string key, flow::NewCare care) {
    return database_.write<Nothing>([key = std::move(key), care = std::move(care)](Session& session) -> Done {
        const Result<AccountId> account = account_named(session, key);
        if (!account) return account.error();
        CareStanding standing = standing_of(session, sql::calendar::account_care, account->text());
        if (Done applied = apply(session, care, standing); !applied) return applied;
        session.call(sql::calendar::set_account_care)
            .with("sponsor", standing.person)
            .with("calendar", standing.calendar)
            .with("id", account->text())
            .run();
        return done();
    });
}

flow::Task<Result<int>> Calendars::hand_over_accounts(std::string from, std::string to, core::Instant now,
                                                      bool dry_run) {
    const ChangeTime when{zone::civil_day(now, zone_), now};
    return database_.write<int>(
        [from = std::move(from), to = std::move(to), when, dry_run](Session& session) {
            const std::vector<core::Account> accounts = accounts_of(session, from);
            if (!dry_run && !accounts.empty()) give_accounts(session, accounts, from, to, when);
            return Result<int>(static_cast<int>(accounts.size()));
        });
}

}  // namespace candour::store
