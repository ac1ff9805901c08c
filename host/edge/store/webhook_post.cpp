#include <limits>

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/content.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/changes.hpp"
#include "edge/store/team_mail.hpp"
#include "edge/store/webhooks.hpp"

namespace candour::store {
namespace {

using flow::Webhook;

constexpr int kChangesAtOnce = 500;
/// A number that is missing in the ledger belongs to another host that is about to commit, or to nobody.
constexpr std::chrono::seconds kGapSettled{10};

/// Up to the first gap that may still be filled.
std::vector<flow::Change> settled_changes(std::vector<flow::Change> changes, std::int64_t after,
                                          core::Instant now) {
    std::int64_t expected = after + 1;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (changes[i].seq != expected && changes[i].at + kGapSettled > now) {
            changes.resize(i);
            break;
        }
        expected = changes[i].seq + 1;
    }
    return changes;
}

void add_delivery(Session& session, const Webhook& webhook, const flow::Change& change,
                  const flow::DeliveryId& id, std::string body, core::Instant now) {
    session.call(sql::webhook::add_delivery)
        .with("id", id.text())
        .with("webhook_id", webhook.id.text())
        .with("seq", change.seq)
        .with("event", change.event)
        .with("item", change.number > 0 ? "LP-" + std::to_string(change.number) : std::string())
        .with("body", std::move(body))
        .with("now", now)
        .run();
}

int gather_for(Session& session, const Webhook& webhook, core::Instant now,
               const flow::WriteDelivery& write) {
    const std::vector<flow::Change> changes = settled_changes(
        select_changes(session, webhook.after_seq, std::numeric_limits<std::int64_t>::max(), kChangesAtOnce),
        webhook.after_seq, now);
    if (changes.empty()) return 0;
    const std::int64_t moved = session.call(sql::webhook::advance_webhook)
                                   .with("through", changes.back().seq)
                                   .with("id", webhook.id.text())
                                   .with("seen", webhook.after_seq)
                                   .run();
    if (moved != 1) return 0;
    int wanted = 0;
    for (const flow::Change& change : changes) {
        if (!webhook.wants(change)) continue;
        const auto id = crypto::new_id<flow::DeliveryId>(now);
        add_delivery(session, webhook, change, id, write(webhook, change, id), now);
        ++wanted;
    }
    return wanted;
}

/// Whether anything happened since one of them looked: most looks find nothing, and then nothing is written.
Result<bool> has_news(Session& session) {
    long long last = 0;
    {
        Call call = session.call(sql::changes::last);
        call.into(last);
        call.next();
    }
    for (const Webhook& webhook : select_webhooks(session))
        if (!core::happened(webhook.disabled_at) && webhook.after_seq < last) return true;
    return false;
}

bool has_due_delivery(Session& session, core::Instant now) {
    long long due = 0;
    Call call = session.call(sql::webhook::count_due);
    call.with("now", now).into(due);
    return call.next() && due > 0;
}

std::vector<std::string> due_deliveries(Session& session, core::Instant now, int limit) {
    std::string id;
    Call call = session.call(sql::webhook::due_deliveries);
    call.with("now", now).with("limit", std::int64_t{limit}).into(id);
    std::vector<std::string> ids;
    while (call.next()) ids.push_back(id);
    return ids;
}

std::vector<flow::DueDelivery> claim_deliveries(Session& session, core::Instant now, core::Instant lease,
                                                int limit) {
    std::vector<flow::DueDelivery> all;
    for (const std::string& id : due_deliveries(session, now, limit)) {
        const std::int64_t mine = session.call(sql::webhook::claim_delivery)
                                      .with("lease", lease)
                                      .with("id", id)
                                      .with("now", now)
                                      .run();
        if (mine != 1) continue;
        std::optional<flow::Delivery> delivery = find_delivery(session, flow::DeliveryId::trusted(id));
        if (!delivery) continue;
        Result<Webhook> webhook = find_webhook(session, delivery->webhook);
        if (webhook) all.push_back({std::move(*delivery), std::move(*webhook)});
    }
    return all;
}

/// Nobody sees what does not arrive elsewhere; whoever may mend it gets a mail, in the same transaction.
void tell_administrators(Session& session, const std::string& name, const std::string& why,
                         core::Instant now) {
    std::vector<std::string> administrators;
    {
        std::string id;
        Call call = session.call(sql::sign_in::administrators);
        call.into(id);
        while (call.next()) administrators.push_back(id);
    }
    const std::string document = json::write_content({{"name", name}, {"why", why}});
    for (const std::string& each : administrators)
        add_letter(session, {crypto::new_id<MessageId>(now), each, "webhook", "", document}, now);
}

Result<bool> record_attempt(Session& session, const flow::Attempt& attempt, core::Instant now) {
    const bool taken = attempt.trouble.empty(), again = core::happened(attempt.again_at);
    const auto state = taken   ? flow::DeliveryState::delivered
                       : again ? flow::DeliveryState::waiting
                               : flow::DeliveryState::given_up;
    session.call(sql::webhook::end_delivery)
        .with("state", std::string(core::name_of(flow::kDeliveryStates, state)))
        .with("status", std::int64_t{attempt.status})
        .with("trouble", attempt.trouble)
        .with("next_at", attempt.again_at)
        .with("ended_at", again ? core::kNever : now)
        .with("id", attempt.id.text())
        .run();
    if (taken) {
        session.call(sql::webhook::answered_well).with("id", attempt.webhook.text()).run();
        return false;
    }
    session.call(sql::webhook::answered_badly).with("id", attempt.webhook.text()).with("now", now).run();
    if (again) return false;
    const std::string why = attempt.gone ? "they say that it is gone (410)" : attempt.trouble;
    const bool first = session.call(sql::webhook::disable_webhook)
                           .with("id", attempt.webhook.text())
                           .with("now", now)
                           .with("why", why)
                           .run() == 1;
    const Result<Webhook> webhook = find_webhook(session, attempt.webhook);
    if (first && webhook) {
        write_down(session, {{"host", "Candour", ""}, "webhook_disabled", webhook->name, {}, why}, now);
        tell_administrators(session, webhook->name, why, now);
    }
    return first;
}

}  // namespace

