#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
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

/// `person` is what the row calls who stands behind them: manager, or sponsor.
std::string care_in_words(Session& session, const char* person, const CareStanding& standing) {
    const Result<core::Teammate> known = find_teammate(session, standing.person);
    return std::string(person) + ": " + (known ? known->email : "nobody") +
           "; calendar: " + (standing.calendar.empty() ? "as usual" : standing.calendar);
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

/// The first of them by number, and how many there are.
std::string owned_in_words(const std::vector<core::Account>& accounts) {
    constexpr std::size_t most = 20;
    std::string words = std::to_string(accounts.size()) + (accounts.size() == 1 ? " account" : " accounts");
    for (std::size_t i = 0; i < std::min(accounts.size(), most); ++i)
        words += (i == 0 ? ": " : ", ") + accounts[i].ref;
    return words + (accounts.size() > most ? ", …" : "");
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

flow::Task<Done> Calendars::set_teammate(std::string key, flow::NewCare care, flow::Doer doer,
                                         core::Instant now) {
    return database_.write<Nothing>([key = std::move(key), care = std::move(care), doer = std::move(doer),
                                     now](Session& session) -> Done {
        const Result<core::Teammate> teammate = find_teammate(session, key);
        if (!teammate) return teammate.error();
        const CareStanding before = standing_of(session, sql::calendar::teammate_care, teammate->id.text());
        CareStanding standing = before;
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
        const std::string was = care_in_words(session, "manager", before);
        const std::string is = care_in_words(session, "manager", standing);
        write_down(session, {doer, "care_changed", teammate->email, was, is}, now);
        return done();
    });
}

flow::Task<Done> Calendars::set_account(std::string key, flow::NewCare care, flow::Doer doer,
                                        core::Instant now) {
    return database_.write<Nothing>([key = std::move(key), care = std::move(care), doer = std::move(doer),
                                     now](Session& session) -> Done {
        const Result<AccountId> account = account_named(session, key);
        if (!account) return account.error();
        const CareStanding before = standing_of(session, sql::calendar::account_care, account->text());
        CareStanding standing = before;
        if (Done applied = apply(session, care, standing); !applied) return applied;
        session.call(sql::calendar::set_account_care)
            .with("sponsor", standing.person)
            .with("calendar", standing.calendar)
            .with("id", account->text())
            .run();
        const std::string was = care_in_words(session, "sponsor", before);
        const std::string is = care_in_words(session, "sponsor", standing);
        write_down(session, {doer, "care_changed", account->text(), was, is}, now);
        return done();
    });
}

flow::Task<Result<int>> Calendars::hand_over_accounts(std::string from, std::string to, flow::Doer doer,
                                                      core::Instant now, bool dry_run) {
    const ChangeTime when{zone::civil_day(now, zone_), now};
    return database_.write<int>([from = std::move(from), to = std::move(to), doer = std::move(doer), when,
                                 dry_run](Session& session) {
        const std::vector<core::Account> accounts = accounts_of(session, from);
        if (!dry_run && !accounts.empty()) give_accounts(session, accounts, from, to, when);
        if (!dry_run)
            write_down(
                session,
                {doer, "accounts_handed_over", owned_in_words(accounts), "owner: " + from, "owner: " + to},
                when.at);
        return Result<int>(static_cast<int>(accounts.size()));
    });
}

}  // namespace candour::store
