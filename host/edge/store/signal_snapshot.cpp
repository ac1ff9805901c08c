/// What is known of one account, for a signal: found by the account's contacts, because observations have no
/// index by account, and of a look at one account nobody should read them all.
#include <map>

#include "candour_queries.hpp"
#include "core/feedback/answer_class.hpp"
#include "core/metrics/act.hpp"
#include "core/metrics/calendar.hpp"
#include "edge/json/time_text.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/signals.hpp"

namespace candour::store {
namespace {

using flow::ViewPage;
using ViewRow = std::vector<ViewPage::Value>;

std::string instant_text(std::int64_t at) {
    return at == 0 ? std::string() : json::to_rfc3339(core::from_us(at));
}

std::string class_of(std::int64_t code) {
    return std::string(core::name_of(core::kAnswerClasses, static_cast<core::AnswerClass>(code)));
}

ViewPage empty_page(core::View view) {
    std::vector<std::string> columns{"seq", "contact", "day", "at"};
    switch (view) {
        case core::View::answers:
            columns.insert(columns.end(), {"score", "class"});
            break;
        case core::View::declared:
            columns.insert(columns.end(), {"stance", "class"});
            break;
        case core::View::acts:
            columns.insert(columns.end(), {"type", "verified", "incentivised", "stars"});
            break;
        default:
            columns.insert(columns.end(), {"what", "value"});
    }
    return {std::move(columns), {}, {}};
}

ViewRow row_of(const std::string& contact, const core::Fact& fact) {
    ViewRow row{fact.seq, contact, core::date_text(fact.day), instant_text(fact.at_us)};
    switch (fact.view) {
        case core::View::answers:
        case core::View::declared:
            row.emplace_back(fact.value[0]);
            row.emplace_back(class_of(fact.value[1]));
            break;
        case core::View::acts:
            row.emplace_back(
                std::string(core::name_of(core::kActTypes, static_cast<core::ActType>(fact.value[0]))));
            row.emplace_back(fact.value[1] & 1);
            row.emplace_back(fact.value[1] >> 1 & 1);
            row.emplace_back(fact.value[2]);
            break;
        default:
            row.emplace_back(
                std::string(core::name_of(core::kAspects, static_cast<core::Aspect>(fact.value[0]))));
            row.emplace_back(fact.value[1]);
    }
    return row;
}

std::vector<std::string> contacts_of(Session& session, const std::string& account) {
    std::vector<std::string> ids;
    std::string id;
    Call call = session.call(sql::signals::contacts);
    call.with("account", account).into(id);
    while (call.next()) ids.push_back(id);
    return ids;
}

ViewPage items_of(Session& session, const std::string& account) {
    ViewPage page{{"number", "item", "contact", "state", "round", "raised_at", "heard_at", "decided_at",
                   "changed_at", "told_at", "closed_at"},
                  {},
                  {}};
    long long number = 0, round = 0, raised = 0, heard = 0, decided = 0, changed = 0, told = 0, closed = 0;
    std::string id, contact, state;
    Call call = session.call(sql::signals::items);
    call.with("account", account).into(number).into(id).into(contact).into(state).into(round);
    call.into(raised).into(heard).into(decided).into(changed).into(told).into(closed);
    while (call.next())
        page.rows.push_back(ViewRow{std::int64_t{number}, id, contact, state, std::int64_t{round},
                                    instant_text(raised), instant_text(heard), instant_text(decided),
                                    instant_text(changed), instant_text(told), instant_text(closed)});
    return page;
}

/// Those that count now, in order of their instants.
void add_facts(Session& session, const std::string& account, core::Instant now,
               std::map<core::View, ViewPage>& pages) {
    const std::vector<std::string> contacts = contacts_of(session, account);
    std::map<std::string, core::Unit> units = facts_of(session, contacts);
    for (auto& [contact, unit] : units) {
        const core::StandingFacts standing = core::standing_facts(std::move(unit.facts), now);
        for (const core::Fact& fact : standing.facts)
            if (const auto page = pages.find(fact.view); page != pages.end())
                page->second.rows.push_back(row_of(contact, fact));
    }
}

}  // namespace

Result<flow::AccountSnapshot> read_snapshot(Session& session, const std::string& account,
                                            const std::vector<std::string>& views, core::Day as_of,
                                            core::Instant now) {
    flow::AccountSnapshot snapshot{account, {}, -1, as_of, {}};
    {
        long long revenue = -1;
        Call call = session.call(sql::signals::account);
        call.with("account", account).into(snapshot.segment).into(revenue);
        if (!call.next()) return Error{ErrorCode::not_found, "there is no account " + account};
        snapshot.annual_revenue = revenue;
    }
    std::map<core::View, ViewPage> pages;
    for (const std::string& name : views)
        if (const auto view = core::value_of(core::kViews, name)) pages.emplace(*view, empty_page(*view));
    if (!pages.empty()) add_facts(session, account, now, pages);
    for (const std::string& name : views) {
        const auto view = core::value_of(core::kViews, name);
        snapshot.views.emplace_back(name, view ? std::move(pages[*view]) : items_of(session, account));
    }
    return snapshot;
}

}  // namespace candour::store
