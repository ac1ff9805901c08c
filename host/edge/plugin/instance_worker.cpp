/// A plugin in a process of its own: its worker comes, is watched, ends, and comes again.
#include <fcntl.h>

#include <boost/asio/co_spawn.hpp>

#include "edge/plugin/instance.hpp"
#include "edge/plugin/walls.hpp"
#include "edge/plugin/worker.hpp"

namespace candour::plugin {

/// Written by the plugin's thread, read when the call is over.
struct Instance::Housing {
    Result<std::shared_ptr<Worker>> worker;
    Result<std::vector<std::string>> missing;
};

namespace {

/// For code of ours alone: the plugin is not loaded yet, so its manifest has no say in it.
constexpr std::chrono::seconds kHousePatience{10};

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " and ") + name;
    return text;
}

}  // namespace

std::string Instance::isolation() const {
    const std::string mode(core::name_of(kModes, mode_));
    return missing_.empty() ? mode : mode + " without " + joined(missing_);
}

flow::Task<Done> Instance::house() {
    const auto housing = std::make_shared<Housing>();
    JobPtr job = new_job("begin", kHousePatience, core::kNever);
    job->work = [housing, program = services_.isolation.program](Job&) {
        housing->worker = Worker::spawn(program);
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!housing->worker) co_return housing->worker.error();
    worker_ = *housing->worker;
    watch_worker();
    Done confined = co_await confine(housing);
    co_return confined;
}

flow::Task<Done> Instance::confine(std::shared_ptr<Housing> housing) {
    JobPtr job = new_job("confine", kHousePatience, core::kNever);
    job->work = [housing, within = walls_of(manifest_, mode_ == Mode::sandbox)](Job&) {
        housing->missing = (*housing->worker)->confine(within);
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!housing->missing) co_return housing->missing.error();
    missing_ = *housing->missing;
    if (missing_.empty()) co_return done();
    const std::string lacks = "this kernel offers the sandbox no " + joined(missing_);
    if (!services_.isolation.allow_degraded)
        co_return Error{ErrorCode::unsupported,
                        lacks + "; use a kernel that does, or allow less with plugins.allow_degraded = true"};
    services_.log({manifest_.id, LogLine::Level::warning, lacks, {}});
    co_return done();
}

void Instance::watch_worker() {
    boost::system::error_code ec;
    end_.close(ec);
    end_.assign(fcntl(worker_->pidfd(), F_DUPFD_CLOEXEC, 0), ec);
    using Wait = boost::asio::posix::stream_descriptor;
    end_.async_wait(Wait::wait_read, [this, alive = std::weak_ptr(alive_),
                                      worker = worker_](boost::system::error_code failed) {
        if (!failed && !alive.expired()) worker_ended(worker);
    });
}

void Instance::worker_ended(const std::shared_ptr<Worker>& worker) {
    const std::string how = worker->obituary();
    worker->retire();
    executor_->drain();
    const bool expected = standing_ == Standing::stopped || standing_ == Standing::suspended ||
                          standing_ == Standing::refused || worker != worker_;
    if (!expected) died(fault_.empty() ? how : fault_);
}

void Instance::fault(const std::string& reason) {
    if (!worker_ || standing_ == Standing::stopped) return suspend(reason);
    if (!fault_.empty()) return;
    fault_ = reason;
    reason_ = reason;
    if (standing_ == Standing::running) standing_ = Standing::restarting;  // nobody calls it any more
    worker_->kill();
}

/// Those whose calls its threads were done with already, and who wait for an answer that never comes.
void Instance::free_callers() {
    std::vector<JobPtr> parked;
    for (const auto& [id, job] : open_)
        if (job->back) parked.push_back(job);
    for (const JobPtr& job : parked) {
        open_.erase(job->id);
        settle(*job, Error{ErrorCode::unavailable, manifest_.id + ": its worker ended before it answered"});
    }
}

std::chrono::milliseconds Instance::pause_after_death() const {
    const Supervision& rules = services_.isolation.supervision;
    std::chrono::milliseconds pause = rules.first_pause;
    for (std::size_t i = 1; i < deaths_.size() && pause < rules.longest_pause; ++i) pause *= 2;
    return std::min(pause, rules.longest_pause);
}

void Instance::died(std::string reason) {
    const Supervision& rules = services_.isolation.supervision;
    const SteadyTime now = std::chrono::steady_clock::now();
    fault_.clear();
    self_ = nullptr;
    deaths_.push_back(now);
    while (deaths_.front() + rules.within < now) deaths_.pop_front();
    free_callers();
    if (deaths_.size() >= rules.most_deaths)
        return suspend(reason + "; that was its end number " + std::to_string(deaths_.size()) + " within " +
                       std::to_string(std::chrono::ceil<std::chrono::minutes>(rules.within).count()) +
                       " min");
    const std::chrono::milliseconds pause = pause_after_death();
    standing_ = Standing::restarting;
    reason_ = reason;
    services_.log({manifest_.id,
                   LogLine::Level::error,
                   reason + "; begins again in " + std::to_string(pause.count()) + " ms",
                   {}});
    pause_.expires_after(pause);
    pause_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code failed) {
        if (failed || alive.expired() || standing_ != Standing::restarting) return;
        door_.enter(Phase::created);
        boost::asio::co_spawn(services_.io, open(), [](const std::exception_ptr&, const Done&) {});
    });
}

}  // namespace candour::plugin
