#include "edge/http/routes/care.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/statements.hpp"
#include "edge/json/calendar_document.hpp"
#include "edge/json/theme_document.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A name for people to type: letters, digits and - _ .
Done check_id(std::string_view id) {
    constexpr std::size_t longest = 60;
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
    if (plain && !id.empty() && id.size() <= longest) return done();
    return Error{
        ErrorCode::invalid,
        "calendar: expected a name of small letters, digits, - _ and . up to 60 characters, found \"" +
            std::string(id.substr(0, longest)) + "\""};
}

bj::object teammate_document(const flow::TeammateCare& one) {
    return {{"id", one.teammate.id.text()},
            {"email", one.teammate.email},
            {"name", one.teammate.name},
            {"manager", bj::object{{"id", one.manager}, {"name", one.manager_name}}},
            {"calendar", one.calendar}};
}

bj::object account_document(const flow::AccountCare& one) {
    return {{"id", one.account.text()},
            {"ref", one.ref},
            {"name", one.name},
            {"owner", bj::object{{"id", one.owner}, {"name", one.owner_name}}},
            {"sponsor", bj::object{{"id", one.sponsor}, {"name", one.sponsor_name}}},
            {"calendar", one.calendar}};
}

Result<std::optional<std::string>> if_given(const JsonBody& body, std::string_view field) {
    if (!body.has(field)) return std::optional<std::string>();
    Result<std::string> text = body.text(field);
    if (!text) return text.error();
    return std::optional<std::string>(std::move(*text));
}

}  // namespace

void CareRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/calendars", identity.required([this](Request r, const flow::Caller&) {
        return calendars(std::move(r), "");
    }));
    router.add(Method::get, "/api/v1/calendars/{calendar}",
               identity.required([this](Request r, const flow::Caller&) {
                   std::string id(r.parameter("calendar"));
                   return calendars(std::move(r), std::move(id));
               }));
    router.add(Method::put, "/api/v1/calendars/{calendar}",
               identity.required(
                   [this](Request r, flow::Caller c) { return set_calendar(std::move(r), std::move(c)); },
                   flow::Scope::admin));
    router.add(Method::get, "/api/v1/care",
               identity.required([this](Request r, const flow::Caller&) { return care(std::move(r)); }));
    router.add(Method::put, "/api/v1/care/teammates/{teammate}",
               identity.required(
                   [this](Request r, flow::Caller c) { return set_care(std::move(r), std::move(c), true); },
                   flow::Scope::admin));
    router.add(Method::put, "/api/v1/care/accounts/{account}",
               identity.required(
                   [this](Request r, flow::Caller c) { return set_care(std::move(r), std::move(c), false); },
                   flow::Scope::admin));
    router.add(Method::post, "/api/v1/care/teammates/{teammate}/hand-over",
               identity.required(
                   [this](Request r, flow::Caller c) { return hand_over(std::move(r), std::move(c)); }));
}

flow::Task<Response> CareRoutes::calendars(Request request, std::string id) {
    auto reading = calendars_.calendars(id);
    Result<std::vector<core::Calendar>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    if (!id.empty() && all->empty())
        co_return Response::problem(Error{ErrorCode::not_found, "there is no calendar \"" + id + "\""},
                                    request.path);
    if (!id.empty()) co_return Response::json(200, json::calendar_document(all->front()));
    bj::array rows;
    for (const core::Calendar& calendar : *all) rows.push_back(json::calendar_document(calendar));
    const bj::object document{{"calendars", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> CareRoutes::set_calendar(Request request, flow::Caller caller) {
    const std::string id(request.parameter("calendar"));
    if (Done named = check_id(id); !named) co_return Response::problem(named.error(), request.path);
    if (!has_content_type(request, "application/json"))
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    Result<core::Calendar> calendar = json::read_calendar(id, request.body);
    if (!calendar) co_return Response::problem(calendar.error(), request.path);
    const bj::object document = json::calendar_document(*calendar);
    auto setting = calendars_.set_calendar(std::move(*calendar), flow::Doer::of(caller), clock_.now());
    Done set = co_await std::move(setting);
    if (!set) co_return Response::problem(set.error(), request.path);
    co_return Response::json(200, document);
}

flow::Task<Response> CareRoutes::care(Request request) {
    auto reading = care_.care_of_teammates();
    Result<std::vector<flow::TeammateCare>> teammates = co_await std::move(reading);
    if (!teammates) co_return Response::problem(teammates.error(), request.path);
    auto asking = care_.care_of_accounts(request.sees);
    Result<std::vector<flow::AccountCare>> accounts = co_await std::move(asking);
    if (!accounts) co_return Response::problem(accounts.error(), request.path);
    bj::array people, customers;
    for (const flow::TeammateCare& one : *teammates) people.push_back(teammate_document(one));
    for (const flow::AccountCare& one : *accounts) customers.push_back(account_document(one));
    const bj::object document{{"teammates", std::move(people)}, {"accounts", std::move(customers)}};
    co_return Response::json(200, document);
}

flow::Task<Response> CareRoutes::set_care(Request request, flow::Caller caller, bool of_teammate) {
    const char* person = of_teammate ? "manager" : "sponsor";
    const Result<JsonBody> body = JsonBody::read(request, {person, "calendar"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::optional<std::string>> who = if_given(*body, person), calendar = if_given(*body, "calendar");
    if (!who) co_return Response::problem(who.error(), request.path);
    if (!calendar) co_return Response::problem(calendar.error(), request.path);
    std::string key(request.parameter(of_teammate ? "teammate" : "account"));
    flow::NewCare wanted{std::move(*who), std::move(*calendar)};
    const flow::Doer doer = flow::Doer::of(caller);
    auto setting = of_teammate ? care_.set_teammate(std::move(key), std::move(wanted), doer, clock_.now())
                               : care_.set_account(std::move(key), std::move(wanted), doer, clock_.now());
    Done set = co_await std::move(setting);
    if (!set) co_return Response::problem(set.error(), request.path);
    co_return Response::empty();
}

flow::Task<Response> CareRoutes::hand_over(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"to", "note", "dry_run"});
    if (!body) co_return unreadable(body.error(), request);
    const auto words = texts(*body, {"to", "note"});
    if (!words) co_return Response::problem(words.error(), request.path);
    const Result<bool> dry_run = body->flag("dry_run", false);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    auto finding = care_.teammate(std::string(request.parameter("teammate")));
    Result<core::Teammate> from = co_await std::move(finding);
    if (!from) co_return Response::problem(from.error(), request.path);
    auto asking = care_.teammate((*words)[0]);
    Result<core::Teammate> to = co_await std::move(asking);
    if (!to)
        co_return Response::problem(Error{ErrorCode::invalid, "to: " + to.error().message}, request.path);
    auto handing =
        belonging_.hand_over({from->id.text(), to->id.text(), flow::Doer::of(caller), (*words)[1], *dry_run});
    Result<flow::HandOverReport> report = co_await std::move(handing);
    if (!report) co_return Response::problem(report.error(), request.path);
    co_return Response::json(200, json::hand_over_document(*report));
}

}  // namespace candour::http
