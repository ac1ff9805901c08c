#include "edge/json/webhook_body.hpp"

#include <boost/json.hpp>

#include "edge/json/time_text.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

bj::object cloud_event(const flow::DeliveryId& id, const std::string& source, const std::string& type,
                       core::Instant at, bj::object data) {
    return {{"specversion", "1.0"},   {"id", id.text()},        {"source", source},
            {"type", type},           {"time", to_rfc3339(at)}, {"datacontenttype", "application/json"},
            {"data", std::move(data)}};
}

}  // namespace

std::string webhook_body(const flow::Webhook& webhook, const flow::Change& change, const flow::DeliveryId& id,
                         const std::string& public_url) {
    const std::string alias = "LP-" + std::to_string(change.number), page = public_url + "/item/" + alias;
    if (webhook.format == flow::WebhookFormat::slack) {
        const bj::object text{{"text", alias + ": " + change.event + " (" + change.state + "). " + page}};
        return bj::serialize(text);
    }
    bj::object data{{"seq", change.seq},         {"item", change.item.text()}, {"alias", alias},
                    {"version", change.version}, {"round", change.round},      {"event", change.event},
                    {"state", change.state},     {"actor", change.actor},      {"account", change.account},
                    {"contact", change.contact}, {"owner", change.owner},      {"url", page}};
    bj::object event =
        cloud_event(id, public_url, "candour.item." + change.event, change.at, std::move(data));
    event["subject"] = alias;
    return bj::serialize(event);
}

std::string webhook_test_body(const flow::Webhook& webhook, const flow::DeliveryId& id,
                              const std::string& public_url, core::Instant now) {
    if (webhook.format == flow::WebhookFormat::slack)
        return bj::serialize(bj::object{{"text", "Candour: a test, nothing has happened. " + public_url}});
    return bj::serialize(cloud_event(id, public_url, "candour.test", now, {{"webhook", webhook.name}}));
}

}  // namespace candour::json
