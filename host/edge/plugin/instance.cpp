#include "edge/plugin/instance.hpp"

#include "candour/border.hpp"
#include "edge/plugin/campaign_bridge.hpp"
#include "edge/plugin/collect_bridge.hpp"
#include "edge/plugin/configuration.hpp"
#include "edge/plugin/deliver_bridge.hpp"
#include "edge/plugin/mail_bridge.hpp"
#include "edge/plugin/worker.hpp"

namespace candour::plugin {

namespace {

/// Callers that wait beyond this are told to come back: the queue would only make everybody late.
constexpr std::size_t kMostOpen = 10'000;
/// Between two looks at a call that is over its time or waits for the host.
constexpr std::chrono::milliseconds kLookAgain{20};

Result<std::string> configuration_of(const Manifest& manifest, const HostServices& services) {
    const std::string document = services.config_of ? services.config_of(manifest.id) : "{}";
    return configuration_for(manifest, document, services.secret_of);
}

}  // namespace

Instance::Instance(HostServices& services, Manifest manifest, std::set<std::string> grants)
    : services_(services),
      manifest_(std::move(manifest)),
      grants_(std::move(grants)),
      configured_(configuration_of(manifest_, services)),
      home_(std::make_shared<Home>(Home{services, {}, {}, {}})),
      door_(Door::open(manifest_.id, grants_, configured_.value_or("{}"), home_)),
      watch_(services.io),
      mode_(services.isolation.mode_of(manifest_)),
      end_(services.io),
      pause_(services.io) {
    home_->answer = [this](std::uint64_t id, flow::Collected answer) {
        return answer_late(id, std::move(answer));
    };
    home_->unwanted = [this](std::uint64_t id) { return !open_.contains(id) || open_.at(id)->unwanted; };
    home_->blame = [this](const std::string& offence) { suspend(offence); };
    executor_ = std::make_unique<Executor>(services.io, manifest_.max_concurrency,
                                           [this](JobPtr job) { home(std::move(job)); });
}

Instance::~Instance() {
    home_->answer = nullptr;
    home_->unwanted = nullptr;
    home_->blame = nullptr;
    if (standing_ != Standing::stopped) door_.brick_up();
    if (worker_) worker_->kill();
    // Whoever waits in one of these is a coroutine of the io thread: it must not end on a thread of the
    // plugin.
    for (auto& [id, job] : open_) {
        job->unwanted = true;
        const Waiter forgotten = std::move(job->waiter);
    }
}

JobPtr Instance::new_job(std::string_view slot, std::chrono::milliseconds allowance, core::Instant deadline) {
    auto job = std::make_shared<Job>();
    job->id = ++last_id_;
    job->slot = slot;
    job->allowance = allowance;
    job->called_at = services_.clock.now();
    const core::Instant latest = job->called_at + allowance;
    job->deadline_at = core::happened(deadline) ? std::min(deadline, latest) : latest;
    job->deadline = std::chrono::steady_clock::now() + (job->deadline_at - job->called_at);
    return job;
}

flow::Task<Done> Instance::call(JobPtr job) {
    if (standing_ == Standing::suspended) co_return absent();
    if (open_.size() >= kMostOpen)
        co_return Error{ErrorCode::exhausted,
                        manifest_.id + ": " + std::to_string(kMostOpen) + " calls are waiting"};
    job->kept = worker_;
    open_.emplace(job->id, job);
    arm(job->deadline);
    executor_->submit(job);
    co_await job->waiter.wait();
    co_return job->verdict;
}

void Instance::settle(Job& job, Done verdict) {
    if (job.given_up) return;
    job.given_up = true;
    job.verdict = std::move(verdict);
    job.waiter.wake();
}

void Instance::home(JobPtr job) {
    job->back = true;
    gone_ = gone_ || job->lost || job->threw;
    if (job->lost) {
        // Whoever watches the process hears of it a moment later; nobody calls into nothing until then.
        if (standing_ == Standing::running) {
            standing_ = Standing::restarting;
            reason_ = fault_.empty() ? "its worker ended in " + std::string(job->slot) : fault_;
        }
        open_.erase(job->id);
        settle(*job, Error{ErrorCode::unavailable,
                           manifest_.id + ": its worker ended in " + std::string(job->slot)});
        return;
    }
    if (job->threw) {
        open_.erase(job->id);
        settle(*job, Error{ErrorCode::internal, manifest_.id + " threw out of " + std::string(job->slot)});
        fault("threw out of " + std::string(job->slot) + ": " + job->thrown);
        return;
    }
    if (job->parked && !job->answered && !job->given_up) {
        if (grants_.contains("http")) return;
        open_.erase(job->id);
        settle(*job, Error{ErrorCode::internal, manifest_.id + " parked a request without the grant http"});
        return;
    }
    open_.erase(job->id);
    settle(*job, done());
}

Done Instance::answer_late(std::uint64_t request_id, flow::Collected answer) {
    const auto found = open_.find(request_id);
    if (found == open_.end() || !found->second->accept_late || found->second->answered ||
        found->second->given_up)
        return Error{ErrorCode::not_found, "request " + std::to_string(request_id) +
                                               ": it was answered already, or its deadline passed"};
    const JobPtr job = found->second;
    job->answered = true;
    job->accept_late(std::move(answer));
    if (job->back) {
        open_.erase(found);
        settle(*job, done());
    }
    return done();
}

void Instance::arm(SteadyTime check) {
    if (check >= next_check_) return;
    next_check_ = check;
    watch_.expires_at(check);
    watch_.async_wait([this](boost::system::error_code ec) {
        if (!ec) watch();
    });
}

/// Calls may have come home while this thread was busy: they are heard before anybody is blamed.
void Instance::watch() {
    next_check_ = SteadyTime::max();
    executor_->drain();
    if (blame_hanging()) return;
    const SteadyTime now = std::chrono::steady_clock::now();
    give_up_late(now);
    SteadyTime next = SteadyTime::max();
    for (const auto& [id, job] : open_) next = std::min(next, std::max(job->deadline, now + kLookAgain));
    if (next != SteadyTime::max()) arm(next);
}

bool Instance::blame_hanging() {
    for (const auto& [id, job] : open_) {
        if (job->back || own_time(*job) < job->allowance) continue;
        const std::string limit = std::to_string(job->allowance.count()) + " ms";
        fault(std::string(job->slot) + " did not return within " + limit);
        return true;
    }
    return false;
}

void Instance::give_up_late(SteadyTime now) {
    std::vector<JobPtr> late;
    for (const auto& [id, job] : open_)
        if (job->deadline <= now && !job->given_up) late.push_back(job);
    for (const JobPtr& job : late) {
        // A call whose time the host itself uses up is waited for a little longer than one that only queues.
        if (job->waiting_since_us != 0 && !job->back) continue;
        // One that is about to be blamed is left to that: it is the better reason.
        const std::chrono::microseconds own = own_time(*job);
        if (!job->back && own.count() > 0 && own + kLookAgain >= job->allowance) continue;
        job->unwanted = true;
        if (job->back) open_.erase(job->id);
        const std::string_view how = job->back ? "parked it and did not answer" : "did not answer";
        settle(*job, Error{ErrorCode::deadline, manifest_.id + " " + std::string(how) + " " +
                                                    std::string(job->slot) + " in time"});
    }
}

void Instance::suspend(const std::string& reason) {
    if (standing_ == Standing::suspended) return;
    standing_ = Standing::suspended;
    reason_ = reason;
    door_.brick_up();
    if (worker_) worker_->kill();
    executor_->abandon();
    watch_.cancel();
    next_check_ = SteadyTime::max();
    services_.log({manifest_.id, LogLine::Level::error, "suspended: " + reason, {}});
    std::unordered_map<std::uint64_t, JobPtr> open = std::move(open_);
    open_.clear();
    for (auto& [id, job] : open) {
        job->unwanted = true;
        settle(*job, absent());
    }
}

Error Instance::absent() const {
    return Error{ErrorCode::unavailable, "plugin " + manifest_.id + " is " +
                                             std::string(core::name_of(kStandings, standing_)) +
                                             (reason_.empty() ? "" : ": " + reason_)};
}

flow::Task<Result<flow::Collected>> Instance::collect(flow::CollectRequest request) {
    if (standing_ != Standing::running) co_return absent();
    const bool changes = request.method == "POST";
    JobPtr job = new_job("handle_http", manifest_.limits.call, request.deadline);
    job->attempt = request.attempt;
    job->binding = changes ? Binding::bound : Binding::refused;
    job->answer_class = request.answer_class;
    auto work = std::make_shared<CollectWork>(roles_.collector, self_, std::move(request),
                                              grants_.contains("subject:names"));
    if (!work->request().subject.message.empty()) job->subject = &work->request().subject;
    job->work = [work](Job& running) { work->run(running); };
    job->accept_late = [held = std::weak_ptr(work)](flow::Collected answer) {
        if (const auto parked = held.lock()) parked->accept_late(std::move(answer));
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    Result<flow::Collected> collected = work->take();
    if (collected) collected->observations = std::move(job->bound);
    co_return collected;
}

flow::Task<Result<std::string>> Instance::compose(flow::WordsRequest request) {
    if (standing_ != Standing::running) co_return absent();
    if (roles_.campaign == nullptr)
        co_return Error{ErrorCode::unsupported,
                        "plugin " + manifest_.id + " asks nobody: it has no role campaign"};
    JobPtr job = new_job("compose", manifest_.limits.call, core::kNever);
    job->binding = Binding::refused;
    const auto work = std::make_shared<ComposeWork>(roles_.campaign, self_, std::move(request),
                                                    grants_.contains("subject:names"));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

flow::Task<Result<flow::Reading>> Instance::read_mail(std::string bytes, std::string envelope, int attempt) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("handle_mail", manifest_.limits.call, core::kNever);
    job->attempt = attempt;
    job->binding = Binding::refused;  // it says what it reads; what follows from that is not its business
    const auto work =
        std::make_shared<MailWork>(roles_.collector, self_, std::move(bytes), std::move(envelope));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

flow::Task<flow::Outcome> Instance::deliver(flow::Outgoing message, flow::PointOfNoReturn before) {
    if (standing_ != Standing::running) co_return outcome_of(absent());
    if (before) {
        const Done ready = co_await before();
        if (!ready) co_return outcome_of(Error{ErrorCode::unavailable, ready.error().message});
    }
    JobPtr job = new_job("deliver", manifest_.limits.call, core::kNever);
    job->attempt = message.attempt;
    const auto work = std::make_shared<DeliverWork>(roles_.deliverer, self_, std::move(message));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    // The plugin had the message and was not heard of again: it may have been sent.
    if (!verdict) co_return outcome_of(Error{ErrorCode::internal, verdict.error().message});
    co_return work->take();
}

}  // namespace candour::plugin
