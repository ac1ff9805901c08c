#include "flow/delivery/dispatcher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr int kInFlight = 128;
/// The next ones are fetched while the last ones are still on their way.
constexpr int kFewInFlight = kInFlight / 2;
/// What has left does not hold up the next ones; what a crash would leave without a receipt stays few all the
/// same.
constexpr int kUnwritten = 128;
/// Receipts that go into the database at once: many in one transaction cost it a fraction of as many in turn.
constexpr std::size_t kTogether = 32;
constexpr auto kOutboxLook = 200ms;
constexpr auto kRoomLook = 5ms;
/// Long enough to connect and send; a host that dies before the point of no return is relieved after it.
constexpr auto kSendLease = 2min;
/// RFC 5321 lets a server take ten minutes to answer the final dot.
constexpr auto kTransmitLease = 12min;
constexpr auto kResendUnknown = 5min;
constexpr int kWriteTries = 60;

using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

Task<void> pause(std::chrono::milliseconds time) {
    const Executor executor = co_await asio::this_coro::executor;
    Timer timer(executor, time);
    co_await timer.async_wait(use_task);
}

Outcome not_tried(Fate fate, std::string detail) {
    return {fate, 0, "", std::move(detail)};
}

/// Why a message is not even tried; nullopt when it is. What may have arrived already is another matter.
std::optional<std::string> why_withheld(const DueMessage& message, core::Instant now) {
    if (message.suppressed) return "the address " + message.address + " is on the suppression list";
    if (message.unwanted) return message.contact_name + " has left or wants no more mail of this kind";
    if (message.answered) return message.contact_name + " has answered meanwhile";
    if (core::happened(message.not_after) && now > message.not_after && message.unknowns == 0)
        return "it was to leave earlier, and did not: the campaign's not_after has passed";
    return std::nullopt;
}

/// Nobody is asked twice because a connection broke; what customers are owed is worth one more try.
int resends_of(core::MessageKind kind) {
    return kind == core::MessageKind::invitation ? 0 : 1;
}

}  // namespace

Task<void> Dispatcher::run() {
    const Executor executor = co_await asio::this_coro::executor;
    while (!ending_) {
        write_receipts(executor);
        const int free = room();
        auto claiming = claim(free);
        Result<std::vector<DueMessage>> due = co_await std::move(claiming);
        if (!due) log::warn("delivery: the outbox cannot be read: {}", due.error().message);
        const bool more = due && (free <= 0 || due->size() == static_cast<std::size_t>(free));
        for (DueMessage& message : due.value_or({})) start(executor, std::move(message));
        auto waiting = more ? wait_for_room() : pause(kOutboxLook);
        co_await std::move(waiting);
    }
}

Task<void> Dispatcher::wait_for_room() {
    for (auto waited = 0ms; waited < kOutboxLook; waited += kRoomLook) {
        auto waiting = pause(kRoomLook);
        co_await std::move(waiting);
        if (room() >= kInFlight - kFewInFlight) co_return;
    }
}

int Dispatcher::room() const {
    return std::min(kInFlight - in_flight_, kUnwritten - unwritten_);
}

void Dispatcher::start(const Executor& executor, DueMessage message) {
    ++in_flight_;
    auto one = deliver(std::move(message));
    const auto gone = [this, executor](std::exception_ptr failure, Receipt receipt) {
        --in_flight_;
        if (failure)
            return log::error("delivery: a delivery ended with an exception; its lease will run out");
        ++unwritten_;
        receipts_.push_back(std::move(receipt));
        const bool more_will_come = in_flight_ >= static_cast<int>(kTogether);
        if (!more_will_come || receipts_.size() >= kTogether) write_receipts(executor);
    };
    asio::co_spawn(executor, std::move(one), gone);
}

void Dispatcher::write_receipts(const Executor& executor) {
    for (Receipt& receipt : std::exchange(receipts_, {})) {
        auto writing = write_down(std::move(receipt));
        asio::co_spawn(executor, std::move(writing), [this](std::exception_ptr unwritten) {
            --unwritten_;
            if (unwritten)
                log::error("delivery: a receipt met an exception; its message's lease will run out");
        });
    }
}

Task<void> Dispatcher::end(std::chrono::milliseconds patience) {
    ending_ = true;
    const Executor executor = co_await asio::this_coro::executor;
    for (auto waited = 0ms; waited < patience && in_flight_ + unwritten_ > 0; waited += kRoomLook) {
        write_receipts(executor);
        auto waiting = pause(kRoomLook);
        co_await std::move(waiting);
    }
    if (in_flight_ + unwritten_ > 0)
        log::warn(
            "delivery: {} messages have no receipt yet; the next start counts those that may have left "
            "as unknown",
            in_flight_ + unwritten_);
}

