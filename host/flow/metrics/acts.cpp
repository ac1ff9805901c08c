#include "flow/metrics/acts.hpp"

#include <algorithm>
#include <set>

#include "core/metrics/calendar.hpp"
#include "crypto/digest.hpp"

namespace candour::flow {
namespace {

Result<core::Contact> find_contact(const core::AdvocacyAct& act, const std::vector<core::Account>& accounts,
                                   const std::vector<core::Contact>& contacts) {
    std::string account_id;
    for (const core::Account& account : accounts)
        if (!act.account_ref.empty() && account.ref == act.account_ref) account_id = account.id.text();
    if (!act.account_ref.empty() && account_id.empty())
        return Error{ErrorCode::not_found, "account_ref: there is no account \"" + act.account_ref + "\""};
    const core::Contact* found = nullptr;
    for (const core::Contact& contact : contacts) {
        if (contact.email != act.contact && contact.id.text() != act.contact) continue;
        if (!account_id.empty() && contact.account.text() != account_id) continue;
        if (found != nullptr)
            return Error{ErrorCode::conflict, "contact: several accounts have \"" + act.contact +
                                                  "\"; say which one in account_ref"};
        found = &contact;
    }
    if (found != nullptr) return *found;
    return Error{ErrorCode::not_found,
                 "contact: there is no \"" + act.contact + "\"" +
                     (account_id.empty() ? "" : " at account \"" + act.account_ref + "\"") +
                     "; import contacts first"};
}

/// An act with a reference of its own is that act on whatever day; without one, its day tells it from others.
std::string identity_of(const core::AdvocacyAct& act, const core::Contact& contact) {
    return contact.id.text() + "/" + std::string(core::name_of(core::kActTypes, act.type)) + "/" +
           (act.ref.empty() ? core::date_text(act.on) : "ref/" + act.ref);
}

std::string digest_of(const std::string& text) {
    return crypto::to_hex(crypto::sha256(text));
}

Result<core::Instant> noon_of(const CivilDays& days, core::Day day, core::Instant now) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    const Result<std::chrono::year_month_day> today = days.day_of(now);
    if (!today) return today.error();
    if (date > *today)
        return Error{ErrorCode::invalid,
                     "date: " + core::date_text(day) + " lies in the future; expected a day up to today"};
    Result<core::Instant> noon = days.noon(date);
    if (noon && *noon > now) return now;
    return noon;
}

}  // namespace

Result<core::Observation> Acts::observation_of(const core::AdvocacyAct& act,
                                               const std::vector<core::Account>& accounts,
                                               const std::vector<core::Contact>& contacts) const {
    if (Done sound = core::check_act(act); !sound) return sound.error();
    const Result<core::Contact> contact = find_contact(act, accounts, contacts);
    if (!contact) return contact.error();
    const Result<core::Instant> at = noon_of(needs_.days, act.on, needs_.clock.now());
    if (!at) return at.error();
    core::Observation fact;
    fact.source = core::kActSource;
    fact.kind = core::kActStream;
    fact.about = std::string(core::name_of(core::kActTypes, act.type));
    fact.answers = needs_.fields_of(act);
    fact.item_key = "act-" + digest_of(identity_of(act, *contact));
    fact.key =
        "act-" + digest_of(identity_of(act, *contact) + "\n" + core::date_text(act.on) + "\n" + fact.answers);
    fact.contact = contact->id;
    fact.account = contact->account;
    fact.occurred_at = *at;
    fact.acknowledge = false;
    fact.raise = false;
    return fact;
}

Task<Result<ImportReport>> Acts::import(core::Import<core::ActRow> acts, bool dry_run) {
    ImportReport report;
    report.dry_run = dry_run;
    report.problems = std::move(acts.problems);
    auto reading_accounts = needs_.relationships.accounts();
    const Result<std::vector<core::Account>> accounts = co_await std::move(reading_accounts);
    if (!accounts) co_return accounts.error();
    auto reading_contacts = needs_.relationships.contacts();
    const Result<std::vector<core::Contact>> contacts = co_await std::move(reading_contacts);
    if (!contacts) co_return contacts.error();
    std::vector<core::Observation> facts;
    std::vector<std::string> keys;
    for (const core::ActRow& row : acts.rows) {
        Result<core::Observation> fact = observation_of(row.act, *accounts, *contacts);
        if (!fact) {
            report.problems.push_back({row.line, fact.error().message});
            continue;
        }
        keys.push_back(fact->key);
        facts.push_back(std::move(*fact));
    }
    auto looking = needs_.known.known(core::kActSource, keys);
    const Result<std::set<std::string>> known = co_await std::move(looking);
    if (!known) co_return known.error();
    std::set<std::string> seen = *known;
    for (const std::string& key : keys) ++(seen.insert(key).second ? report.added : report.unchanged);
    if (dry_run || facts.empty()) co_return report;
    auto keeping = needs_.observations.accept(std::move(facts));
    const Result<std::vector<Accepted>> kept = co_await std::move(keeping);
    if (!kept) co_return kept.error();
    co_return report;
}

Task<Result<bool>> Acts::record(core::AdvocacyAct act) {
    core::Import<core::ActRow> one;
    one.rows.push_back({0, std::move(act)});
    auto importing = import(std::move(one), false);
    const Result<ImportReport> report = co_await std::move(importing);
    if (!report) co_return report.error();
    if (!report->problems.empty()) co_return Error{ErrorCode::invalid, report->problems.front().reason};
    co_return report->added == 1;
}

}  // namespace candour::flow
