/// One call into a plugin, from the moment somebody waits for it to the moment nobody does.
///
/// The io thread owns a job except for what `Work` touches: that belongs to the plugin's thread until the job
/// comes back through the executor's outbox. A job that was given up is never read again, so a call that
/// hangs may finish (or not) whenever it likes.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "candour/abi.h"
#include "candour/result.hpp"
#include "core/feedback/observation.hpp"
#include "core/instant.hpp"
#include "edge/plugin/waiter.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/ingest/imports.hpp"

namespace candour::plugin {

using SteadyTime = std::chrono::steady_clock::time_point;

/// What an observation put during the call becomes.
enum class Binding {
    refused,   ///< a page view stores nothing
    bound,     ///< commits with the job's outcome
    immediate  ///< commits by itself
};

struct Job {
    using Work = std::function<void(Job&)>;

    std::uint64_t id = 0;
    std::string_view slot;  ///< for messages: "handle_http", "start", …; a literal
    Work work;
    int attempt = 1;
    core::Instant called_at;                 ///< what `now` answers during the call
    core::Instant deadline_at;               ///< what the plugin is told
    SteadyTime deadline;                     ///< when the caller stops waiting
    std::chrono::milliseconds allowance{0};  ///< the plugin's own time; past it, it hangs

    Binding binding = Binding::immediate;
    const flow::Subject* subject = nullptr;  ///< the only one that an observation may name
    core::AnswerClass answer_class = core::AnswerClass::unverified;
    std::vector<core::Observation> bound;
    bool imports = false;  ///< a piece of a file: its facts go here, with the people whom its rows name
    std::vector<flow::ImportedFact> imported;

    /// Written by the plugin's thread while it works, read when the job is back.
    bool threw = false;
    std::string thrown;
    bool parked = false;
    bool lost = false;  ///< its worker ended while it had the call

    std::atomic<bool> unwanted{false};
    std::atomic<std::int64_t> started_us{0};  ///< steady clock; 0: still queued
    std::atomic<std::int64_t> waited_us{0};   ///< spent waiting for the host, which is not the plugin's fault
    std::atomic<std::int64_t> waiting_since_us{0};

    /// io thread only.
    Waiter waiter;
    Done verdict;
    bool back = false;           ///< the plugin's thread is done with it
    bool given_up = false;       ///< the caller is; the thread may not be
    std::shared_ptr<void> kept;  ///< what the call needs until its thread is done with it
    std::function<void(flow::Collected)> accept_late;  ///< requests only: the answer of a parked one
    bool answered = false;

    cdr_call call() const {
        return {sizeof(cdr_call), static_cast<std::uint32_t>(attempt), id, core::to_us(deadline_at)};
    }
};

using JobPtr = std::shared_ptr<Job>;

std::int64_t steady_us();

/// How long the plugin itself has been at it; 0 while the job is queued or waits for the host.
std::chrono::microseconds own_time(const Job& job);

/// The job that this thread is in, if it is one of a plugin's threads.
Job* current_job();

/// Counts the time until it goes out of scope as the host's, not the plugin's.
class HostTime {
 public:
    HostTime();
    ~HostTime();
    HostTime(const HostTime&) = delete;
    HostTime& operator=(const HostTime&) = delete;

 private:
    Job* job_;
};

/// Runs the job's work on this thread, behind the wall: whatever it throws becomes `threw`.
void run_job(Job& job);

}  // namespace candour::plugin
