#include "edge/http/routes/mails.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/mail_document.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

Result<flow::MailQuery> read_mail_query(const ListQuery& list) {
    flow::MailQuery query;
    if (const std::string state = list.text("state"); !state.empty()) {
        query.state = core::value_of(flow::kMailStates, state);
        if (!query.state)
            return Error{
                ErrorCode::invalid,
                "state: expected received, read, applied, held, dismissed or dead_lettered, found \"" +
                    state + "\""};
    }
    const Result<int> limit = list.limit(50, 500);
    const auto place = list.place(1);
    if (!limit) return limit.error();
    if (!place) return place.error();
    if (*place) query.before = number_in((**place)[0]);
    query.limit = *limit;
    return query;
}

Result<flow::MailAssignment> read_assignment(const Request& request) {
    const Result<JsonBody> body = JsonBody::read(request, {"contact", "item"});
    if (!body) return body.error();
    const Result<std::string> contact = body->text("contact");
    const Result<std::string> item = body->text("item");
    if (!contact) return contact.error();
    if (!item) return item.error();
    if (contact->empty() == item->empty())
        return Error{ErrorCode::invalid,
                     "expected either \"contact\" (whose words these are) or \"item\" (where they belong)"};
    flow::MailAssignment assignment;
    assignment.contact = *contact;
    if (item->empty()) return assignment;
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(*item);
    if (!ref) return ref.error();
    assignment.item = *ref;
    return assignment;
}

}  // namespace

void MailRoutes::add_to(Router& router, Identity& identity) {
    const std::string one = "/api/v1/mails/{mail}";
    router.add(Method::get, "/api/v1/mails",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, one,
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::get, one + "/raw",
               identity.required([this](Request r, const flow::Caller&) { return raw(std::move(r)); }));
    router.add(Method::post, one + "/assign", identity.required([this](Request r, flow::Caller c) {
        return assign(std::move(r), std::move(c));
    }));
    router.add(Method::post, one + "/dismiss", identity.required([this](Request r, flow::Caller c) {
        return dismiss(std::move(r), std::move(c));
    }));
    router.add(Method::post, one + "/retry",
               identity.required([this](Request r, const flow::Caller&) { return retry(std::move(r)); }));
}

flow::Task<Response> MailRoutes::list(Request request) {
    const Result<ListQuery> fields = ListQuery::read(request, {"state"});
    if (!fields) co_return Response::problem(fields.error(), request.path);
    const Result<flow::MailQuery> query = read_mail_query(*fields);
    if (!query) co_return Response::problem(query.error(), request.path);
    flow::MailQuery one_more = *query;
    ++one_more.limit;
    auto reading = mails_.list(one_more);
    Result<std::vector<flow::MailRow>> rows = co_await std::move(reading);
    if (!rows) co_return Response::problem(rows.error(), request.path);
    const bool more = rows->size() > static_cast<std::size_t>(query->limit);
    if (more) rows->pop_back();
    bj::array mails;
    for (const flow::MailRow& row : *rows) mails.push_back(json::mail_document(row));
    bj::object page{{"mails", std::move(mails)}, {"next", nullptr}};
    if (more) page["next"] = fields->cursor({std::to_string(rows->back().id)});
    co_return Response::json(200, page);
}

flow::Task<Response> MailRoutes::show(Request request) {
    const Result<std::int64_t> id = number_parameter(request, "mail");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto showing = afterwards(*id, done(), request.path);
    Response response = co_await std::move(showing);
    co_return response;
}

/// As a download: what a stranger sent is never shown as a page of ours.
flow::Task<Response> MailRoutes::raw(Request request) {
    const Result<std::int64_t> id = number_parameter(request, "mail");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto reading = mails_.bytes(*id);
    Result<std::string> bytes = co_await std::move(reading);
    if (!bytes) co_return Response::problem(bytes.error(), request.path);
    Response response;
    response.status = 200;
    response.content_type = "message/rfc822";
    response.body = *std::move(bytes);
    response.set("Content-Disposition", "attachment; filename=\"mail-" + std::to_string(*id) + ".eml\"");
    co_return response;
}

flow::Task<Response> MailRoutes::assign(Request request, flow::Caller caller) {
    const Result<std::int64_t> id = number_parameter(request, "mail");
    if (!id) co_return Response::problem(id.error(), request.path);
    Result<flow::MailAssignment> assignment = read_assignment(request);
    if (!assignment) co_return Response::problem(assignment.error(), request.path);
    assignment->id = *id;
    assignment->actor = caller.actor();
    auto assigning = mails_.assign(*std::move(assignment), clock_.now());
    const Result<flow::AppliedMail> applied = co_await std::move(assigning);
    auto showing = afterwards(*id, applied ? done() : Done(applied.error()), request.path);
    Response response = co_await std::move(showing);
    co_return response;
}

flow::Task<Response> MailRoutes::dismiss(Request request, flow::Caller caller) {
    const Result<std::int64_t> id = number_parameter(request, "mail");
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {"reason"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::string> reason = body->text("reason");
    if (!reason) co_return Response::problem(reason.error(), request.path);
    if (Done words = core::check_words("reason", *reason, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    auto dismissing = mails_.dismiss(*id, *std::move(reason), caller.actor(), clock_.now());
    Done dismissed = co_await std::move(dismissing);
    auto showing = afterwards(*id, std::move(dismissed), request.path);
    Response response = co_await std::move(showing);
    co_return response;
}

flow::Task<Response> MailRoutes::retry(Request request) {
    const Result<std::int64_t> id = number_parameter(request, "mail");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto trying = mails_.try_again(*id, clock_.now());
    Done again = co_await std::move(trying);
    if (again) intake_.wake();
    auto showing = afterwards(*id, std::move(again), request.path);
    Response response = co_await std::move(showing);
    co_return response;
}

flow::Task<Response> MailRoutes::afterwards(std::int64_t id, Done outcome, std::string path) {
    if (!outcome) co_return Response::problem(outcome.error(), path);
    auto finding = mails_.find(id);
    const Result<flow::MailRow> row = co_await std::move(finding);
    if (!row) co_return Response::problem(row.error(), path);
    const bj::object document = json::whole_mail_document(*row);
    co_return Response::json(200, document);
}

}  // namespace candour::http
