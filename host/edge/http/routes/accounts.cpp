#include "edge/http/routes/accounts.hpp"

#include <boost/json.hpp>

#include <charconv>

#include "core/feedback/answer_class.hpp"
#include "edge/http/problem.hpp"
#include "edge/json/export_document.hpp"
#include "edge/json/people_document.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// How far back a thread is counted unless somebody says otherwise.
constexpr int kThreadDays = 90, kMostThreadDays = 365;

bj::object account_view_document(const flow::AccountView& view) {
    bj::object document = json::account_document(view.account);
    bj::object levels;
    for (const auto& [level, name] : core::kLevels)
        levels[name] = view.contacts[static_cast<std::size_t>(level)];
    document["owner_name"] = view.owner_name;
    document["sponsor"] = bj::object{{"id", view.sponsor}, {"name", view.sponsor_name}};
    document["calendar"] = view.calendar;
    document["contacts"] = std::move(levels);
    document["open_items"] = view.open_items;
    document["last_touch_at"] = json::time_or_null(view.last_touch_at);
    document["figures"] = "/api/v1/metrics/{metric}?account=" + view.account.id.text();
    return document;
}

bj::object thread_document(const flow::ThreadView& view) {
    const core::Thread& thread = view.thread;
    return {{"teammate", bj::object{{"id", thread.teammate}, {"name", view.teammate_name}}},
            {"contact", bj::object{{"id", thread.contact},
                                   {"name", view.contact_name},
                                   {"level", core::name_of(core::kLevels, view.level)},
                                   {"active", view.active}}},
            {"touches", thread.touches()},
            {"meetings", thread.meetings},
            {"calls", thread.calls},
            {"mails", thread.mails},
            {"minutes", thread.minutes},
            {"last_at", json::time_or_null(thread.last_at)}};
}

bj::array people_array(const std::vector<flow::Person>& people) {
    bj::array rows;
    for (const flow::Person& one : people) rows.push_back(bj::object{{"id", one.id}, {"name", one.name}});
    return rows;
}

bj::object touchpoint_document(const flow::TouchpointView& view) {
    return {{"ref", view.ref},
            {"kind", core::name_of(core::kTouchpointKinds, view.kind)},
            {"at", json::time_or_null(view.at)},
            {"minutes", view.minutes},
            {"contacts", people_array(view.contacts)},
            {"teammates", people_array(view.teammates)},
            {"topics", view.topics}};
}

Result<int> days_of(const ListQuery& list) {
    const std::string text = list.text("days");
    if (text.empty()) return kThreadDays;
    int days = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (failure == std::errc() && end == text.data() + text.size() && days >= 1 && days <= kMostThreadDays)
        return days;
    return Error{ErrorCode::invalid, "days: expected a whole number from 1 to 365, found \"" + text + "\""};
}

Result<flow::TouchpointQuery> touchpoint_query(const ListQuery& list) {
    flow::TouchpointQuery query;
    query.contact = list.text("contact");
    const Result<core::Instant> since = list.instant("since");
    const Result<int> limit = list.limit(100, 500);
    const auto place = list.place(2);
    if (!since) return since.error();
    if (!limit) return limit.error();
    if (!place) return place.error();
    query.since = *since;
    query.limit = *limit;
    if (*place) {
        query.before = core::from_us(number_in((**place)[0]));
        query.before_id = number_in((**place)[1]);
    }
    return query;
}

Result<flow::AnswerListQuery> answer_query(const ListQuery& list) {
    flow::AnswerListQuery query;
    query.account = list.text("account");
    query.contact = list.text("contact");
    query.campaign = list.text("campaign");
    query.about = list.text("survey");
    query.answer_class = list.text("class");
    if (!query.answer_class.empty() && !core::value_of(core::kAnswerClasses, query.answer_class))
        return Error{ErrorCode::invalid,
                     "class: expected human, unverified or likely_bot, found \"" + query.answer_class + "\""};
    const Result<core::Instant> since = list.instant("since"), until = list.instant("until");
    const Result<int> limit = list.limit(50, 500);
    const auto place = list.place(1);
    if (!since) return since.error();
    if (!until) return until.error();
    if (!limit) return limit.error();
    if (!place) return place.error();
    query.since = *since;
    query.until = *until;
    query.limit = *limit;
    if (*place) query.before = number_in((**place)[0]);
    return query;
}

