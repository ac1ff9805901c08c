#include "edge/store/campaign_pages.hpp"

#include <algorithm>
#include <set>

#include "candour_queries.hpp"
#include "edge/store/candidate_columns.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

/// A transaction of some tens of milliseconds: answers that come in meanwhile wait no longer than that.
constexpr int kContactsOnPage = 2'000;

/// "account X-9, contact con_…": enough of them to mend the list.
Error nobody_called(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 10;
    std::string all;
    for (std::size_t i = 0; i < names.size() && i < shown; ++i) all += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > shown) all += " and " + std::to_string(names.size() - shown) + " more";
    return Error{ErrorCode::not_found, "audience: there is no " + all};
}

/// Puts the accounts behind each name into `found`, and names that nobody has into `unknown`.
void look_up(Session& session, const Query& query, const std::vector<std::string>& names,
             const std::string& what, std::set<std::string>& found, std::vector<std::string>& unknown) {
    for (const std::string& name : names) {
        std::string account;
        Call call = session.call(query);
        call.with("name", name).into(account);
        bool known = false;
        while (call.next()) {
            found.insert(account);
            known = true;
        }
        if (!known) unknown.push_back(what + name);
    }
}

void read_accounts(Session& session, const PageSource& source, const AccountRange& accounts, Page& page) {
    if (source.known != nullptr) return read_people(session, accounts, *source.known, page.everybody);
    Circumstances known(source.campaign, source.zone);
    known.read(session, accounts);
    read_people(session, accounts, known, page.everybody);
}

Page page_of_portfolio(Session& session, const PageSource& source, const std::string& after) {
    Page page;
    {
        Call call = session.call(sql::campaign::page_of_accounts);
        call.with("after", after).with("limit", kContactsOnPage).into(page.from).into(page.to);
        call.next();
    }
    if (!page.from.empty()) read_accounts(session, source, {page.from, page.to}, page);
    return page;
}

Page page_of_scope(Session& session, const PageSource& source, const std::string& after) {
    Page page;
    auto account = std::upper_bound(source.scope.begin(), source.scope.end(), after);
    for (; account != source.scope.end() && page.everybody.size() < kContactsOnPage; ++account) {
        if (page.from.empty()) page.from = *account;
        page.to = *account;
        read_accounts(session, source, {*account, *account}, page);
    }
    return page;
}

}  // namespace

Result<Scope> scope_of(Session& session, const core::Audience& audience) {
    std::set<std::string> accounts, of_contacts;
    std::vector<std::string> unknown;
    look_up(session, sql::campaign::accounts_named, audience.accounts, "account ", accounts, unknown);
    look_up(session, sql::campaign::accounts_of_contact_named, audience.contacts, "contact ", of_contacts,
            unknown);
    if (!unknown.empty()) return nobody_called(unknown);
    const std::set<std::string>& narrower = audience.contacts.empty() ? accounts : of_contacts;
    return Scope(narrower.begin(), narrower.end());
}

std::string write_scope(const Scope& scope) {
    std::string text;
    for (const std::string& account : scope) text += account + "\n";
    return text;
}

Scope read_scope(const std::string& text) {
    Scope scope;
    for (std::size_t from = 0, end = 0; (end = text.find('\n', from)) != std::string::npos; from = end + 1)
        scope.push_back(text.substr(from, end - from));
    return scope;
}

bool looks_at_everybody(const Scope& scope) {
    constexpr std::size_t few = 50;
    return scope.empty() || scope.size() > few;
}

std::int64_t contacts_in(Session& session, const Scope& scope) {
    long long contacts = 0, all = 0;
    if (scope.empty()) {
        Call call = session.call(sql::campaign::count_contacts);
        call.into(all);
        call.next();
    }
    for (const std::string& account : scope) {
        Call call = session.call(sql::campaign::count_contacts_at);
        call.with("account_id", account).into(contacts);
        if (call.next()) all += contacts;
    }
    return all;
}

Page read_page(Session& session, const PageSource& source, const std::string& after) {
    return source.scope.empty() ? page_of_portfolio(session, source, after)
                                : page_of_scope(session, source, after);
}

Page read_account(Session& session, const PageSource& source, const std::string& account) {
    Page page{account, account, {}};
    read_accounts(session, source, {account, account}, page);
    return page;
}

std::vector<core::Chosen> choose_from(Page page, const core::Audience& audience, core::Chooser& chooser) {
    std::erase_if(page.everybody, [&](const core::Candidate& one) { return !core::belongs(audience, one); });
    return chooser.choose(std::move(page.everybody));
}

std::string seed_of(const flow::PlannedCampaign& campaign, const HoursRules& rules) {
    const flow::CampaignRequest& request = campaign.request;
    return request.plugin + "/" + request.about + "/" +
           std::to_string(zone::civil_day(request.at, rules.zone));
}

}  // namespace candour::store
