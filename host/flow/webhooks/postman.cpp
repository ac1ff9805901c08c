#include "flow/webhooks/postman.hpp"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include "crypto/digest.hpp"
#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr auto kPostmanLook = 1s;
/// Whoever answers later is busy; then it comes again.
constexpr auto kAnswerWithin = 15s;
/// Longer than an attempt can take.
constexpr auto kDeliveryLease = 60s;
constexpr int kAtOnce = 32;
constexpr std::chrono::hours kDeliveriesKept{24 * 30};
constexpr std::array<std::chrono::seconds, 8> kPauses{5s, 60s, 5min, 30min, 2h, 5h, 14h, 24h};
/// Of what they answered, as much as helps to find the fault.
constexpr std::size_t kAnswerShown = 200;

double any_chance() {
    const std::string byte = crypto::random_bytes(1);
    return static_cast<unsigned char>(byte[0]) / 255.0;
}

}  // namespace

std::optional<std::chrono::seconds> patience_after(int attempts, double chance) {
    if (attempts < 1 || static_cast<std::size_t>(attempts) > kPauses.size()) return std::nullopt;
    const std::chrono::seconds usual = kPauses[static_cast<std::size_t>(attempts - 1)];
    return std::chrono::duration_cast<std::chrono::seconds>(usual * (1 + 0.2 * chance));
}

Task<void> Postman::run() {
    for (;;) {
        pace_.expires_after(kPostmanLook);
        boost::system::error_code woken;
        auto token = asio::redirect_error(use_task, woken);
        co_await pace_.async_wait(token);
        auto looking = look();
        const Result<int> sent = co_await std::move(looking);
        if (!sent) log::warn("webhooks: nothing could be sent: {}", sent.error().message);
    }
}

Task<Result<int>> Postman::look() {
    const core::Instant now = clock_.now();
    auto gathering = store_.gather(now, write_);
    const Result<int> gathered = co_await std::move(gathering);
    if (!gathered) co_return gathered.error();
    if (now - forgot_at_ > 1h) {
        auto forgetting = store_.forget(now - kDeliveriesKept);
        const Done forgotten = co_await std::move(forgetting);
        if (!forgotten) co_return forgotten.error();
        forgot_at_ = now;
    }
    if (under_way_ >= kAtOnce) co_return 0;
    auto claiming = store_.claim(now, now + kDeliveryLease, kAtOnce - under_way_);
    Result<std::vector<DueDelivery>> due = co_await std::move(claiming);
    if (!due) co_return due.error();
    const Executor executor = co_await asio::this_coro::executor;
    for (DueDelivery& one : *due) {
        ++under_way_;
        asio::co_spawn(executor, carry(std::move(one)), [this](const std::exception_ptr& failure) {
            --under_way_;
            if (failure) log::error("webhooks: a delivery broke off; it comes again");
        });
    }
    co_return static_cast<int>(due->size());
}

Task<void> Postman::carry(DueDelivery due) {
    const Webhook& webhook = due.webhook;
    const Delivery& delivery = due.delivery;
    const core::Instant now = clock_.now();
    EgressRequest request;
    request.method = "POST";
    request.url = webhook.url;
    request.body = delivery.body;
    request.timeout = kAnswerWithin;
    const bool cloud = webhook.format == WebhookFormat::cloudevents;
    request.headers = {{"Content-Type", cloud ? "application/cloudevents+json" : "application/json"},
                       {"webhook-id", delivery.id.text()},
                       {"webhook-timestamp", std::to_string(core::to_us(now) / 1'000'000)},
                       {"webhook-signature", webhook_signatures(webhook, delivery.id, now, delivery.body)}};
    auto fetching = egress_.fetch(std::move(request));
    const Result<EgressAnswer> answer = co_await std::move(fetching);
    Attempt attempt = judge(due, answer);
    auto recording = store_.record(std::move(attempt), clock_.now());
    const Result<bool> ended = co_await std::move(recording);
    if (!ended)
        log::warn("webhooks: {} could not be written down: {}", delivery.id.text(), ended.error().message);
    if (ended && *ended)
        log::error("webhook \"{}\" is disabled: it took nothing for too long, or is gone", webhook.name);
}

Attempt Postman::judge(const DueDelivery& due, const Result<EgressAnswer>& answer) const {
    Attempt attempt{due.delivery.id, due.webhook.id, 0, {}, core::kNever, false};
    if (answer) attempt.status = answer->status;
    if (answer && answer->status >= 200 && answer->status < 300) return attempt;
    attempt.gone = answer && answer->status == 410;
    attempt.trouble =
        answer ? "answered " + std::to_string(answer->status) + ": " + answer->body.substr(0, kAnswerShown)
               : answer.error().message;
    const auto patience = patience_after(due.delivery.attempts, any_chance());
    if (patience && !attempt.gone) attempt.again_at = clock_.now() + *patience;
    return attempt;
}

}  // namespace candour::flow
