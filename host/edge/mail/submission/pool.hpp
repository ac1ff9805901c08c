/// The messages that wait for a session, and how many sessions there may be. One thread, no locks.
#pragma once
#include <deque>
#include <memory>
#include <vector>

#include "edge/mail/submission/parcel.hpp"
#include "edge/mail/submission/throttle.hpp"
#include "edge/mail/submission/wire.hpp"

namespace candour::mail {

struct Job {
    Job(flow::Executor executor, Parcel packed, flow::PointOfNoReturn promise)
        : parcel(std::move(packed)), before(std::move(promise)), settled(executor), answered(executor) {}

    Parcel parcel;
    flow::PointOfNoReturn before;
    std::optional<flow::Outcome> outcome;
    Timer settled;                 ///< cancelled when the outcome is there
    std::optional<Done> promised;  ///< what `before` said
    Timer answered;                ///< cancelled when it has said it
    bool asked = false;            ///< `before` was called, for the connection that has it
    bool announced = false;        ///< its envelope is already on the wire of the session that has it
    bool retried = false;          ///< it met a stale connection once; the next one is the last
};
using JobPtr = std::shared_ptr<Job>;

/// Calls `before` of a message, once for the connection that it will travel on.
void ask_for_promise(const JobPtr& job, const flow::Executor& executor);

class Pool final : public std::enable_shared_from_this<Pool> {
 public:
    Pool(flow::Executor executor, SubmissionConfig config);

    flow::Executor executor() const { return executor_; }
    const SubmissionConfig& config() const { return config_; }

    // For deliver().
    void add(const JobPtr& job);
    flow::Task<flow::Outcome> outcome(JobPtr job);
    void stop();

    // For sessions.
    bool stopping() const { return stopping_; }
    /// The next message whose rate allows it now, or none.
    JobPtr take_ready();
    /// Waits for one; none when the session has been idle for long enough or the pool stops.
    flow::Task<JobPtr> take();
    /// A message that was not sent because its connection had gone stale goes first on the next one.
    void give_back(const JobPtr& job);
    void settle(const JobPtr& job, flow::Outcome outcome);
    /// Whether a promise was there when its content could have left. A server that is faster than our disk
    /// makes us ask for some promises before their messages have a session, a slower one does not: what is
    /// promised and not sent when a host dies counts as unknown, so that it stays as little as it can be.
    void promise_was(bool in_time);
    void ask_ahead();
    void connected() { ++connected_; }
    void disconnected() { --connected_; }
    /// No session could be opened: with no other one alive, everything that waits is told so.
    void unreachable(const JobPtr& job, const flow::Outcome& why);
    void slow_down(const std::string& domain);
    Result<std::shared_ptr<asio::ssl::context>> tls();

 private:
    void more_sessions();
    int sessions_allowed() const;
    static flow::Task<void> run_session(std::shared_ptr<Pool> pool);

    flow::Executor executor_;
    SubmissionConfig config_;
    std::shared_ptr<asio::ssl::context> tls_;
    Throttle throttle_;
    std::deque<JobPtr> waiting_;
    std::vector<Timer*> idle_;  ///< sessions in take(), woken one per message
    int sessions_ = 0;
    int connected_ = 0;
    int ahead_ = 0;    ///< how many that wait for a session may have been asked for their promise
    int in_time_ = 0;  ///< promises that were there in time, since the last one that was not
    SteadyTime slowed_{};
    bool stopping_ = false;
};

}  // namespace candour::mail
