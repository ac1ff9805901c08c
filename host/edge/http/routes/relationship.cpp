#include <boost/json.hpp>

#include "edge/csv/reader.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/desk.hpp"
#include "edge/http/routes/import_file.hpp"

namespace candour::http {
namespace {

/// A file of a hundred thousand contacts.
constexpr RouteOptions kPeopleFile{Audience::api, 32 * 1024 * 1024};

}  // namespace

void RelationshipRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::post, "/api/v1/imports/accounts", identity.required([this](Request r, flow::Caller c) {
        return import(std::move(r), std::move(c), true);
    }),
               kPeopleFile);
    router.add(Method::post, "/api/v1/imports/contacts", identity.required([this](Request r, flow::Caller c) {
        return import(std::move(r), std::move(c), false);
    }),
               kPeopleFile);
}

flow::Task<Response> RelationshipRoutes::import(Request request, flow::Caller caller, bool accounts) {
    if (!has_content_type(request, "text/csv"))
        co_return to_response(wrong_media_type(request.header("Content-Type"), "text/csv"));
    const Result<bool> dry_run = wish_of(request, "dry_run");
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    const Result<core::Table> table = csv::read(request.body);
    if (!table) co_return Response::problem(table.error(), request.path);
    const flow::Doer doer = flow::Doer::of(caller);
    std::vector<core::RowProblem> unread;
    flow::Task<Result<flow::ImportReport>> importing;
    if (accounts) {
        Result<core::Import<core::AccountRow>> rows = core::read_accounts(*table);
        if (!rows) co_return Response::problem(rows.error(), request.path);
        unread = std::move(rows->problems);
        importing = relationships_.import_accounts(std::move(rows->rows), doer, clock_.now(), *dry_run);
    } else {
        Result<core::Import<core::ContactRow>> rows = core::read_contacts(*table);
        if (!rows) co_return Response::problem(rows.error(), request.path);
        unread = std::move(rows->problems);
        importing = relationships_.import_contacts(std::move(rows->rows), doer, clock_.now(), *dry_run);
    }
    Result<flow::ImportReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    add_problems(*report, std::move(unread));
    co_return Response::json(200, report_document(*report));
}

}  // namespace candour::http
