#include "edge/http/routes/campaigns.hpp"

#include <boost/json.hpp>

#include "edge/http/routes/body.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/audience_text.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kOnOnePage = 50;
constexpr int kMost = 500;

bj::object progress_document(const flow::CampaignProgress& progress) {
    bj::object left_out;
    std::int64_t all = 0;
    for (const auto& [reason, contacts] : progress.left_out) {
        left_out[core::name_of(core::kLeftOut, reason)] = contacts;
        all += contacts;
    }
    return {{"asked", progress.asked},
            {"waiting", progress.waiting},
            {"sent", progress.sent},
            {"bounced", progress.bounced},
            {"undelivered", progress.undelivered},
            {"withheld", progress.withheld},
            {"cancelled", progress.cancelled},
            {"answered", progress.answered},
            {"provisional", progress.provisional},
            {"left_out", all},
            {"left_out_by_reason", std::move(left_out)}};
}

bj::object campaign_document(const flow::Campaign& campaign) {
    return {{"id", campaign.id.text()},
            {"plugin", campaign.plugin},
            {"about", campaign.about},
            {"audience", json::audience_document(campaign.audience)},
            {"created_by", campaign.created_by},
            {"created_at", json::to_rfc3339(campaign.created_at)},
            {"at", json::to_rfc3339(campaign.due_at)},
            {"cancelled_at", json::time_or_null(campaign.cancelled_at)},
            {"progress", progress_document(campaign.progress)}};
}

bj::object whole_document(const flow::Campaign& campaign) {
    bj::object document = campaign_document(campaign);
    bj::array people;
    for (const flow::LeftOutContact& one : campaign.left_out)
        people.push_back(bj::object{{"contact", one.contact.text()},
                                    {"name", one.name},
                                    {"account", one.account_name},
                                    {"reason", core::name_of(core::kLeftOut, one.reason)}});
    document["left_out"] = std::move(people);
    return document;
}

Result<core::Instant> instant_of(const JsonBody& body) {
    const Result<std::string> text = body.text("at");
    if (!text) return text.error();
    if (text->empty()) return core::kNever;
    return json::from_rfc3339("at", *text);
}

Result<flow::CampaignRequest> request_of(const JsonBody& body) {
    flow::CampaignRequest asked;
    const Result<std::string> plugin = body.text("plugin");
    const Result<std::string> about = body.text("about");
    const Result<bj::object> audience = body.object("audience");
    const Result<core::Instant> at = instant_of(body);
    const Result<std::string> key = body.text("key");
    if (!plugin) return plugin.error();
    if (plugin->empty())
        return Error{ErrorCode::invalid,
                     "plugin: expected whose question is asked, such as relationship_nps; found nothing"};
    if (!about) return about.error();
    if (!audience) return audience.error();
    if (!at) return at.error();
    if (!key) return key.error();
    Result<core::Audience> whom = json::audience_of(*audience);
    if (!whom) return whom.error();
    asked.plugin = *plugin;
    asked.about = *about;
    asked.audience = std::move(*whom);
    asked.at = *at;
    asked.key = *key;
    return asked;
}

Result<CampaignId> id_of(const Request& request) {
    const auto id = CampaignId::parse(request.parameter("campaign"));
    if (!id) return Error{ErrorCode::invalid, "campaign: expected an id such as cmp_…"};
    return *id;
}

}  // namespace

void CampaignRoutes::add_to(Router& router, Identity& identity) {
    router.add(
        Method::post, "/api/v1/campaigns",
        identity.required([this](Request r, flow::Caller c) { return send(std::move(r), std::move(c)); },
                          flow::Scope::send));
    router.add(Method::get, "/api/v1/campaigns",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, "/api/v1/campaigns/{campaign}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::post, "/api/v1/campaigns/{campaign}/cancel",
               identity.required([this](Request r, const flow::Caller&) { return cancel(std::move(r)); }));
}

flow::Task<Response> CampaignRoutes::send(Request request, flow::Caller caller) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"plugin", "about", "audience", "at", "key", "dry_run"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bool> dry_run = body->flag("dry_run", false);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    Result<flow::CampaignRequest> asked = request_of(*body);
    if (!asked) co_return Response::problem(asked.error(), request.path);
    asked->actor = caller.actor();
    auto sending = campaigns_.send(std::move(*asked), *dry_run);
    const Result<flow::Planned> planned = co_await std::move(sending);
    if (!planned) co_return Response::problem(planned.error(), request.path);
    bj::object document = whole_document(planned->campaign);
    if (*dry_run && !planned->repeated) document["id"] = nullptr;  // it was taken back, nobody will find it
    document["dry_run"] = *dry_run;
    document["repeated"] = planned->repeated;
    co_return Response::json(*dry_run || planned->repeated ? 200 : 201, document);
}

flow::Task<Response> CampaignRoutes::list(Request request) {
    const Result<ListQuery> query = ListQuery::read(request, {});
    if (!query) co_return Response::problem(query.error(), request.path);
    const Result<int> limit = query->limit(kOnOnePage, kMost);
    if (!limit) co_return Response::problem(limit.error(), request.path);
    const auto place = query->place(1);
    if (!place) co_return Response::problem(place.error(), request.path);
    std::string before = *place ? place->value().front() : std::string();
    auto reading = store_.list(std::move(before), *limit + 1);
    Result<std::vector<flow::Campaign>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > static_cast<std::size_t>(*limit);
    if (more) all->pop_back();
    bj::array rows;
    for (const flow::Campaign& campaign : *all) rows.push_back(campaign_document(campaign));
    const bj::value next = more ? bj::value(query->cursor({all->back().id.text()})) : bj::value(nullptr);
    const bj::object document{{"campaigns", std::move(rows)}, {"next", next}};
    co_return Response::json(200, document);
}

flow::Task<Response> CampaignRoutes::show(Request request) {
    const Result<CampaignId> id = id_of(request);
    if (!id) co_return Response::problem(id.error(), request.path);
    auto finding = store_.find(*id);
    const Result<flow::Campaign> campaign = co_await std::move(finding);
    if (!campaign) co_return Response::problem(campaign.error(), request.path);
    co_return Response::json(200, whole_document(*campaign));
}

flow::Task<Response> CampaignRoutes::cancel(Request request) {
    const Result<CampaignId> id = id_of(request);
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {});
    if (!body) co_return Response::problem(body.error(), request.path);
    auto cancelling = store_.cancel(*id, clock_.now());
    const Result<flow::Campaign> campaign = co_await std::move(cancelling);
    if (!campaign) co_return Response::problem(campaign.error(), request.path);
    co_return Response::json(200, whole_document(*campaign));
}

}  // namespace candour::http
