#include "edge/http/routes/metrics.hpp"

#include <boost/json.hpp>

#include <charconv>

#include "edge/csv/reader.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/import_file.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A hundred thousand acts; nobody has more.
constexpr RouteOptions kActFile{Audience::api, 32 * 1024 * 1024};
/// What a metric stumbled over may name anybody.
constexpr const char* kSuspended = "it was suspended; whoever sees the whole house can look up why";
constexpr std::string_view kParameters[] = {"account", "segment", "level",   "owner",
                                            "as_of",   "by",      "quarters"};

bj::object scope_document(const flow::FigureScope& scope) {
    bj::object document;
    const auto narrow = [&document](const char* name, const std::string& value) {
        if (!value.empty()) document[name] = value;
    };
    narrow("account", scope.account);
    narrow("segment", scope.segment);
    narrow("level", scope.level);
    narrow("owner", scope.owner);
    return document;
}

/// The plugin's own document: checked when it came in.
bj::value figure_document(const flow::Figure& figure) {
    return bj::parse(figure.document);
}

/// What `n` and `as_of_seq` are numbers of: contacts follow observations, items follow the ledger.
const char* counted(const flow::MetricInfo& metric) {
    return metric.tallies.empty() ? "contacts" : "items";
}

bj::object metric_document(const flow::MetricInfo& metric) {
    bj::array inputs;
    for (const core::View view : metric.inputs)
        inputs.emplace_back(std::string(core::name_of(core::kViews, view)));
    return {{"id", metric.id},
            {"name", metric.name},
            {"plugin", metric.plugin},
            {"unit", metric.unit},
            {"counts", counted(metric)},
            {"definition_version", metric.definition_version},
            {"inputs", std::move(inputs)},
            {"state", metric.trouble.empty() ? "running" : "suspended"},
            {"why", metric.trouble}};
}

bj::object answer_document(const flow::FigureAnswer& answer, flow::By by) {
    bj::object document{{"metric", answer.metric.id},      {"name", answer.metric.name},
                        {"unit", answer.metric.unit},      {"as_of", core::date_text(answer.as_of)},
                        {"as_of_seq", answer.at.seq},      {"lag", answer.lag},
                        {"counts", counted(answer.metric)}};
    if (by == flow::By::whole) {
        document["scope"] = scope_document(answer.rows.front().scope);
        document["figure"] = figure_document(answer.rows.front().figure);
        return document;
    }
    bj::array rows;
    for (const flow::FigureRow& row : answer.rows)
        rows.push_back(bj::object{{"name", row.name},
                                  {"scope", scope_document(row.scope)},
                                  {"as_of", core::date_text(row.as_of)},
                                  {"figure", figure_document(row.figure)}});
    document["by"] = std::string(core::name_of(flow::kBy, by));
    document["figures"] = std::move(rows);
    return document;
}

/// The same figures again: nothing new was counted, and it is still the same day.
std::string tag_of(const flow::FigureAnswer& answer) {
    return "\"" + std::to_string(answer.at.seq) + "-" + std::to_string(answer.at.history) + "-" +
           core::date_text(answer.as_of) + "-" + std::to_string(answer.lag) + "-" +
           answer.metric.definition_version + "\"";
}

Result<int> whole_number(std::string_view name, std::string_view text) {
    int number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure == std::errc() && end == text.data() + text.size()) return number;
    return Error{ErrorCode::invalid,
                 std::string(name) + ": expected a whole number, found \"" + std::string(text) + "\""};
}

Result<flow::By> by_of(std::string_view text) {
    if (text.empty()) return flow::By::whole;
    if (const auto by = core::value_of(flow::kBy, text)) return *by;
    return Error{ErrorCode::invalid, "by: expected quarter, segment, level, account or owner; found \"" +
                                         std::string(text) + "\""};
}

Done check_parameters(const Form& query) {
    for (const FormField& field : query.fields())
        if (std::ranges::find(kParameters, field.name) == std::end(kParameters))
            return Error{ErrorCode::invalid,
                         "query: unknown parameter \"" + field.name +
                             "\"; expected account, segment, level, owner, as_of, by, quarters"};
    return done();
}

Result<flow::FigureQuery> query_of(const Request& request) {
    const Result<Form> fields = request.query_fields();
    if (!fields) return fields.error();
    if (Done known = check_parameters(*fields); !known) return known.error();
    flow::FigureQuery query;
    query.metric = std::string(request.parameter("metric"));
    query.scope = {std::string(fields->get("account")), std::string(fields->get("segment")),
                   std::string(fields->get("level")), std::string(fields->get("owner"))};
    if (const std::string_view day = fields->get("as_of"); !day.empty()) {
        query.as_of = core::read_date(day);
        if (!query.as_of)
            return Error{ErrorCode::invalid,
                         "as_of: expected a day as YYYY-MM-DD, found \"" + std::string(day) + "\""};
    }
    const Result<flow::By> by = by_of(fields->get("by"));
    if (!by) return by.error();
    query.by = *by;
    if (const std::string_view quarters = fields->get("quarters"); !quarters.empty()) {
        const Result<int> number = whole_number("quarters", quarters);
        if (!number) return number.error();
        query.quarters = *number;
    }
    return query;
}

