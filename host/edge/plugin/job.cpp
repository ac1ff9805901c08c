#include "edge/plugin/job.hpp"

namespace candour::plugin {

namespace {

thread_local Job* job_of_this_thread = nullptr;

}  // namespace

std::int64_t steady_us() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

std::chrono::microseconds own_time(const Job& job) {
    const std::int64_t started = job.started_us.load();
    if (started == 0 || job.waiting_since_us.load() != 0) return std::chrono::microseconds{0};
    return std::chrono::microseconds{steady_us() - started - job.waited_us.load()};
}

Job* current_job() {
    return job_of_this_thread;
}

HostTime::HostTime() : job_(job_of_this_thread) {
    if (job_) job_->waiting_since_us = steady_us();
}

HostTime::~HostTime() {
    if (!job_) return;
    job_->waited_us += steady_us() - job_->waiting_since_us.load();
    job_->waiting_since_us = 0;
}

void run_job(Job& job) {
    job.started_us = steady_us();
    job_of_this_thread = &job;
    try {
        job.work(job);
    } catch (const std::exception& e) {
        job.threw = true;
        job.thrown = e.what();
    } catch (...) {
        job.threw = true;
        job.thrown = "something that is no std::exception";
    }
    job_of_this_thread = nullptr;
}

}  // namespace candour::plugin
