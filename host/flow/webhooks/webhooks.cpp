#include "flow/webhooks/webhooks.hpp"

#include <algorithm>

#include "crypto/base64.hpp"
#include "crypto/digest.hpp"

namespace candour::flow {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::size_t kWebhookSecretBytes = 32;

}  // namespace

bool Webhook::wants(const Change& change) const {
    if (change.number <= 0) return false;  // the ledger of a theme, or of a promise that stands alone
    return events.empty() || std::find(events.begin(), events.end(), change.event) != events.end();
}

std::string new_webhook_secret() {
    return std::string(kSecretPrefix) + crypto::to_base64(crypto::random_bytes(kWebhookSecretBytes));
}

std::string webhook_signatures(const Webhook& webhook, const DeliveryId& id, core::Instant now,
                               const std::string& body) {
    const std::int64_t second = core::to_us(now) / 1'000'000;
    std::string all = webhook_signature(webhook.secret, id.text(), second, body).value_or("");
    if (webhook.old_secret.empty() || webhook.old_secret_until <= now) return all;
    const Result<std::string> before = webhook_signature(webhook.old_secret, id.text(), second, body);
    return before ? all + " " + *before : all;
}

Result<std::string> webhook_signature(const std::string& secret, const std::string& id, std::int64_t second,
                                      const std::string& body) {
    const std::string key = secret.starts_with(kSecretPrefix)
                                ? crypto::from_base64(std::string_view(secret).substr(kSecretPrefix.size()))
                                : std::string();
    if (key.empty()) return Error{ErrorCode::invalid, "secret: expected whsec_ and Base64"};
    const std::string bytes = id + "." + std::to_string(second) + "." + body;
    return "v1," + crypto::to_base64(crypto::hmac_sha256(key, bytes));
}

}  // namespace candour::flow