Task<Result<int>> Dispatcher::deliver_due() {
    auto claiming = claim(kInFlight);
    Result<std::vector<DueMessage>> due = co_await std::move(claiming);
    if (!due) co_return due.error();
    int worked_on = 0;
    for (DueMessage& message : *due) {
        auto one = deliver(std::move(message));
        Receipt receipt = co_await std::move(one);
        auto writing = write_down(std::move(receipt));
        co_await std::move(writing);
        ++worked_on;
    }
    co_return worked_on;
}

Task<Result<std::vector<DueMessage>>> Dispatcher::claim(int limit) {
    if (limit <= 0) co_return std::vector<DueMessage>();
    const core::Instant now = clock_.now();
    auto pending = outbox_.claim(host_, now, now + kSendLease, limit);
    Result<std::vector<DueMessage>> due = co_await std::move(pending);
    if (note_ && due && !due->empty()) note_(due->front().mark);
    co_return due;
}

Task<Receipt> Dispatcher::deliver(DueMessage message) {
    Composed composed;
    Outcome outcome;
    const bool lost = message.unknowns > resends_of(message.kind);
    const std::optional<std::string> reason = lost ? std::nullopt : why_withheld(message, clock_.now());
    if (lost) {
        outcome =
            not_tried(Fate::unknown, "lost after the final dot; it may have arrived, and is not sent again");
    } else if (reason) {
        outcome = not_tried(Fate::rejected, *reason);
    } else {
        auto composing = composer_.compose(message);
        Result<Composed> words = co_await std::move(composing);
        if (words) {
            composed = std::move(*words);
            auto trying = attempt(message, composed);
            outcome = co_await std::move(trying);
        } else {
            outcome = not_tried(Fate::deferred, "cannot be written: " + words.error().message);
        }
    }
    log::info("delivery: message {} of item {}: attempt {}: {} {} {}", message.id.text(), message.item.text(),
              message.attempts, outcome.code, outcome.status, outcome.detail);
    Receipt receipt = receipt_of(message, std::move(outcome), std::move(composed));
    if (reason) receipt.state = core::MessageState::suppressed;
    co_return receipt;
}

Task<Outcome> Dispatcher::attempt(const DueMessage& message, const Composed& composed) {
    const auto found = deliverers_.find(message.channel);
    if (found == deliverers_.end())
        co_return not_tried(Fate::deferred, "nothing delivers the channel \"" + message.channel + "\"");
    Outgoing outgoing;
    outgoing.id = message.id;
    outgoing.channel = message.channel;
    outgoing.sender = composed.sender;
    outgoing.recipient = message.address;
    outgoing.content = composed.content;
    outgoing.attempt = message.attempts;
    PointOfNoReturn before = [this, id = message.id]() {
        return outbox_.mark_transmitting(id, host_, clock_.now() + kTransmitLease);
    };
    auto pending = found->second->deliver(std::move(outgoing), std::move(before));
    Outcome outcome = co_await std::move(pending);
    co_return outcome;
}

Receipt Dispatcher::receipt_of(const DueMessage& message, Outcome outcome, Composed composed) const {
    using core::MessageState;
    Receipt receipt;
    receipt.id = message.id;
    receipt.kind = message.kind;
    receipt.item = message.item;
    receipt.host = host_;
    receipt.attempt = message.attempts;
    receipt.at = clock_.now();
    receipt.recipient = message.address;
    switch (outcome.fate) {
        case Fate::handed_over:
            receipt.state = MessageState::handed_over;
            break;
        case Fate::rejected:
            receipt.state = MessageState::rejected;
            break;
        case Fate::unknown:
            receipt.state =
                message.unknowns >= resends_of(message.kind) ? MessageState::given_up : MessageState::unknown;
            if (receipt.state == MessageState::unknown) receipt.not_before = receipt.at + kResendUnknown;
            break;
        case Fate::deferred: {
            const auto wait = core::back_off(message.attempts, receipt.at - message.created_at);
            receipt.state = wait ? MessageState::queued : MessageState::given_up;
            if (wait) receipt.not_before = receipt.at + *wait;
        }
    }
    // A copy of what never left would claim that it was said.
    if (outcome.fate == Fate::handed_over || outcome.fate == Fate::unknown)
        receipt.composed = std::move(composed);
    receipt.outcome = std::move(outcome);
    return receipt;
}

/// The outcome is known and must not get lost because the database is away for a moment.
Task<void> Dispatcher::write_down(Receipt receipt) {
    for (int i = 0; i < kWriteTries; ++i) {
        auto pending = outbox_.record(receipt);
        Done recorded = co_await std::move(pending);
        if (recorded) co_return;
        log::warn("delivery: the receipt of {} is not written yet: {}", receipt.id.text(),
                  recorded.error().message);
        auto waiting = pause(1s);
        co_await std::move(waiting);
    }
    log::error(
        "delivery: the receipt of {} could not be written; the message counts as unknown when its lease ends",
        receipt.id.text());
}

}  // namespace candour::flow
