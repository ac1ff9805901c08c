/// Carries deliveries to webhooks. Several hosts may do it side by side.
#pragma once
#include "flow/clock.hpp"
#include "flow/plugin_state/egress.hpp"
#include "flow/webhooks/webhooks.hpp"

namespace candour::flow {

class Postman {
 public:
    Postman(asio::io_context& io, WebhookStore& store, Egress& egress, const Clock& clock,
            WriteDelivery write)
        : pace_(io), store_(store), egress_(egress), clock_(clock), write_(std::move(write)) {}

    /// Until cancelled.
    Task<void> run();
    /// One look: what happened becomes deliveries, and those that are due set out. Returns how many did.
    Task<Result<int>> look();

 private:
    Task<void> carry(DueDelivery due);
    Attempt judge(const DueDelivery& due, const Result<EgressAnswer>& answer) const;

    ChangeFeed::Timer pace_;
    WebhookStore& store_;
    Egress& egress_;
    const Clock& clock_;
    WriteDelivery write_;
    int under_way_ = 0;
    core::Instant forgot_at_ = core::kNever;
};

/// When the attempt after this one is due, counted from now: five seconds, then longer and longer, two days
/// in all, each a little different so that a crowd does not come back at once. Nothing: there is none.
/// `chance`: 0…1.
std::optional<std::chrono::seconds> patience_after(int attempts, double chance);

}  // namespace candour::flow