flow::Task<Done> Webhooks::test(flow::WebhookId id, flow::DeliveryId delivery, std::string body,
                                core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        const Result<Webhook> webhook = find_webhook(session, id);
        if (!webhook) return webhook.error();
        if (core::happened(webhook->disabled_at))
            return Error{ErrorCode::conflict,
                         "the webhook \"" + webhook->name + "\" is disabled; enable it first"};
        flow::Change none;
        none.event = "test";
        add_delivery(session, *webhook, none, delivery, body, now);
        return done();
    });
}

flow::Task<Done> Webhooks::replay(flow::WebhookId id, flow::DeliveryId delivery, flow::Doer doer,
                                  core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        Call call = session.call(sql::webhook::replay_delivery);
        call.with("now", now).with("id", delivery.text()).with("webhook_id", id.text());
        if (call.run() != 1)
            return Error{ErrorCode::not_found,
                         "this webhook has no delivery " + delivery.text() + " that has ended"};
        write_down(session, {doer, "webhook_replayed", id.text(), {}, delivery.text()}, now);
        return done();
    });
}

flow::Task<Result<int>> Webhooks::gather(core::Instant now, flow::WriteDelivery write) {
    auto looking = database_.read<bool>([](Session& session) { return has_news(session); });
    const Result<bool> news = co_await std::move(looking);
    if (!news) co_return news.error();
    if (!*news) co_return 0;
    auto gathering = database_.write<int>([now, write = std::move(write)](Session& session) {
        int all = 0;
        for (const Webhook& webhook : select_webhooks(session))
            if (!core::happened(webhook.disabled_at)) all += gather_for(session, webhook, now, write);
        return Result<int>(all);
    });
    const Result<int> gathered = co_await std::move(gathering);
    co_return gathered;
}

flow::Task<Result<std::vector<flow::DueDelivery>>> Webhooks::claim(core::Instant now, core::Instant lease,
                                                                   int limit) {
    using All = std::vector<flow::DueDelivery>;
    auto looking = database_.read<bool>(
        [now](Session& session) { return Result<bool>(has_due_delivery(session, now)); });
    const Result<bool> some = co_await std::move(looking);
    if (!some) co_return some.error();
    if (!*some) co_return All();
    auto claiming = database_.write<All>(
        [=](Session& session) { return Result<All>(claim_deliveries(session, now, lease, limit)); });
    Result<All> claimed = co_await std::move(claiming);
    co_return claimed;
}

flow::Task<Result<bool>> Webhooks::record(flow::Attempt attempt, core::Instant now) {
    return database_.write<bool>([=](Session& session) { return record_attempt(session, attempt, now); });
}

flow::Task<Done> Webhooks::forget(core::Instant before) {
    return database_.write<Nothing>([before](Session& session) {
        session.call(sql::webhook::forget_deliveries).with("before", before).run();
        return done();
    });
}

}  // namespace candour::store