bj::object listed_document(const flow::ListedAnswer& one) {
    bj::object document = json::answer_document(one.row);
    document["item"] = one.item > 0 ? bj::value("LP-" + std::to_string(one.item)) : bj::value(nullptr);
    return document;
}

}  // namespace

void AccountRoutes::add_to(Router& router, Identity& identity) {
    const auto add = [&](const char* path, flow::Task<Response> (AccountRoutes::*handler)(Request)) {
        router.add(Method::get, path, identity.required([this, handler](Request r, const flow::Caller&) {
            return (this->*handler)(std::move(r));
        }));
    };
    add("/api/v1/accounts/{account}", &AccountRoutes::show);
    add("/api/v1/accounts/{account}/threads", &AccountRoutes::threads);
    add("/api/v1/accounts/{account}/touchpoints", &AccountRoutes::touchpoints);
    add("/api/v1/answers", &AccountRoutes::list_answers);
}

flow::Task<Response> AccountRoutes::show(Request request) {
    auto reading = accounts_.account(std::string(request.parameter("account")));
    const Result<flow::AccountView> view = co_await std::move(reading);
    if (!view) co_return Response::problem(view.error(), request.path);
    co_return Response::json(200, account_view_document(*view));
}

flow::Task<Response> AccountRoutes::threads(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, {"days"});
    if (!list) co_return Response::problem(list.error(), request.path);
    const Result<int> days = days_of(*list);
    if (!days) co_return Response::problem(days.error(), request.path);
    auto reading = accounts_.account(std::string(request.parameter("account")));
    const Result<flow::AccountView> view = co_await std::move(reading);
    if (!view) co_return Response::problem(view.error(), request.path);
    const core::Instant since = clock_.now() - std::chrono::days(*days);
    auto asking = accounts_.threads(view->account.id.text(), since);
    const Result<std::vector<flow::ThreadView>> all = co_await std::move(asking);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::ThreadView& one : *all) rows.push_back(thread_document(one));
    const bj::object document{{"account", view->account.id.text()},
                              {"since", json::time_or_null(since)},
                              {"days", *days},
                              {"threads", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> AccountRoutes::touchpoints(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, {"contact", "since"});
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::TouchpointQuery> query = touchpoint_query(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    auto reading = accounts_.account(std::string(request.parameter("account")));
    const Result<flow::AccountView> view = co_await std::move(reading);
    if (!view) co_return Response::problem(view.error(), request.path);
    query->account = view->account.id.text();
    const auto limit = static_cast<std::size_t>(query->limit++);
    auto asking = accounts_.touchpoints(*query);
    Result<std::vector<flow::TouchpointView>> all = co_await std::move(asking);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > limit;
    if (more) all->pop_back();
    bj::array rows;
    for (const flow::TouchpointView& one : *all) rows.push_back(touchpoint_document(one));
    bj::object page{{"touchpoints", std::move(rows)}, {"next", nullptr}};
    if (more)
        page["next"] =
            list->cursor({std::to_string(core::to_us(all->back().at)), std::to_string(all->back().id)});
    co_return Response::json(200, page);
}

flow::Task<Response> AccountRoutes::list_answers(Request request) {
    const Result<ListQuery> list =
        ListQuery::read(request, {"account", "contact", "campaign", "survey", "class", "since", "until"});
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::AnswerListQuery> query = answer_query(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    const auto limit = static_cast<std::size_t>(query->limit++);
    auto reading = answers_.list(*query);
    Result<std::vector<flow::ListedAnswer>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > limit;
    if (more) all->pop_back();
    bj::array rows;
    for (const flow::ListedAnswer& one : *all) rows.push_back(listed_document(one));
    bj::object page{{"answers", std::move(rows)}, {"next", nullptr}};
    if (more) page["next"] = list->cursor({std::to_string(all->back().row.seq)});
    co_return Response::json(200, page);
}

}  // namespace candour::http
