#include "edge/http/routes/campaign_explain.hpp"

#include <boost/json.hpp>

#include "edge/http/routes/body.hpp"
#include "edge/http/routes/campaigns.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kExplainedAtOnce = 500;
constexpr int kMostExplained = 5'000;

bj::object explained_document(const flow::ExplainedContact& one) {
    return {{"contact", one.contact.text()},
            {"name", one.name},
            {"account", one.account_name},
            {"email", one.address},
            {"status", core::name_of(flow::kContactStatuses, one.status)},
            {"reason", one.reason},
            {"why", one.why},
            {"until", json::time_or_null(one.until)},
            {"sent_at", json::time_or_null(one.sent_at)},
            {"answered_at", json::time_or_null(one.answered_at)}};
}

bj::array explained_list(const flow::ExplainPage& page) {
    bj::array rows;
    for (const flow::ExplainedContact& one : page.contacts) rows.push_back(explained_document(one));
    return rows;
}

Result<std::optional<flow::ContactStatus>> contact_status(const std::string& text) {
    if (text.empty()) return std::optional<flow::ContactStatus>();
    const auto status = core::value_of(flow::kContactStatuses, text);
    if (status) return status;
    return Error{
        ErrorCode::invalid,
        "status: expected skipped, waiting, sent, answered, bounced, undelivered, unknown, withheld or "
        "cancelled, found \"" +
            text + "\""};
}

Result<flow::ExplainQuery> explain_query(const ListQuery& list) {
    flow::ExplainQuery query;
    const Result<std::optional<flow::ContactStatus>> status = contact_status(list.text("status"));
    if (!status) return status.error();
    const Result<int> limit = list.limit(kExplainedAtOnce, kMostExplained);
    if (!limit) return limit.error();
    const auto place = list.place(1);
    if (!place) return place.error();
    query.status = *status;
    query.reason = list.text("reason");
    query.limit = *limit;
    if (*place) query.after = place->value().front();
    return query;
}

Result<flow::ExplainQuery> explain_query(const JsonBody& body) {
    flow::ExplainQuery query;
    const Result<std::string> named = body.text("status"), reason = body.text("reason"),
                              after = body.text("cursor");
    for (const Result<std::string>* text : {&named, &reason, &after})
        if (!*text) return text->error();
    const Result<std::optional<flow::ContactStatus>> status = contact_status(*named);
    if (!status) return status.error();
    const Result<std::optional<std::int64_t>> limit = body.number("limit");
    if (!limit) return limit.error();
    if (*limit && (**limit < 1 || **limit > kMostExplained))
        return Error{ErrorCode::invalid, "limit: expected 1 to " + std::to_string(kMostExplained) +
                                             ", found " + std::to_string(**limit)};
    query.status = *status;
    query.reason = *reason;
    query.after = *after;
    query.limit = static_cast<int>(limit->value_or(kExplainedAtOnce));
    return query;
}

}  // namespace

void CampaignExplainRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/campaigns/{campaign}/contacts",
               identity.required([this](Request r, const flow::Caller&) { return contacts(std::move(r)); }));
    router.add(
        Method::post, "/api/v1/campaigns/explain",
        identity.required([this](Request r, flow::Caller c) { return ahead(std::move(r), std::move(c)); },
                          flow::Scope::read));
}

flow::Task<Response> CampaignExplainRoutes::contacts(Request request) {
    const auto id = CampaignId::parse(request.parameter("campaign"));
    if (!id)
        co_return Response::problem(Error{ErrorCode::invalid, "campaign: expected an id such as cmp_…"},
                                    request.path);
    const Result<ListQuery> list = ListQuery::read(request, {"status", "reason"});
    if (!list) co_return Response::problem(list.error(), request.path);
    const Result<flow::ExplainQuery> query = explain_query(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    auto explaining = explain_.explain(*id, *query);
    const Result<flow::ExplainPage> page = co_await std::move(explaining);
    if (!page) co_return Response::problem(page.error(), request.path);
    bj::object document{{"contacts", explained_list(*page)}, {"next", nullptr}};
    if (!page->next.empty()) document["next"] = list->cursor({page->next});
    co_return Response::json(200, document);
}

flow::Task<Response> CampaignExplainRoutes::ahead(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(
        request, {"plugin", "about", "survey", "audience", "at", "key", "not_after", "over_seconds",
                  "reminders", "words", "status", "reason", "limit", "cursor"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<flow::ExplainQuery> query = explain_query(*body);
    if (!query) co_return Response::problem(query.error(), request.path);
    Result<flow::CampaignRequest> asked = campaign_request_of(*body);
    if (!asked) co_return Response::problem(asked.error(), request.path);
    asked->actor = caller.actor();
    auto preparing = campaigns_.prepared(std::move(*asked));
    Result<flow::PlannedCampaign> campaign = co_await std::move(preparing);
    if (!campaign) co_return Response::problem(campaign.error(), request.path);
    auto explaining = explain_.explain_ahead(std::move(*campaign), *query);
    const Result<flow::ExplainPage> page = co_await std::move(explaining);
    if (!page) co_return Response::problem(page.error(), request.path);
    bj::object document{{"contacts", explained_list(*page)}, {"next", nullptr}};
    if (!page->next.empty()) document["next"] = page->next;
    co_return Response::json(200, document);
}

}  // namespace candour::http
