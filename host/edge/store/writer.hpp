/// The one thread that writes. Natural group commit: it drains its queue, does everything in one transaction,
/// commits, and then answers everybody; while the disk flushes, the next group gathers. There is no timer and
/// no delay.
#pragma once
#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "edge/store/connection.hpp"
#include "edge/store/job.hpp"

namespace candour::store {

/// More waiting than this and new work is refused with `exhausted`: back-pressure instead of endless memory.
inline constexpr std::size_t kMaxQueued = 20'000;
/// Beyond this a larger group gains nothing and only makes the first wait longer.
inline constexpr std::size_t kMaxGroup = 512;

class Writer final : public JobQueue {
 public:
    Writer(boost::asio::io_context& io, Target target);
    ~Writer() override;
    void push(std::unique_ptr<Job> job) override;
    Connection& connection() { return connection_; }

 private:
    using Group = std::vector<std::unique_ptr<Job>>;

    void work();
    bool take_group(Group& group);
    void commit_group(Group& group);
    bool commit_in_one_go(Session& session, Group& group);
    void run_all(Session& session, Group& group);
    void run_steps(Session& session, Group& group);
    void run_alone(Session& session, Job& job);
    void answer(Group group);

    boost::asio::io_context& io_;
    Connection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Group queue_;
    bool stopping_ = false;
    std::thread thread_;
};

/// Threads that read, each with a session of its own; SQLite's WAL lets them see the last commit without
/// waiting.
class Readers final : public JobQueue {
 public:
    Readers(boost::asio::io_context& io, const Target& target, std::size_t threads);
    ~Readers() override;
    void push(std::unique_ptr<Job> job) override;
    std::vector<Connection*> connections();

 private:
    void work(Connection& connection);

    boost::asio::io_context& io_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::unique_ptr<Job>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace candour::store
