#include "edge/http/routes/signals.hpp"

#include <boost/json.hpp>

#include "core/metrics/calendar.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kUsualFindings = 100, kMostFindings = 500;
const std::string kInTrouble = "it is in trouble; whoever sees the whole house can look up why";

bj::value named(const std::string& id, const std::string& name) {
    if (id.empty()) return nullptr;
    return bj::object{{"id", id}, {"name", name}};
}

bj::object finding_document(const flow::FindingRow& row) {
    return {{"number", row.number},
            {"signal", row.signal},
            {"plugin", row.plugin},
            {"account", named(row.account, row.account_name)},
            {"contact", named(row.contact, row.contact_name)},
            {"severity", core::name_of(flow::kSeverities, row.finding.severity)},
            {"title", row.finding.title},
            {"detail", row.finding.detail},
            {"evidence", bj::parse(row.finding.evidence)},
            {"as_of", core::date_text(row.as_of)},
            {"first_at", json::time_or_null(row.first_at)},
            {"last_at", json::time_or_null(row.last_at)},
            {"ended_at", json::time_or_null(row.ended_at)}};
}

Result<flow::FindingQuery> read_finding_query(const ListQuery& list) {
    flow::FindingQuery query{list.text("account"), list.text("signal"), false, 0, kUsualFindings};
    const Result<int> limit = list.limit(kUsualFindings, kMostFindings);
    if (!limit) return limit.error();
    const Result<bool> ended = list.flag("ended");
    if (!ended) return ended.error();
    const auto place = list.place(1);
    if (!place) return place.error();
    query.limit = *limit;
    query.ended = *ended;
    if (*place) query.before = number_in((**place)[0]);
    return query;
}

}  // namespace

void SignalRoutes::add_to(Router& router, Identity& identity) {
    router.add(
        Method::get, "/api/v1/signals",
        identity.required([this](const Request& r, const flow::Caller&) { return list(!r.sees.empty()); }));
    router.add(Method::get, "/api/v1/signals/findings",
               identity.required([this](Request r, const flow::Caller&) { return findings(std::move(r)); }));
    router.add(Method::post, "/api/v1/signals/evaluate",
               identity.required([this](Request r, const flow::Caller&) { return evaluate(std::move(r)); }));
}

/// What a signal stumbled over may name anybody: whoever sees some customers only hears that it did.
flow::Task<Response> SignalRoutes::list(bool limited) {
    bj::array rows;
    for (const flow::SignalInfo& signal : signals_.signals())
        rows.push_back(
            bj::object{{"id", signal.id},
                       {"plugin", signal.plugin},
                       {"name", signal.name},
                       {"inputs", bj::array(signal.inputs.begin(), signal.inputs.end())},
                       {"trouble", limited && !signal.trouble.empty() ? kInTrouble : signal.trouble}});
    const bj::object document{{"signals", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> SignalRoutes::findings(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, {"account", "signal", "ended"});
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::FindingQuery> query = read_finding_query(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    auto reading = store_.findings(*query);
    const Result<std::vector<flow::FindingRow>> rows = co_await std::move(reading);
    if (!rows) co_return Response::problem(rows.error(), request.path);
    bj::array all;
    for (const flow::FindingRow& row : *rows) all.push_back(finding_document(row));
    bj::object body{{"findings", std::move(all)}, {"next", nullptr}};
    if (rows->size() == static_cast<std::size_t>(query->limit))
        body["next"] = list->cursor({std::to_string(rows->back().number)});
    co_return Response::json(200, body);
}

flow::Task<Response> SignalRoutes::evaluate(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"account"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> text = body->text("account");
    if (!text) co_return Response::problem(text.error(), request.path);
    const auto account = AccountId::parse(*text);
    if (!account)
        co_return Response::problem(Error{ErrorCode::invalid, "account: expected an id such as acc_…"},
                                    request.path);
    auto looking = rounds_.look_at(account->text());
    const Result<int> looked = co_await std::move(looking);
    if (!looked) co_return Response::problem(looked.error(), request.path);
    const bj::object document{{"account", account->text()}, {"signals", *looked}};
    co_return Response::json(200, document);
}

}  // namespace candour::http
