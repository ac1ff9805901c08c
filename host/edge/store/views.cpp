#include "edge/store/views.hpp"

#include <charconv>
#include <map>
#include <optional>

#include "candour_queries.hpp"
#include "core/feedback/answer_class.hpp"
#include "core/metrics/calendar.hpp"
#include "core/relationship/people.hpp"
#include "edge/json/fact_content.hpp"
#include "edge/json/time_text.hpp"
#include "edge/store/days.hpp"
#include "edge/store/metrics.hpp"

namespace candour::store {
namespace {

using flow::ViewPage;
using flow::ViewQuery;
using Row = std::vector<ViewPage::Value>;

std::string date_of(long long day, long long at) {
    return core::date_text(day != 0 ? day : at / kDayUs);
}
std::string instant_cell(long long at) {
    return at == 0 ? std::string() : json::to_rfc3339(core::from_us(at));
}

std::optional<std::int64_t> number_of(const std::string& cursor) {
    std::int64_t number = 0;
    if (cursor.empty()) return number;
    const auto [end, failure] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), number);
    if (failure != std::errc() || end != cursor.data() + cursor.size() || number < 0) return std::nullopt;
    return number;
}

/// A full page may have another behind it.
void close(ViewPage& page, const ViewQuery& query) {
    if (page.rows.size() < static_cast<std::size_t>(query.limit)) return;
    page.next = std::to_string(std::get<std::int64_t>(page.rows.back().front()));
}

ViewPage answers(Session& session, const ViewQuery& query, std::int64_t after, const char* kind,
                 const char* value) {
    ViewPage page{{"seq", "account", "contact", "day", "at", value, "class"}, {}, {}};
    long long seq = 0, day = 0, at = 0, score = 0;
    std::string account, contact, answer_class;
    Call call = session.call(sql::views::answers);
    call.with("kind", std::string(kind))
        .with("after", after)
        .with("account", query.account)
        .with("limit", query.limit);
    call.into(seq).into(account).into(contact).into(day).into(at).into(score).into(answer_class);
    while (call.next())
        page.rows.push_back(Row{std::int64_t{seq}, account, contact, date_of(day, at), instant_cell(at),
                                std::int64_t{score}, answer_class});
    close(page, query);
    return page;
}

ViewPage acts(Session& session, const ViewQuery& query, std::int64_t after) {
    ViewPage page{
        {"seq", "account", "contact", "day", "at", "type", "verified", "incentivised", "stars"}, {}, {}};
    long long seq = 0, day = 0, at = 0;
    std::string account, contact, content;
    Call call = session.call(sql::views::acts);
    call.with("after", after).with("account", query.account).with("limit", query.limit);
    call.into(seq).into(account).into(contact).into(day).into(at).into(content);
    while (call.next()) {
        const json::FactContent act = json::read_fact_content(content);
        const std::string type = act.act ? std::string(core::name_of(core::kActTypes, *act.act)) : "";
        page.rows.push_back(Row{std::int64_t{seq}, account, contact, date_of(day, at), instant_cell(at), type,
                                std::int64_t{act.verified ? 1 : 0}, std::int64_t{act.incentivised ? 1 : 0},
                                std::int64_t{act.stars}});
    }
    close(page, query);
    return page;
}

ViewPage contacts(Session& session, const ViewQuery& query, std::int64_t after) {
    ViewPage page{{"seq", "account", "contact", "day", "at", "what", "value"}, {}, {}};
    long long seq = 0, day = 0, at = 0;
    std::string account, contact, what, value;
    Call call = session.call(sql::views::contacts);
    call.with("after", after).with("account", query.account).with("limit", query.limit);
    call.into(seq).into(account).into(contact).into(day).into(at).into(what).into(value);
    while (call.next())
        page.rows.push_back(
            Row{std::int64_t{seq}, account, contact, date_of(day, at), instant_cell(at), what, value});
    close(page, query);
    return page;
}

ViewPage items(Session& session, const ViewQuery& query, std::int64_t after) {
    ViewPage page{{"number", "item", "account", "contact", "segment", "state", "round", "raised_at",
                   "heard_at", "decided_at", "changed_at", "told_at", "closed_at"},
                  {},
                  {}};
    long long number = 0, round = 0, raised = 0, heard = 0, decided = 0, changed = 0, told = 0, closed = 0;
    std::string id, account, contact, segment, state;
    Call call = session.call(sql::views::items);
    call.with("after", after).with("account", query.account).with("limit", query.limit);
    call.into(number).into(id).into(account).into(contact).into(segment).into(state).into(round);
    call.into(raised).into(heard).into(decided).into(changed).into(told).into(closed);
    while (call.next())
        page.rows.push_back(Row{std::int64_t{number}, id, account, contact, segment, state,
                                std::int64_t{round}, instant_cell(raised), instant_cell(heard),
                                instant_cell(decided), instant_cell(changed), instant_cell(told),
                                instant_cell(closed)});
    close(page, query);
    return page;
}

std::vector<std::string> contact_ids(Session& session, const ViewQuery& query) {
    std::vector<std::string> ids;
    std::string id;
    Call call = session.call(sql::views::contacts_of);
    call.with("after", query.after).with("account", query.account).with("limit", query.limit).into(id);
    while (call.next()) ids.push_back(id);
    return ids;
}

/// The cursor is a contact: a page holds the latest answers of as many contacts as it may, however few have
/// answered.
ViewPage latest(Session& session, const ViewQuery& query, core::Instant now) {
    ViewPage page{{"seq", "account", "contact", "day", "at", "score", "class"}, {}, {}};
    const std::vector<std::string> ids = contact_ids(session, query);
    if (ids.size() == static_cast<std::size_t>(query.limit)) page.next = ids.back();
    std::map<std::string, core::Unit> units = facts_of(session, ids);
    for (auto& [contact, unit] : units) {
        const core::StandingFacts standing = core::standing_facts(std::move(unit.facts), now);
        const core::Fact* last = nullptr;
        for (const core::Fact& fact : standing.facts)
            if (fact.view == core::View::answers && fact.value[1] != core::kLikelyBot) last = &fact;
        if (last == nullptr) continue;
        const auto answer_class = static_cast<core::AnswerClass>(last->value[1]);
        page.rows.push_back(Row{last->seq, unit.account, contact, core::date_text(last->day),
                                instant_cell(last->at_us), last->value[0],
                                std::string(core::name_of(core::kAnswerClasses, answer_class))});
    }
    return page;
}

Result<ViewPage> read_page(Session& session, const ViewQuery& query, core::Instant now) {
    if (query.view == "relationship.latest") return latest(session, query, now);
    const std::optional<std::int64_t> after = number_of(query.after);
    if (!after)
        return Error{ErrorCode::invalid,
                     "cursor: expected the \"next\" of a page before, found \"" + query.after + "\""};
    if (query.view == "relationship.answers")
        return answers(session, query, *after, "relationship.answer", "score");
    if (query.view == "advocacy.declared")
        return answers(session, query, *after, "advocacy.declared", "stance");
    if (query.view == "advocacy.acts") return acts(session, query, *after);
    if (query.view == "contacts") return contacts(session, query, *after);
    if (query.view == "loop.items") return items(session, query, *after);
    return Error{ErrorCode::not_found,
                 "there is no view \"" + query.view + "\"; schemas/json/views.json lists them"};
}

}  // namespace

flow::Task<Result<ViewPage>> Views::read(ViewQuery query) {
    return database_.read<ViewPage>([query = std::move(query), now = clock_.now()](Session& session) {
        return read_page(session, query, now);
    });
}

}  // namespace candour::store
