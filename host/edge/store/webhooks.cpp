#include "edge/store/webhooks.hpp"

#include "candour_queries.hpp"
#include "edge/store/audit.hpp"

namespace candour::store {
namespace {

using flow::Doer;
using flow::Webhook;

std::string joined_events(const std::vector<std::string>& events) {
    std::string all;
    for (const std::string& event : events) all += (all.empty() ? "" : ",") + event;
    return all;
}

std::vector<std::string> split_events(const std::string& text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        all.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

struct WebhookColumns {
    std::string id, events, format;
    long long after = 0, failing = 0, disabled = 0, created = 0, old_until = 0;
    Webhook webhook;

    void read_from(Call& call) {
        call.into(id).into(webhook.name).into(webhook.url).into(events).into(format).into(webhook.secret);
        call.into(after).into(failing).into(disabled).into(webhook.disabled_why).into(created);
        call.into(webhook.old_secret).into(old_until);
    }
    Webhook row() const {
        Webhook one = webhook;
        one.id = flow::WebhookId::trusted(id);
        one.events = split_events(events);
        one.format = core::value_of(flow::kWebhookFormats, format).value_or(flow::WebhookFormat::cloudevents);
        one.after_seq = after;
        one.failing_since = core::from_us(failing);
        one.disabled_at = core::from_us(disabled);
        one.created_at = core::from_us(created);
        one.old_secret_until = core::from_us(old_until);
        return one;
    }
};

struct DeliveryColumns {
    std::string id, webhook, state;
    long long seq = 0, attempts = 0, next = 0, status = 0, created = 0, ended = 0;
    flow::Delivery delivery;

    void read_from(Call& call) {
        call.into(id).into(webhook).into(seq).into(delivery.event).into(delivery.item).into(delivery.body);
        call.into(state).into(attempts).into(next).into(status).into(delivery.trouble);
        call.into(created).into(ended);
    }
    flow::Delivery row() const {
        flow::Delivery one = delivery;
        one.id = flow::DeliveryId::trusted(id);
        one.webhook = flow::WebhookId::trusted(webhook);
        one.seq = seq;
        one.state = core::value_of(flow::kDeliveryStates, state).value_or(flow::DeliveryState::waiting);
        one.attempts = static_cast<int>(attempts);
        one.next_at = core::from_us(next);
        one.status = static_cast<unsigned>(status);
        one.created_at = core::from_us(created);
        one.ended_at = core::from_us(ended);
        return one;
    }
};

std::vector<flow::Delivery> select_deliveries(Session& session, const flow::WebhookId& webhook,
                                              const std::string& before, int limit) {
    DeliveryColumns columns;
    Call call = session.call(sql::webhook::deliveries);
    call.with("webhook_id", webhook.text()).with("before", before).with("limit", std::int64_t{limit});
    columns.read_from(call);
    std::vector<flow::Delivery> all;
    while (call.next()) all.push_back(columns.row());
    return all;
}

/// Where to and what of, as the audit log says it: never the secret.
std::string webhook_in_words(const Webhook& webhook) {
    return webhook.url + " " + std::string(core::name_of(flow::kWebhookFormats, webhook.format)) + " " +
           (webhook.events.empty() ? "everything" : joined_events(webhook.events));
}

void write_webhook(Session& session, const sql::Query& query, const Webhook& webhook, core::Instant now) {
    Call call = session.call(query);
    call.with("id", webhook.id.text())
        .with("name", webhook.name)
        .with("url", webhook.url)
        .with("events", joined_events(webhook.events))
        .with("format", std::string(core::name_of(flow::kWebhookFormats, webhook.format)))
        .with("secret", webhook.secret);
    if (&query == &sql::webhook::add_webhook) call.with("now", now);
    call.run();
}

Done enable_webhook_in(Session& session, const flow::WebhookId& id, bool enabled, const Doer& doer,
                       core::Instant now) {
    const Result<Webhook> webhook = find_webhook(session, id);
    if (!webhook) return webhook.error();
    Call call = session.call(enabled ? sql::webhook::enable_webhook : sql::webhook::disable_webhook);
    call.with("id", id.text());
    if (!enabled) call.with("now", now).with("why", "by " + doer.name);
    if (call.run() != 1)
        return Error{ErrorCode::conflict, "the webhook \"" + webhook->name + "\" is " +
                                              (enabled ? "in use" : "disabled") + " already"};
    write_down(session, {doer, enabled ? "webhook_enabled" : "webhook_disabled", webhook->name, {}, {}}, now);
    return done();
}

}  // namespace

std::vector<Webhook> select_webhooks(Session& session) {
    WebhookColumns columns;
    Call call = session.call(sql::webhook::webhooks);
    columns.read_from(call);
    std::vector<Webhook> all;
    while (call.next()) all.push_back(columns.row());
    return all;
}

Result<Webhook> find_webhook(Session& session, const flow::WebhookId& id) {
    WebhookColumns columns;
    Call call = session.call(sql::webhook::webhook);
    call.with("id", id.text());
    columns.read_from(call);
    if (call.next()) return columns.row();
    return Error{ErrorCode::not_found,
                 "there is no webhook " + id.text() + "; candour webhook list shows them"};
}

std::optional<flow::Delivery> find_delivery(Session& session, const flow::DeliveryId& id) {
    DeliveryColumns columns;
    Call call = session.call(sql::webhook::delivery);
    call.with("id", id.text());
    columns.read_from(call);
    if (!call.next()) return std::nullopt;
    return columns.row();
}

flow::Task<Result<std::vector<Webhook>>> Webhooks::webhooks() {
    using All = std::vector<Webhook>;
    return database_.read<All>([](Session& session) { return Result<All>(select_webhooks(session)); });
}

flow::Task<Result<Webhook>> Webhooks::webhook(flow::WebhookId id) {
    return database_.read<Webhook>([id](Session& session) { return find_webhook(session, id); });
}

flow::Task<Done> Webhooks::add(Webhook webhook, Doer doer, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) {
        write_webhook(session, sql::webhook::add_webhook, webhook, now);
        write_down(session, {doer, "webhook_added", webhook.name, {}, webhook_in_words(webhook)}, now);
        return done();
    });
}

