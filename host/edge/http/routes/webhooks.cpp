#include "edge/http/routes/webhooks.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "core/loop/state.hpp"
#include "crypto/id_source.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/time_value.hpp"
#include "edge/json/webhook_body.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kUsualDeliveries = 50, kMostDeliveries = 500;
constexpr std::size_t kLongestUrl = 2'000;

bj::object webhook_document(const flow::Webhook& webhook) {
    bj::array events(webhook.events.begin(), webhook.events.end());
    return {{"id", webhook.id.text()},
            {"name", webhook.name},
            {"url", webhook.url},
            {"events", std::move(events)},
            {"format", core::name_of(flow::kWebhookFormats, webhook.format)},
            {"created_at", json::time_or_null(webhook.created_at)},
            {"failing_since", json::time_or_null(webhook.failing_since)},
            {"disabled_at", json::time_or_null(webhook.disabled_at)},
            {"disabled_why", webhook.disabled_why},
            {"old_secret_until", json::time_or_null(webhook.old_secret_until)}};
}

bj::object delivery_document(const flow::Delivery& delivery) {
    const bool waits = delivery.state == flow::DeliveryState::waiting;
    return {{"id", delivery.id.text()},
            {"event", delivery.event},
            {"item", delivery.item},
            {"state", core::name_of(flow::kDeliveryStates, delivery.state)},
            {"attempts", delivery.attempts},
            {"status", delivery.status},
            {"trouble", delivery.trouble},
            {"body", delivery.body},
            {"created_at", json::time_or_null(delivery.created_at)},
            {"next_at", json::time_or_null(waits ? delivery.next_at : core::kNever)},
            {"ended_at", json::time_or_null(delivery.ended_at)}};
}

Result<std::vector<std::string>> read_events(const std::string& part) {
    const bj::value list = bj::parse(part);
    const Error wrong{
        ErrorCode::invalid,
        "events: expected a list of the ledger's events such as [\"heard\", \"told\"], found " + part};
    if (!list.is_array()) return wrong;
    std::vector<std::string> events;
    for (const bj::value& each : list.get_array()) {
        if (!each.is_string() || !core::value_of(core::kEvents, std::string_view(each.get_string())))
            return wrong;
        std::string event(each.get_string());
        if (std::find(events.begin(), events.end(), event) == events.end())
            events.push_back(std::move(event));
    }
    return events;
}

template <class AnyId>
Result<AnyId> id_parameter(const Request& request, std::string_view name) {
    if (const auto id = AnyId::parse(request.parameter(name))) return *id;
    return Error{ErrorCode::invalid,
                 std::string(name) + ": expected an id such as " + std::string(AnyId::prefix) + "…"};
}

Response answer_of(const Done& done_so, const Request& request) {
    return done_so ? Response::empty() : Response::problem(done_so.error(), request.path);
}

}  // namespace

void WebhookRoutes::add_to(Router& router, Identity& identity) {
    const auto admin = flow::Scope::admin;
    const auto add_route = [&](Method method, const char* path,
                               flow::Task<Response> (WebhookRoutes::*handler)(Request, flow::Caller)) {
        const auto call = [this, handler](Request r, flow::Caller c) {
            return (this->*handler)(std::move(r), std::move(c));
        };
        router.add(method, path, identity.required(call, admin));
    };
    const auto look = [&](Method method, const char* path,
                          flow::Task<Response> (WebhookRoutes::*handler)(Request)) {
        const auto call = [this, handler](Request r, const flow::Caller&) {
            return (this->*handler)(std::move(r));
        };
        router.add(method, path, identity.required(call, admin));
    };
    look(Method::get, "/api/v1/webhooks", &WebhookRoutes::list);
    router.add(Method::post, "/api/v1/webhooks",
               identity.required_each_time(
                   [this](Request r, flow::Caller c) { return add(std::move(r), std::move(c)); }, admin));
    router.add(Method::post, "/api/v1/webhooks/{webhook}/rotate",
               identity.required_each_time(
                   [this](Request r, flow::Caller c) { return rotate(std::move(r), std::move(c)); }, admin));
    add_route(Method::patch, "/api/v1/webhooks/{webhook}", &WebhookRoutes::change);
    add_route(Method::post, "/api/v1/webhooks/{webhook}/enable", &WebhookRoutes::enable);
    add_route(Method::post, "/api/v1/webhooks/{webhook}/disable", &WebhookRoutes::enable);
    add_route(Method::post, "/api/v1/webhooks/{webhook}/remove", &WebhookRoutes::remove);
    look(Method::post, "/api/v1/webhooks/{webhook}/test", &WebhookRoutes::test);
    look(Method::get, "/api/v1/webhooks/{webhook}/deliveries", &WebhookRoutes::deliveries);
    add_route(Method::post, "/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay",
              &WebhookRoutes::replay);
}

