/// The threads of one plugin: calls go in from the io thread, run one after the other (or up to `threads` at
/// a time), and come back to the io thread. A burst of calls costs one wake-up each way.
#pragma once
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "edge/plugin/job.hpp"

namespace candour::plugin {

class Executor {
 public:
    /// `home` is called on the io thread for each job that is done, or was skipped because nobody wants it.
    Executor(boost::asio::io_context& io, std::size_t threads, std::function<void(JobPtr)> home);
    /// Nothing comes home any more. Waits for running calls up to `kFarewell`; what hangs then is left
    /// behind.
    ~Executor();
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;

    void submit(JobPtr job);
    /// Queued calls are dropped, running ones are not waited for: their threads leave when they return, if
    /// they do.
    void abandon();
    /// Brings home what is done; the io thread asks before it blames a plugin for being late.
    void drain();

    static constexpr std::chrono::milliseconds kFarewell{250};

 private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
    std::vector<std::thread> threads_;
};

}  // namespace candour::plugin
