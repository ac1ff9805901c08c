/// flow::WebhookStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/webhooks/webhooks.hpp"

namespace candour::store {

class Webhooks final : public flow::WebhookStore {
 public:
    explicit Webhooks(Database& database) : database_(database) {}
    flow::Task<Result<std::vector<flow::Webhook>>> webhooks() override;
    flow::Task<Result<flow::Webhook>> webhook(flow::WebhookId id) override;
    flow::Task<Done> add(flow::Webhook webhook, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> change(flow::Webhook webhook, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> enable(flow::WebhookId id, bool enabled, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> remove(flow::WebhookId id, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> rotate(flow::WebhookId id, std::string secret, core::Instant old_until, flow::Doer doer,
                            core::Instant now) override;
    flow::Task<Result<std::vector<flow::Delivery>>> deliveries(flow::WebhookId id, std::string before,
                                                               int limit) override;
    flow::Task<Done> test(flow::WebhookId id, flow::DeliveryId delivery, std::string body,
                          core::Instant now) override;
    flow::Task<Done> replay(flow::WebhookId id, flow::DeliveryId delivery, flow::Doer doer,
                            core::Instant now) override;

    flow::Task<Result<int>> gather(core::Instant now, flow::WriteDelivery write) override;
    flow::Task<Result<std::vector<flow::DueDelivery>>> claim(core::Instant now, core::Instant lease,
                                                             int limit) override;
    flow::Task<Result<bool>> record(flow::Attempt attempt, core::Instant now) override;
    flow::Task<Done> forget(core::Instant before) override;

 private:
    Database& database_;
};

// Inside a transaction.

std::vector<flow::Webhook> select_webhooks(Session& session);
/// Errors: not_found.
Result<flow::Webhook> find_webhook(Session& session, const flow::WebhookId& id);
/// nullopt when there is none.
std::optional<flow::Delivery> find_delivery(Session& session, const flow::DeliveryId& id);

}  // namespace candour::store
