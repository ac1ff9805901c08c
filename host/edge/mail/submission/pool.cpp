#include "edge/mail/submission/pool.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>

#include "edge/mail/submission/session.hpp"

namespace candour::mail {
namespace {

using std::chrono::steady_clock;

/// After "slow down" half of the sessions rest for this long.
constexpr std::chrono::minutes kFewerSessions{1};
/// For each session, beside the message in hand and its companion.
constexpr int kMostAhead = 3;
/// So many promises in time make one fewer that is asked for ahead.
constexpr int kInTime = 64;

flow::Outcome not_sent(std::string why) {
    return flow::Outcome{flow::Fate::deferred, 0, "", std::move(why)};
}

/// Throwing is another way to say no.
flow::Task<void> promised_for(JobPtr job) {
    try {
        auto asking = job->before();
        job->promised = co_await std::move(asking);
    } catch (const std::exception& thrown) {
        job->promised = Done(Error{ErrorCode::internal, thrown.what()});
    }
    job->answered.cancel();
}

}  // namespace

void ask_for_promise(const JobPtr& job, const flow::Executor& executor) {
    if (std::exchange(job->asked, true)) return;
    auto asking = promised_for(job);
    asio::co_spawn(executor, std::move(asking), asio::detached);
}

Pool::Pool(flow::Executor executor, SubmissionConfig config)
    : executor_(executor),
      config_(std::move(config)),
      throttle_(config_.domain_rate, config_.total_rate, steady_clock::now()) {}

void Pool::add(const JobPtr& job) {
    if (stopping_) return settle(job, not_sent("mail submission is stopping"));
    waiting_.push_back(job);
    more_sessions();
}

void Pool::more_sessions() {
    if (!idle_.empty()) {
        idle_.back()->cancel();
        idle_.pop_back();
        return;
    }
    if (stopping_ || sessions_ >= sessions_allowed()) return;
    ++sessions_;
    const std::shared_ptr<Pool> self = shared_from_this();
    asio::co_spawn(executor_, run_session(self), [self](std::exception_ptr) {
        --self->sessions_;
        if (!self->waiting_.empty() && self->sessions_ == 0) self->more_sessions();
    });
}

flow::Task<void> Pool::run_session(std::shared_ptr<Pool> pool) {
    Session session(*pool);
    co_await session.run();
}

int Pool::sessions_allowed() const {
    const bool slowed = slowed_ != SteadyTime{} && steady_clock::now() - slowed_ < kFewerSessions;
    return slowed ? std::max(1, config_.sessions / 2) : config_.sessions;
}

flow::Task<flow::Outcome> Pool::outcome(JobPtr job) {
    boost::system::error_code ignored;
    auto token = asio::redirect_error(flow::use_task, ignored);
    job->settled.expires_after(config_.deadlines.queue);
    if (!job->outcome) co_await job->settled.async_wait(token);
    if (!job->outcome && std::erase(waiting_, job) > 0) {
        if (waiting_.empty())
            for (Timer* wake : idle_) wake->cancel();  // they waited for this one's rate
        const bool limited =
            throttle_.ready_at(job->parcel.domain, steady_clock::now()) > steady_clock::now();
        co_return not_sent(limited ? "the rate for " + job->parcel.domain + " is used up"
                                   : "no session to " + config_.host + " was free in time");
    }
    // From here a session has it, and every step of a session has a deadline of its own.
    while (!job->outcome) {
        job->settled.expires_at(SteadyTime::max());
        co_await job->settled.async_wait(token);
    }
    co_return *std::move(job->outcome);
}

void Pool::settle(const JobPtr& job, flow::Outcome outcome) {
    if (job->outcome) return;
    job->outcome = std::move(outcome);
    job->settled.cancel();
}

JobPtr Pool::take_ready() {
    const SteadyTime now = steady_clock::now();
    for (auto at = waiting_.begin(); at != waiting_.end(); ++at) {
        if (throttle_.ready_at((*at)->parcel.domain, now) > now) continue;
        JobPtr job = *at;
        waiting_.erase(at);
        throttle_.take(job->parcel.domain, now);
        return job;
    }
    return nullptr;
}

void Pool::promise_was(bool in_time) {
    if (!in_time) {
        in_time_ = 0;
        ahead_ = std::min(ahead_ + 1, kMostAhead * config_.sessions);
    } else if (++in_time_ == kInTime) {
        in_time_ = 0;
        ahead_ = std::max(ahead_ - 1, 0);
    }
}

void Pool::ask_ahead() {
    if (stopping_) return;
    const SteadyTime now = steady_clock::now();
    int asked = 0;
    for (auto job = waiting_.begin(); job != waiting_.end() && asked < ahead_; ++job) {
        if (throttle_.ready_at((*job)->parcel.domain, now) > now) continue;
        ask_for_promise(*job, executor_);
        ++asked;
    }
}

flow::Task<JobPtr> Pool::take() {
    Timer wake(executor_);
    boost::system::error_code ignored;
    auto token = asio::redirect_error(flow::use_task, ignored);
    const SteadyTime enough = steady_clock::now() + config_.deadlines.idle;
    for (;;) {
        JobPtr job = stopping_ || sessions_ > sessions_allowed() ? nullptr : take_ready();
        const SteadyTime now = steady_clock::now();
        const bool leave = stopping_ || sessions_ > sessions_allowed() || (waiting_.empty() && now >= enough);
        if (job || leave) co_return job;
        SteadyTime until = waiting_.empty() ? enough : SteadyTime::max();
        for (const JobPtr& held : waiting_)
            until = std::min(until, throttle_.ready_at(held->parcel.domain, now));
        wake.expires_at(until);
        idle_.push_back(&wake);
        co_await wake.async_wait(token);
        std::erase(idle_, &wake);
    }
}

void Pool::give_back(const JobPtr& job) {
    if (stopping_) return settle(job, not_sent("mail submission is stopping"));
    job->announced = false;
    job->retried = true;
    job->asked = false;  // its lease may have to last for another connection
    job->promised.reset();
    waiting_.push_front(job);
}

void Pool::unreachable(const JobPtr& job, const flow::Outcome& why) {
    if (connected_ > 0 && !stopping_) {
        // A server that allows fewer connections than we do: the others carry on alone for a while.
        slowed_ = steady_clock::now();
        waiting_.push_front(job);
        if (!idle_.empty()) idle_.back()->cancel();
        return;
    }
    settle(job, why);
    for (const JobPtr& held : std::exchange(waiting_, {})) settle(held, why);
}

void Pool::slow_down(const std::string& domain) {
    slowed_ = steady_clock::now();
    throttle_.slow_down(domain, slowed_);
}

Result<std::shared_ptr<asio::ssl::context>> Pool::tls() {
    if (tls_) return tls_;
    Result<std::shared_ptr<asio::ssl::context>> made = tls_context(config_);
    if (made) tls_ = *made;
    return made;
}

void Pool::stop() {
    stopping_ = true;
    for (const JobPtr& held : std::exchange(waiting_, {}))
        settle(held, not_sent("mail submission is stopping"));
    for (Timer* wake : std::exchange(idle_, {})) wake->cancel();
}

}  // namespace candour::mail