/// Read as a file of one row, so that both doors refuse the same things in the same words.
Result<core::AdvocacyAct> declared_act(const Request& request) {
    const Result<JsonBody> body = JsonBody::read(
        request,
        {"contact", "account_ref", "type", "date", "verified", "incentivised", "stars", "ref", "note"});
    if (!body) return body.error();
    core::Table table;
    core::TableRow row;
    const auto add = [&](const char* column, std::string cell) {
        table.header.emplace_back(column);
        row.cells.push_back(std::move(cell));
    };
    for (const char* column : {"contact", "account_ref", "type", "date", "ref", "note"}) {
        const Result<std::string> text = body->text(column);
        if (!text) return text.error();
        add(column, *text);
    }
    const Result<bool> verified = body->flag("verified", true);
    if (!verified) return verified.error();
    const Result<bool> incentivised = body->flag("incentivised", false);
    if (!incentivised) return incentivised.error();
    const Result<std::optional<std::int64_t>> stars = body->number("stars");
    if (!stars) return stars.error();
    add("verified", *verified ? "yes" : "no");
    add("incentivised", *incentivised ? "yes" : "no");
    add("stars", *stars ? std::to_string(**stars) : "");
    table.rows.push_back(std::move(row));
    Result<core::Import<core::ActRow>> acts = core::read_acts(table);
    if (!acts) return acts.error();
    if (!acts->problems.empty()) return Error{ErrorCode::invalid, acts->problems.front().reason};
    return acts->rows.front().act;
}

}  // namespace

void MetricRoutes::add_to(Router& router, Identity& identity) {
    router.add(
        Method::get, "/api/v1/metrics",
        identity.required([this](const Request& r, const flow::Caller&) { return list(!r.sees.empty()); }));
    router.add(Method::get, "/api/v1/metrics/{metric}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::post, "/api/v1/acts",
               identity.required([this](Request r, const flow::Caller&) { return record(std::move(r)); }));
    router.add(Method::post, "/api/v1/imports/acts",
               identity.required([this](Request r, const flow::Caller&) { return import(std::move(r)); }),
               kActFile);
}

/// Figures of the whole house are for whoever sees all of it.
flow::Task<Response> MetricRoutes::list(bool limited) {
    bj::array metrics;
    for (const flow::MetricInfo& metric : figures_.metrics()) {
        bj::object document = metric_document(metric);
        document["portfolio"] = nullptr;
        if (limited) {
            if (!metric.trouble.empty()) document["why"] = kSuspended;
            metrics.push_back(std::move(document));
            continue;
        }
        flow::FigureQuery query;
        query.metric = metric.id;
        auto asking = figures_.answer(std::move(query));
        const Result<flow::FigureAnswer> answer = co_await std::move(asking);
        if (!answer) co_return Response::problem(answer.error());
        document["portfolio"] = answer_document(*answer, flow::By::whole);
        metrics.push_back(std::move(document));
    }
    const bj::object document{{"metrics", std::move(metrics)}};
    co_return Response::json(200, document);
}

flow::Task<Response> MetricRoutes::show(Request request) {
    Result<flow::FigureQuery> query = query_of(request);
    if (!query) co_return Response::problem(query.error(), request.path);
    const flow::By by = query->by;
    const bool limited = !request.sees.empty();
    if (limited && (by == flow::By::owner || (by != flow::By::account && query->scope.account.empty())))
        co_return beyond_sight(
            request,
            "expected one account of yours, as in ?account=acc_…, or by=account for all of "
            "them; figures of the whole house are for whoever sees all of it");
    auto asking = figures_.answer(std::move(*query));
    Result<flow::FigureAnswer> answer = co_await std::move(asking);
    if (!answer) co_return Response::problem(answer.error(), request.path);
    if (limited && by == flow::By::account) {
        auto looking = sights_.accounts({TeammateId::trusted(request.sees)});
        const Result<std::set<std::string>> own = co_await std::move(looking);
        if (!own) co_return Response::problem(own.error(), request.path);
        std::erase_if(answer->rows,
                      [&](const flow::FigureRow& row) { return !own->contains(row.scope.account); });
    }
    const std::string tag = tag_of(*answer);
    Response response = !limited && answer->metric.trouble.empty() && request.header("If-None-Match") == tag
                            ? Response::empty(304)
                            : Response::json(200, answer_document(*answer, by));
    response.set("ETag", tag);
    co_return response;
}

flow::Task<Response> MetricRoutes::record(Request request) {
    Result<core::AdvocacyAct> act = declared_act(request);
    if (!act) co_return Response::problem(act.error(), request.path);
    auto recording = acts_.record(std::move(*act));
    const Result<bool> news = co_await std::move(recording);
    if (!news) co_return Response::problem(news.error(), request.path);
    const bj::object document{{"recorded", true}, {"known_before", !*news}};
    Response response = Response::json(*news ? 201 : 200, document);
    response.deed = *news ? "an act that was not known" : "";
    co_return response;
}

flow::Task<Response> MetricRoutes::import(Request request) {
    if (!has_content_type(request, "text/csv"))
        co_return to_response(wrong_media_type(request.header("Content-Type"), "text/csv"));
    const Result<bool> dry_run = wish_of(request, "dry_run");
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    const Result<core::Table> table = csv::read(request.body);
    if (!table) co_return Response::problem(table.error(), request.path);
    Result<core::Import<core::ActRow>> acts = core::read_acts(*table);
    if (!acts) co_return Response::problem(acts.error(), request.path);
    auto importing = acts_.import(std::move(*acts), *dry_run);
    Result<flow::ImportReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    std::ranges::sort(report->problems, {}, &core::RowProblem::line);
    Response response = Response::json(200, report_document(*report));
    response.deed = *dry_run ? "" : flow::in_words(*report);
    co_return response;
}

}  // namespace candour::http
