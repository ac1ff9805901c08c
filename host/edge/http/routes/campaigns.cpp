#include "edge/http/routes/campaigns.hpp"

#include <boost/json.hpp>

#include "edge/http/routes/body.hpp"
#include "edge/http/routes/campaign_document.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/audience_text.hpp"
#include "edge/json/own_words_text.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kOnOnePage = 50;
constexpr int kMost = 500;

Result<core::Instant> instant_of(const JsonBody& body, std::string_view field) {
    const Result<std::string> text = body.text(field);
    if (!text) return text.error();
    if (text->empty()) return core::kNever;
    return json::from_rfc3339(field, *text);
}

/// When it goes out, and what follows: not_after, over_seconds, reminders, words.
Done read_course(const JsonBody& body, flow::CampaignRequest& asked) {
    const Result<core::Instant> at = instant_of(body, "at");
    const Result<core::Instant> not_after = instant_of(body, "not_after");
    const Result<std::optional<std::int64_t>> over = body.number("over_seconds");
    const Result<core::Reminders> reminders = reminders_of(bj::parse(body.part("reminders")));
    Result<core::OwnWords> words = json::own_words_of(bj::parse(body.part("words")));
    if (!at) return at.error();
    if (!not_after) return not_after.error();
    if (!over) return over.error();
    if (!reminders) return reminders.error();
    if (!words) return words.error();
    constexpr std::int64_t most = std::chrono::seconds(core::kLongestSpread).count();
    if (over->value_or(0) < 0 || over->value_or(0) > most)
        return Error{ErrorCode::invalid, "over_seconds: expected 0 to 7776000 (90 days)"};
    asked.at = *at;
    asked.not_after = *not_after;
    asked.over = std::chrono::seconds(over->value_or(0));
    asked.reminders = *reminders;
    asked.words = std::move(*words);
    return done();
}

Result<flow::CampaignRequest> request_of(const JsonBody& body) {
    flow::CampaignRequest asked;
    const Result<std::string> plugin = body.text("plugin");
    const Result<std::string> about = body.text("about");
    const Result<std::string> survey = body.text("survey");
    const Result<bj::object> audience = body.object("audience");
    const Result<std::string> key = body.text("key");
    if (!plugin) return plugin.error();
    if (plugin->empty())
        return Error{ErrorCode::invalid,
                     "plugin: expected whose question is asked, such as relationship_nps; found nothing"};
    if (!about) return about.error();
    if (!survey) return survey.error();
    if (!audience) return audience.error();
    if (!key) return key.error();
    Result<core::Audience> whom = json::audience_of(*audience);
    if (!whom) return whom.error();
    asked.plugin = *plugin;
    asked.about = *about;
    asked.survey = *survey;
    asked.audience = std::move(*whom);
    asked.key = *key;
    if (Done read = read_course(body, asked); !read) return read.error();
    return asked;
}

Result<flow::CampaignChange> change_of(const JsonBody& body) {
    flow::CampaignChange change;
    if (body.has("about")) {
        Result<std::string> about = body.text("about");
        if (!about) return about.error();
        if (about->empty()) return Error{ErrorCode::invalid, "about: expected what is asked, found nothing"};
        change.about = std::move(*about);
    }
    if (body.has("words")) {
        Result<core::OwnWords> words = json::own_words_of(bj::parse(body.part("words")));
        if (!words) return words.error();
        change.words = std::move(*words);
    }
    if (body.has("not_after")) {
        const Result<core::Instant> not_after = instant_of(body, "not_after");
        if (!not_after) return not_after.error();
        change.not_after = *not_after;
    }
    return change;
}

Result<CampaignId> id_of(const Request& request) {
    const auto id = CampaignId::parse(request.parameter("campaign"));
    if (!id) return Error{ErrorCode::invalid, "campaign: expected an id such as cmp_…"};
    return *id;
}

}  // namespace

Result<flow::CampaignRequest> campaign_request_of(const JsonBody& body) {
    return request_of(body);
}

void CampaignRoutes::add_to(Router& router, Identity& identity) {
    router.add(
        Method::post, "/api/v1/campaigns",
        identity.required([this](Request r, flow::Caller c) { return send(std::move(r), std::move(c)); },
                          flow::Scope::send));
    router.add(Method::get, "/api/v1/campaigns",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, "/api/v1/campaigns/{campaign}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::post, "/api/v1/campaigns/{campaign}/change",
        identity.required([this](Request r, flow::Caller c) { return change(std::move(r), std::move(c)); },
                          flow::Scope::send));
    constexpr std::pair<const char*, Step> steps[] = {
        {"/api/v1/campaigns/{campaign}/pause", &flow::Campaigns::pause},
        {"/api/v1/campaigns/{campaign}/resume", &flow::Campaigns::resume},
        {"/api/v1/campaigns/{campaign}/cancel", &flow::Campaigns::cancel}};
    for (const auto& [path, step_of] : steps)
        router.add(Method::post, path,
                   identity.required([this, step_of = step_of](Request r, flow::Caller c) {
                       return step(std::move(r), std::move(c), step_of);
                   }));
}

flow::Task<Response> CampaignRoutes::send(Request request, flow::Caller caller) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"plugin", "about", "survey", "audience", "at", "key", "dry_run", "not_after",
                                 "over_seconds", "reminders", "words"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bool> dry_run = body->flag("dry_run", false);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    Result<flow::CampaignRequest> asked = request_of(*body);
    if (!asked) co_return Response::problem(asked.error(), request.path);
    asked->actor = caller.actor();
    auto sending = campaigns_.send(std::move(*asked), *dry_run);
    const Result<flow::Planned> planned = co_await std::move(sending);
    if (!planned) co_return Response::problem(planned.error(), request.path);
    bj::object document = whole_document(planned->campaign, clock_.now());
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
    for (const flow::Campaign& campaign : *all) rows.push_back(campaign_document(campaign, clock_.now()));
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
    co_return Response::json(200, whole_document(*campaign, clock_.now()));
}

flow::Task<Response> CampaignRoutes::step(Request request, flow::Caller caller, Step which) {
    const Result<CampaignId> id = id_of(request);
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {});
    if (!body) co_return Response::problem(body.error(), request.path);
    auto stepping = (campaigns_.*which)(*id, flow::Doer::of(caller));
    const Result<flow::Campaign> campaign = co_await std::move(stepping);
    if (!campaign) co_return Response::problem(campaign.error(), request.path);
    co_return Response::json(200, whole_document(*campaign, clock_.now()));
}

flow::Task<Response> CampaignRoutes::change(Request request, flow::Caller caller) {
    const Result<CampaignId> id = id_of(request);
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {"about", "words", "not_after"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<flow::CampaignChange> change = change_of(*body);
    if (!change) co_return Response::problem(change.error(), request.path);
    auto changing = campaigns_.change(*id, *change, flow::Doer::of(caller));
    const Result<flow::Campaign> campaign = co_await std::move(changing);
    if (!campaign) co_return Response::problem(campaign.error(), request.path);
    co_return Response::json(200, whole_document(*campaign, clock_.now()));
}

}  // namespace candour::http
