/// Sends what the outbox holds: claims under a lease, hands over, writes down what became of it, tries again
/// by rule.
#pragma once
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "flow/clock.hpp"
#include "flow/delivery/outbox.hpp"

namespace candour::flow {

class Dispatcher {
 public:
    /// `host` names this process in leases. Deliverers by channel; they outlive the dispatcher.
    Dispatcher(OutboxStore& outbox, Composer& composer, const Clock& clock, std::string host)
        : outbox_(outbox), composer_(composer), clock_(clock), host_(std::move(host)) {}

    void serve(std::string channel, Deliverer& deliverer) { deliverers_[std::move(channel)] = &deliverer; }

    /// Called with the mark of what was claimed, before anything of it can leave.
    void before_sending(std::function<void(std::int64_t mark)> note) { note_ = std::move(note); }

    /// Until it is ended. Looks into the outbox several times a second: other hosts write to it too.
    Task<void> run();
    /// Claims nothing more, and waits until what is on its way has its receipt in the database.
    Task<void> end(std::chrono::milliseconds patience);
    /// One look: everything that is due, one after the other. Returns how many messages it worked on.
    Task<Result<int>> deliver_due();

 private:
    Task<Result<std::vector<DueMessage>>> claim(int limit);
    Task<void> wait_for_room();
    void start(const Executor& executor, DueMessage message);
    void write_receipts(const Executor& executor);
    int room() const;
    Task<Receipt> deliver(DueMessage message);
    Task<Outcome> attempt(const DueMessage& message, const Composed& composed);
    Receipt receipt_of(const DueMessage& message, Outcome outcome, Composed composed) const;
    Task<void> write_down(Receipt receipt);

    OutboxStore& outbox_;
    Composer& composer_;
    const Clock& clock_;
    std::string host_;
    std::map<std::string, Deliverer*> deliverers_;
    std::function<void(std::int64_t)> note_;
    int in_flight_ = 0;              ///< claimed, and not yet gone or refused
    int unwritten_ = 0;              ///< receipts that are not in the database yet
    std::vector<Receipt> receipts_;  ///< of these, what waits for company
    bool ending_ = false;
};

}  // namespace candour::flow
