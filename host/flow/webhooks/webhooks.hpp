/// Programs of others that hear of what happens to items, by the rules of Standard Webhooks.
///
///     ledger ──cursor of each webhook──▶ delivery (a row with its bytes) ──▶ 2xx: delivered
///                                                     ▲                  ──▶ else: again, later and later
///                                                     └─ replay              ──▶ in the end given up: the
///                                                     webhook is
///                                                                                disabled, and somebody is
///                                                                                told
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "flow/identity/audit.hpp"
#include "flow/loop/changes.hpp"

namespace candour::flow {

struct WebhookTag {
    static constexpr std::string_view prefix = "whk_";
};
struct DeliveryTag {
    static constexpr std::string_view prefix = "whd_";
};
using WebhookId = Id<WebhookTag>;
using DeliveryId = Id<DeliveryTag>;

enum class WebhookFormat : std::uint8_t { cloudevents, slack };
inline constexpr core::NameTable<WebhookFormat, 2> kWebhookFormats{
    {{WebhookFormat::cloudevents, "cloudevents"}, {WebhookFormat::slack, "slack"}}};

struct Webhook {
    WebhookId id;
    std::string name, url;
    std::vector<std::string> events;  ///< of the ledger; empty: all of them
    WebhookFormat format = WebhookFormat::cloudevents;
    std::string secret;      ///< whsec_…
    std::string old_secret;  ///< the one before: it signs as well until it ends; empty: there is none
    core::Instant old_secret_until = core::kNever;
    std::int64_t after_seq = 0;
    core::Instant failing_since, disabled_at, created_at;
    std::string disabled_why;

    bool wants(const Change& change) const;
};

enum class DeliveryState : std::uint8_t { waiting, delivered, given_up };
inline constexpr core::NameTable<DeliveryState, 3> kDeliveryStates{{{DeliveryState::waiting, "waiting"},
                                                                    {DeliveryState::delivered, "delivered"},
                                                                    {DeliveryState::given_up, "given_up"}}};

struct Delivery {
    DeliveryId id;
    WebhookId webhook;
    std::int64_t seq = 0;
    std::string event, item, body;
    DeliveryState state = DeliveryState::waiting;
    int attempts = 0;
    core::Instant next_at, created_at, ended_at;
    unsigned status = 0;
    std::string trouble;
};

/// A delivery that is to be made now, and where to.
struct DueDelivery {
    Delivery delivery;
    Webhook webhook;
};

/// What came of an attempt.
struct Attempt {
    DeliveryId id;
    WebhookId webhook;
    unsigned status = 0;                    ///< 0: no answer
    std::string trouble;                    ///< empty: it was taken
    core::Instant again_at = core::kNever;  ///< never: no more
    bool gone = false;                      ///< 410: they want nothing any more
};

/// The bytes of a delivery.
using WriteDelivery = std::function<std::string(const Webhook&, const Change&, const DeliveryId&)>;

class WebhookStore {
 public:
    virtual ~WebhookStore() = default;
    virtual Task<Result<std::vector<Webhook>>> webhooks() = 0;
    /// Errors: not_found.
    virtual Task<Result<Webhook>> webhook(WebhookId id) = 0;
    virtual Task<Done> add(Webhook webhook, Doer doer, core::Instant now) = 0;
    virtual Task<Done> change(Webhook webhook, Doer doer, core::Instant now) = 0;
    /// Errors: not_found; conflict when it is so already.
    virtual Task<Done> enable(WebhookId id, bool enabled, Doer doer, core::Instant now) = 0;
    virtual Task<Done> remove(WebhookId id, Doer doer, core::Instant now) = 0;
    /// Another secret from now on; the one before signs as well until `old_until`. Errors: not_found.
    virtual Task<Done> rotate(WebhookId id, std::string secret, core::Instant old_until, Doer doer,
                              core::Instant now) = 0;
    /// Newest first, those before `before`.
    virtual Task<Result<std::vector<Delivery>>> deliveries(WebhookId id, std::string before, int limit) = 0;
    /// One that is no event: whether it works at all.
    virtual Task<Done> test(WebhookId id, DeliveryId delivery, std::string body, core::Instant now) = 0;
    /// Errors: not_found when there is none that has ended.
    virtual Task<Done> replay(WebhookId id, DeliveryId delivery, Doer doer, core::Instant now) = 0;

    /// Makes deliveries of what happened since each webhook's cursor, and moves it: one transaction each, so
    /// that nothing is lost and nothing comes twice. Returns how many there are.
    virtual Task<Result<int>> gather(core::Instant now, WriteDelivery write) = 0;
    /// Takes what is due: until `lease` nobody else does.
    virtual Task<Result<std::vector<DueDelivery>>> claim(core::Instant now, core::Instant lease,
                                                         int limit) = 0;
    /// True: it was given up, and the webhook with it.
    virtual Task<Result<bool>> record(Attempt attempt, core::Instant now) = 0;
    virtual Task<Done> forget(core::Instant before) = 0;
};

/// So long whoever verifies has to take the new secret up: Standard Webhooks advises a day.
inline constexpr std::chrono::hours kOldSecretSigns{24};

/// One signature, or two with a blank between while the secret before still signs.
std::string webhook_signatures(const Webhook& webhook, const DeliveryId& id, core::Instant now,
                               const std::string& body);
/// `whsec_` and 32 random bytes in Base64.
std::string new_webhook_secret();
/// `v1,…` over id, second and bytes. Errors: invalid (no such secret).
Result<std::string> webhook_signature(const std::string& secret, const std::string& id, std::int64_t second,
                                      const std::string& body);

}  // namespace candour::flow