/// Ids travel in it: without TLS only to places that the operator calls ours.
Done WebhookRoutes::check_url(const std::string& url) const {
    const Result<flow::EgressPlace> place = needs_.egress.place_of(url);
    const auto& ours = needs_.private_hosts;
    const bool plain = place && !place->tls &&
                       std::find(ours.begin(), ours.end(), place->host + ":" + place->port) == ours.end();
    if (place && !plain && url.size() <= kLongestUrl) return done();
    return Error{
        ErrorCode::invalid,
        "url: expected https://host/… without a user; http only to a place that plugins.private_hosts "
        "lists"};
}

Result<flow::Webhook> WebhookRoutes::read(const JsonBody& body, flow::Webhook webhook) const {
    const Result<std::string> name = body.text("name"), url = body.text("url"), format = body.text("format");
    for (const Result<std::string>* text : {&name, &url, &format})
        if (!*text) return text->error();
    if (body.has("name")) webhook.name = *name;
    if (body.has("url")) webhook.url = *url;
    if (Done words = core::check_words("name", webhook.name, core::kMaxLine); !words) return words.error();
    if (Done sound = check_url(webhook.url); !sound) return sound.error();
    if (body.has("events")) {
        Result<std::vector<std::string>> events = read_events(body.part("events"));
        if (!events) return events.error();
        webhook.events = std::move(*events);
    }
    if (!body.has("format")) return webhook;
    const auto known = core::value_of(flow::kWebhookFormats, *format);
    if (!known)
        return Error{ErrorCode::invalid, "format: expected cloudevents or slack, found \"" + *format + "\""};
    webhook.format = *known;
    return webhook;
}

