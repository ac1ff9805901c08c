/// What webhooks get: CloudEvents 1.0 in structured mode, or a text as Slack and its like take it.
#pragma once
#include <string>

#include "flow/webhooks/webhooks.hpp"

namespace candour::json {

/// `public_url`: the source, and where a person looks.
std::string webhook_body(const flow::Webhook& webhook, const flow::Change& change, const flow::DeliveryId& id,
                         const std::string& public_url);
/// No event: whether deliveries arrive at all.
std::string webhook_test_body(const flow::Webhook& webhook, const flow::DeliveryId& id,
                              const std::string& public_url, core::Instant now);

}  // namespace candour::json
