#include "edge/http/routes/past_answers.hpp"

#include <boost/json.hpp>

#include "edge/csv/reader.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/import_file.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A hundred thousand answers with a few words each; a longer file comes in pieces, as the command line sends
/// it.
constexpr RouteOptions kAnswerFile{Audience::api, 32 * 1024 * 1024};

bj::object past_document(const flow::PastAnswersReport& report) {
    bj::object document = report_document(report.rows);
    document["raised"] = report.raised;
    return document;
}

Result<flow::PastAnswers::Wishes> wishes_of(const Request& request) {
    const Result<bool> dry_run = wish_of(request, "dry_run", {"dry_run", "raise_items"});
    if (!dry_run) return dry_run.error();
    const Result<bool> raise_items = wish_of(request, "raise_items", {"dry_run", "raise_items"});
    if (!raise_items) return raise_items.error();
    return flow::PastAnswers::Wishes{*dry_run, *raise_items};
}

}  // namespace

void PastAnswersRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::post, "/api/v1/imports/answers",
               identity.required([this](Request r, const flow::Caller&) { return import(std::move(r)); }),
               kAnswerFile);
}

flow::Task<Response> PastAnswersRoutes::import(Request request) {
    if (!has_content_type(request, "text/csv"))
        co_return to_response(wrong_media_type(request.header("Content-Type"), "text/csv"));
    const Result<flow::PastAnswers::Wishes> wishes = wishes_of(request);
    if (!wishes) co_return Response::problem(wishes.error(), request.path);
    const Result<core::Table> table = csv::read(request.body);
    if (!table) co_return Response::problem(table.error(), request.path);
    Result<core::Import<core::AnswerRow>> rows = core::read_answers(*table);
    if (!rows) co_return Response::problem(rows.error(), request.path);
    auto importing = answers_.import(std::move(*rows), *wishes);
    Result<flow::PastAnswersReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    Response response = Response::json(200, past_document(*report));
    response.deed =
        wishes->dry_run ? "" : flow::in_words(report->rows) + ", raised: " + std::to_string(report->raised);
    co_return response;
}

}  // namespace candour::http