flow::Task<Response> WebhookRoutes::list(Request request) {
    auto reading = needs_.webhooks.webhooks();
    const Result<std::vector<flow::Webhook>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::Webhook& webhook : *all) rows.push_back(webhook_document(webhook));
    const bj::object document{{"webhooks", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> WebhookRoutes::add(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"name", "url", "events", "format"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<flow::Webhook> webhook = read(*body, {});
    if (!webhook) co_return Response::problem(webhook.error(), request.path);
    const core::Instant now = needs_.clock.now();
    webhook->id = crypto::new_id<flow::WebhookId>(now);
    webhook->secret = flow::new_webhook_secret();
    webhook->created_at = now;
    auto adding = needs_.webhooks.add(*webhook, flow::Doer::of(caller), now);
    const Done added = co_await std::move(adding);
    if (!added) co_return Response::problem(added.error(), request.path);
    bj::object document = webhook_document(*webhook);
    document["secret"] = webhook->secret;
    co_return Response::json(201, document);
}

flow::Task<Response> WebhookRoutes::change(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"name", "url", "events", "format"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto finding = needs_.webhooks.webhook(*id);
    const Result<flow::Webhook> before = co_await std::move(finding);
    if (!before) co_return Response::problem(before.error(), request.path);
    const Result<flow::Webhook> webhook = read(*body, *before);
    if (!webhook) co_return Response::problem(webhook.error(), request.path);
    auto changing = needs_.webhooks.change(*webhook, flow::Doer::of(caller), needs_.clock.now());
    const Done changed = co_await std::move(changing);
    if (!changed) co_return Response::problem(changed.error(), request.path);
    co_return Response::json(200, webhook_document(*webhook));
}

flow::Task<Response> WebhookRoutes::enable(Request request, flow::Caller caller) {
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    if (!id) co_return Response::problem(id.error(), request.path);
    const bool enabled = request.path.ends_with("/enable");
    auto enabling = needs_.webhooks.enable(*id, enabled, flow::Doer::of(caller), needs_.clock.now());
    const Done done_so = co_await std::move(enabling);
    co_return answer_of(done_so, request);
}

flow::Task<Response> WebhookRoutes::remove(Request request, flow::Caller caller) {
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto removing = needs_.webhooks.remove(*id, flow::Doer::of(caller), needs_.clock.now());
    const Done removed = co_await std::move(removing);
    co_return answer_of(removed, request);
}

flow::Task<Response> WebhookRoutes::rotate(Request request, flow::Caller caller) {
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    if (!id) co_return Response::problem(id.error(), request.path);
    const core::Instant now = needs_.clock.now(), old_until = now + flow::kOldSecretSigns;
    const std::string secret = flow::new_webhook_secret();
    auto rotating = needs_.webhooks.rotate(*id, secret, old_until, flow::Doer::of(caller), now);
    const Done rotated = co_await std::move(rotating);
    if (!rotated) co_return Response::problem(rotated.error(), request.path);
    const bj::object document{{"secret", secret}, {"old_secret_until", json::time_or_null(old_until)}};
    co_return Response::json(200, document);
}

flow::Task<Response> WebhookRoutes::test(Request request) {
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto finding = needs_.webhooks.webhook(*id);
    const Result<flow::Webhook> webhook = co_await std::move(finding);
    if (!webhook) co_return Response::problem(webhook.error(), request.path);
    const core::Instant now = needs_.clock.now();
    const auto delivery = crypto::new_id<flow::DeliveryId>(now);
    auto testing = needs_.webhooks.test(
        *id, delivery, json::webhook_test_body(*webhook, delivery, needs_.public_url, now), now);
    const Done begun = co_await std::move(testing);
    if (!begun) co_return Response::problem(begun.error(), request.path);
    const bj::object document{{"delivery", delivery.text()}};
    co_return Response::json(202, document);
}

flow::Task<Response> WebhookRoutes::deliveries(Request request) {
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<ListQuery> list = ListQuery::read(request, {});
    if (!list) co_return Response::problem(list.error(), request.path);
    const Result<int> limit = list->limit(kUsualDeliveries, kMostDeliveries);
    if (!limit) co_return Response::problem(limit.error(), request.path);
    const auto place = list->place(1);
    if (!place) co_return Response::problem(place.error(), request.path);
    auto reading = needs_.webhooks.deliveries(*id, *place ? (**place)[0] : std::string(), *limit + 1);
    const Result<std::vector<flow::Delivery>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const std::size_t shown = std::min(all->size(), static_cast<std::size_t>(*limit));
    bj::array rows;
    for (std::size_t i = 0; i < shown; ++i) rows.push_back(delivery_document((*all)[i]));
    bj::object document{{"deliveries", std::move(rows)}, {"next", nullptr}};
    if (all->size() > shown) document["next"] = list->cursor({(*all)[shown - 1].id.text()});
    co_return Response::json(200, document);
}

flow::Task<Response> WebhookRoutes::replay(Request request, flow::Caller caller) {
    const Result<flow::WebhookId> id = id_parameter<flow::WebhookId>(request, "webhook");
    const Result<flow::DeliveryId> delivery = id_parameter<flow::DeliveryId>(request, "delivery");
    if (!id) co_return Response::problem(id.error(), request.path);
    if (!delivery) co_return Response::problem(delivery.error(), request.path);
    auto replaying = needs_.webhooks.replay(*id, *delivery, flow::Doer::of(caller), needs_.clock.now());
    const Done replayed = co_await std::move(replaying);
    co_return answer_of(replayed, request);
}

}  // namespace candour::http
