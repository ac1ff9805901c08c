/// Work on its way to a database thread, and its way back to the coroutine that waits for it.
#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <functional>
#include <memory>
#include <span>
#include <utility>

#include "candour/result.hpp"
#include "edge/store/session.hpp"
#include "flow/task.hpp"

namespace candour::store {

namespace asio = boost::asio;

class Job;

/// Jobs of one kind that run together as one set of statements (group commit's fast lane).
class BatchStep {
 public:
    virtual ~BatchStep() = default;
    /// Sets every job's outcome, or throws: then none of them happened.
    virtual void run(Session& session, std::span<Job* const> jobs) = 0;
};

class Job {
 public:
    virtual ~Job() = default;
    /// On a database thread. May throw; the outcome is then what `fail` is given.
    virtual void run(Session& session) = 0;
    virtual bool succeeded() const = 0;
    virtual void fail(Error error) = 0;
    /// On the io thread: resumes whoever waits.
    virtual void complete() = 0;
    /// nullptr: the job runs alone.
    virtual BatchStep* step() const { return nullptr; }
};

template <class T>
class TypedJob : public Job {
 public:
    bool succeeded() const override { return static_cast<bool>(outcome_); }
    void fail(Error error) override { outcome_ = std::move(error); }
    void complete() override { resume_->resume(std::move(outcome_)); }
    void set(Result<T> outcome) { outcome_ = std::move(outcome); }
    const Result<T>& outcome() const { return outcome_; }

    template <class Handler>
    void resume_with(Handler handler) {
        resume_ = std::make_unique<Resume<Handler>>(std::move(handler));
    }

 private:
    // Boost 1.81 has no any_completion_handler, and std::function wants copyable ones.
    struct Resumption {
        virtual ~Resumption() = default;
        virtual void resume(Result<T> outcome) = 0;
    };
    template <class Handler>
    struct Resume final : Resumption {
        explicit Resume(Handler h) : handler(std::move(h)) {}
        void resume(Result<T> outcome) override { std::move(handler)(std::move(outcome)); }
        Handler handler;
    };

    Result<T> outcome_;
    std::unique_ptr<Resumption> resume_;
};

template <class T>
class WorkJob final : public TypedJob<T> {
 public:
    explicit WorkJob(std::function<Result<T>(Session&)> work) : work_(std::move(work)) {}
    void run(Session& session) override { this->set(work_(session)); }

 private:
    std::function<Result<T>(Session&)> work_;
};

/// Where jobs queue. Threads behind it own the sessions.
class JobQueue {
 public:
    virtual ~JobQueue() = default;
    virtual void push(std::unique_ptr<Job> job) = 0;
};

/// Puts a job into a queue and waits for its outcome on the io thread.
template <class T>
flow::Task<Result<T>> submit(JobQueue& queue, std::unique_ptr<TypedJob<T>> job) {
    auto initiate = [&queue](auto handler, std::unique_ptr<TypedJob<T>> waiting) {
        waiting->resume_with(std::move(handler));
        queue.push(std::move(waiting));
    };
    auto pending = asio::async_initiate<const asio::use_awaitable_t<flow::Executor>&, void(Result<T>)>(
        std::move(initiate), flow::use_task, std::move(job));
    Result<T> outcome = co_await std::move(pending);
    co_return outcome;
}

}  // namespace candour::store
