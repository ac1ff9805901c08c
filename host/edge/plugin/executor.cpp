#include "edge/plugin/executor.hpp"

#include <boost/asio/post.hpp>

namespace candour::plugin {

/// Outlives the Executor as long as one of its threads hangs in a plugin.
struct Executor::Shared : std::enable_shared_from_this<Executor::Shared> {
    std::mutex queue_mutex;
    std::condition_variable queue_changed;
    std::deque<JobPtr> queue;
    bool closed = false;
    std::size_t alive = 0;
    bool takes_all = false;  ///< one thread: take the whole queue at once

    std::mutex outbox_mutex;
    std::vector<JobPtr> outbox;
    boost::asio::io_context* io = nullptr;  ///< null once nobody waits at home
    std::function<void(JobPtr)> home;       ///< io thread only

    void serve();
    bool take(std::deque<JobPtr>& batch);
    void finished(JobPtr job);
    void deliver();
};

bool Executor::Shared::take(std::deque<JobPtr>& batch) {
    std::unique_lock lock(queue_mutex);
    while (queue.empty() && !closed) queue_changed.wait(lock);
    if (closed) {
        --alive;
        queue_changed.notify_all();
        return false;
    }
    if (takes_all) {
        batch.swap(queue);
    } else {
        batch.push_back(std::move(queue.front()));
        queue.pop_front();
    }
    return true;
}

void Executor::Shared::serve() {
    std::deque<JobPtr> batch;
    while (take(batch)) {
        for (JobPtr& job : batch) {
            if (!job->unwanted) run_job(*job);
            finished(std::move(job));
        }
        batch.clear();
    }
}

void Executor::Shared::finished(JobPtr job) {
    const std::lock_guard lock(outbox_mutex);
    if (!io) return;
    outbox.push_back(std::move(job));
    if (outbox.size() > 1) return;
    boost::asio::post(*io, [self = shared_from_this()] { self->deliver(); });
}

void Executor::Shared::deliver() {
    std::vector<JobPtr> done;
    {
        const std::lock_guard lock(outbox_mutex);
        done.swap(outbox);
    }
    for (JobPtr& job : done)
        if (home) home(std::move(job));
}

Executor::Executor(boost::asio::io_context& io, std::size_t threads, std::function<void(JobPtr)> home)
    : shared_(std::make_shared<Shared>()) {
    shared_->io = &io;
    shared_->home = std::move(home);
    shared_->alive = threads;
    shared_->takes_all = threads == 1;
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([shared = shared_] { shared->serve(); });
}

void Executor::submit(JobPtr job) {
    {
        const std::lock_guard lock(shared_->queue_mutex);
        if (shared_->closed) return;
        shared_->queue.push_back(std::move(job));
    }
    shared_->queue_changed.notify_one();
}

void Executor::drain() {
    shared_->deliver();
}

void Executor::abandon() {
    std::deque<JobPtr> dropped;
    {
        const std::lock_guard lock(shared_->queue_mutex);
        shared_->closed = true;
        dropped.swap(shared_->queue);
    }
    shared_->queue_changed.notify_all();
}

Executor::~Executor() {
    abandon();
    {
        const std::lock_guard lock(shared_->outbox_mutex);
        shared_->io = nullptr;
        shared_->outbox.clear();
        shared_->home = nullptr;
    }
    std::unique_lock lock(shared_->queue_mutex);
    const bool all_left =
        shared_->queue_changed.wait_for(lock, kFarewell, [this] { return shared_->alive == 0; });
    lock.unlock();
    for (std::thread& thread : threads_) {
        if (all_left)
            thread.join();
        else
            thread.detach();
    }
}

}  // namespace candour::plugin