flow::Task<Done> Webhooks::change(Webhook webhook, Doer doer, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        const Result<Webhook> before = find_webhook(session, webhook.id);
        if (!before) return before.error();
        write_webhook(session, sql::webhook::write_webhook, webhook, now);
        write_down(
            session,
            {doer, "webhook_changed", webhook.name, webhook_in_words(*before), webhook_in_words(webhook)},
            now);
        return done();
    });
}

flow::Task<Done> Webhooks::enable(flow::WebhookId id, bool enabled, Doer doer, core::Instant now) {
    return database_.write<Nothing>(
        [=](Session& session) { return enable_webhook_in(session, id, enabled, doer, now); });
}

flow::Task<Done> Webhooks::rotate(flow::WebhookId id, std::string secret, core::Instant old_until, Doer doer,
                                  core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        const Result<Webhook> webhook = find_webhook(session, id);
        if (!webhook) return webhook.error();
        session.call(sql::webhook::rotate_secret)
            .with("old_until", old_until)
            .with("secret", secret)
            .with("id", id.text())
            .run();
        write_down(session, {doer, "webhook_secret_rotated", webhook->name, {}, {}}, now);
        return done();
    });
}

flow::Task<Done> Webhooks::remove(flow::WebhookId id, Doer doer, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        const Result<Webhook> before = find_webhook(session, id);
        if (!before) return before.error();
        session.call(sql::webhook::remove_deliveries).with("id", id.text()).run();
        session.call(sql::webhook::remove_webhook).with("id", id.text()).run();
        write_down(session, {doer, "webhook_removed", before->name, webhook_in_words(*before), {}}, now);
        return done();
    });
}

flow::Task<Result<std::vector<flow::Delivery>>> Webhooks::deliveries(flow::WebhookId id, std::string before,
                                                                     int limit) {
    using All = std::vector<flow::Delivery>;
    return database_.read<All>([=](Session& session) -> Result<All> {
        const Result<Webhook> webhook = find_webhook(session, id);
        if (!webhook) return webhook.error();
        return select_deliveries(session, id, before, limit);
    });
}

}  // namespace candour::store
