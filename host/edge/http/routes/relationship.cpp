#include <boost/json.hpp>

#include "edge/csv/reader.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/desk.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A file of a hundred thousand contacts.
constexpr RouteOptions kImport{Audience::api, 32 * 1024 * 1024};

bj::object report_document(const flow::ImportReport& report) {
    bj::array problems;
    for (const core::RowProblem& problem : report.problems) problems.push_back(bj::object{{"line", problem.line}, {"reason", problem.reason}});
    return {{"added", report.added}, {"changed", report.changed}, {"unchanged", report.unchanged}, {"dry_run", report.dry_run}, {"problems", std::move(problems)}};
}

void add_problems(flow::ImportReport& report, std::vector<core::RowProblem> unread) {
    report.problems.insert(report.problems.end(), std::make_move_iterator(unread.begin()), std::make_move_iterator(unread.end()));
    std::sort(report.problems.begin(), report.problems.end(), [](const core::RowProblem& a, const core::RowProblem& b) { return a.line < b.line; });
}

Result<bool> dry_run_of(const Request& request) {
    const Result<Form> query = request.query_fields();
    if (!query) return query.error();
    const std::string_view text = query->get("dry_run");
    if (text.empty() || text == "false" || text == "0") return false;
    if (text == "true" || text == "1") return true;
    return Error{ErrorCode::invalid, "dry_run: expected true or false, found \"" + std::string(text) + "\""};
}

}  // namespace

void RelationshipRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::post, "/api/v1/imports/accounts", identity.required([this](Request r, const flow::Caller&) { return import(std::move(r), true); }), kImport);
    router.add(Method::post, "/api/v1/imports/contacts", identity.required([this](Request r, const flow::Caller&) { return import(std::move(r), false); }), kImport);
    router.add(Method::get, "/api/v1/accounts", identity.required([this](Request r, const flow::Caller&) { return accounts(std::move(r)); }));
    router.add(Method::get, "/api/v1/contacts", identity.required([this](Request r, const flow::Caller&) { return contacts(std::move(r)); }));
}

flow::Task<Response> RelationshipRoutes::import(Request request, bool accounts) {
    if (!has_content_type(request, "text/csv")) co_return to_response(wrong_media_type(request.header("Content-Type"), "text/csv"));
    const Result<bool> dry_run = dry_run_of(request);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    const Result<core::Table> table = csv::read(request.body);
    if (!table) co_return Response::problem(table.error(), request.path);
    std::vector<core::RowProblem> unread;
    flow::Task<Result<flow::ImportReport>> importing;
    if (accounts) {
        Result<core::Import<core::AccountRow>> rows = core::read_accounts(*table);
        if (!rows) co_return Response::problem(rows.error(), request.path);
        unread = std::move(rows->problems);
        importing = relationships_.import_accounts(std::move(rows->rows), clock_.now(), *dry_run);
    } else {
        Result<core::Import<core::ContactRow>> rows = core::read_contacts(*table);
        if (!rows) co_return Response::problem(rows.error(), request.path);
        unread = std::move(rows->problems);
        importing = relationships_.import_contacts(std::move(rows->rows), clock_.now(), *dry_run);
    }
    Result<flow::ImportReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    add_problems(*report, std::move(unread));
    co_return Response::json(200, report_document(*report));
}

flow::Task<Response> RelationshipRoutes::accounts(Request request) {
    auto reading = relationships_.accounts();
    Result<std::vector<core::Account>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const core::Account& account : *all)
        rows.push_back(bj::object{{"id", account.id.text()},
                                  {"ref", account.ref},
                                  {"name", account.name},
                                  {"segment", std::string(core::name_of(core::kSegments, account.segment))},
                                  {"owner", account.owner.text()},
                                  {"renewal_on", account.renewal_on},
                                  {"annual_revenue", account.annual_revenue < 0 ? bj::value(nullptr) : bj::value(account.annual_revenue)}});
    const bj::object document{{"accounts", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> RelationshipRoutes::contacts(Request request) {
    auto reading = relationships_.contacts();
    Result<std::vector<core::Contact>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const core::Contact& contact : *all)
        rows.push_back(bj::object{{"id", contact.id.text()},
                                  {"account", contact.account.text()},
                                  {"email", contact.email},
                                  {"name", contact.name},
                                  {"level", std::string(core::name_of(core::kLevels, contact.level))},
                                  {"language", contact.language},
                                  {"zone", contact.zone},
                                  {"active", contact.active}});
    const bj::object document{{"contacts", std::move(rows)}};
    co_return Response::json(200, document);
}

}  // namespace candour::http
