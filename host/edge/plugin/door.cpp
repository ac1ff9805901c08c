#include "edge/plugin/door.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "edge/plugin/door_ask.hpp"
#include "edge/plugin/door_slots.hpp"
#include "edge/plugin/import_bridge.hpp"
#include "edge/plugin/ingest_bridge.hpp"

namespace candour::plugin {

namespace {

/// More than a person reads, less than what fills a disk over a weekend.
constexpr int kLinesPerSecond = 200;

flow::Task<Result<std::vector<flow::Accepted>>> accept_now(Home& home, std::vector<core::Observation> batch) {
    for (core::Observation& one : batch)
        if (!core::happened(one.occurred_at)) one.occurred_at = home.services.clock.now();
    flow::Observations& observations = home.services.observations;
    Result<std::vector<flow::Accepted>> accepted = co_await observations.accept(std::move(batch));
    co_return accepted;
}

Done may_put() {
    const Job* job = current_job();
    if (job == nullptr || job->binding != Binding::refused) return done();
    return Error{ErrorCode::denied, "ingest: a page view (GET) stores nothing; put it when the form is sent"};
}

/// What the host knows of the call that this thread is in.
IngestContext context_of(const std::string& plugin, std::string_view stream) {
    IngestContext context;
    context.source = plugin;
    context.stream = stream;
    if (const Job* job = current_job()) {
        context.subject = job->subject;
        context.answer_class = job->answer_class;
        context.now = job->called_at;
    }
    return context;
}

bool is_bound(const Job& job, const core::Observation& one) {
    const auto same = [&one](const core::Observation& bound) {
        return bound.key == one.key && bound.kind == one.kind;
    };
    return std::any_of(job.bound.begin(), job.bound.end(), same);
}

/// The same key of a stream once per job. A batch is worth an index, a single one is not.
void bind(Job& job, std::vector<core::Observation> observations) {
    if (observations.size() == 1) {
        if (!is_bound(job, observations[0])) job.bound.push_back(std::move(observations[0]));
        return;
    }
    std::set<std::pair<std::string, std::string>> known;
    for (const core::Observation& bound : job.bound) known.emplace(bound.kind, bound.key);
    for (core::Observation& one : observations)
        if (known.emplace(one.kind, one.key).second) job.bound.push_back(std::move(one));
}

flow::Task<Result<core::Instant>> look_at_clock(Home& home) {
    co_return home.services.clock.now();
}

}  // namespace

Door& Door::open(std::string plugin, std::set<std::string> grants, std::string config,
                 std::shared_ptr<Home> home) {
    static auto& mutex = *new std::mutex;
    static auto& doors = *new std::vector<std::unique_ptr<Door>>;
    const std::lock_guard lock(mutex);
    doors.push_back(std::unique_ptr<Door>(
        new Door(std::move(plugin), std::move(grants), std::move(config), std::move(home))));
    return *doors.back();
}

Door::Door(std::string plugin, std::set<std::string> grants, std::string config, std::shared_ptr<Home> home)
    : plugin_(std::move(plugin)),
      grants_(std::move(grants)),
      config_(std::move(config)),
      home_(std::move(home)) {
    raw_ = {sizeof(cdr_host), CDR_ABI_MAJOR, CDR_ABI_MINOR,    this, &Slots::query, &Slots::log,
            &Slots::config,   &Slots::now,   &Slots::cancelled};
}

void Door::brick_up() {
    phase_ = Phase::suspended;
    const std::lock_guard lock(home_mutex_);
    home_ = nullptr;
}

bool Door::post(std::function<void(Home&)> errand) {
    const std::lock_guard lock(home_mutex_);
    if (!home_) return false;
    // The errand keeps the home: what it does may end after the door was bricked up.
    boost::asio::post(home_->services.io, [home = home_, errand = std::move(errand)] { errand(*home); });
    return true;
}

void Door::blame(const std::string& offence) {
    post([offence](Home& home) {
        if (home.blame) home.blame(offence);
    });
}

std::optional<Error> Door::refusal(std::string_view slot, std::string_view capability, bool needs_serving) {
    const Phase phase = phase_;
    if (phase == Phase::stopped) {
        const std::string offence = "called " + std::string(slot) + " after its stop had returned";
        blame(offence);
        return Error{ErrorCode::cancelled, plugin_ + " " + offence};
    }
    if (phase == Phase::suspended)
        return Error{ErrorCode::cancelled, plugin_ + " is suspended: the host is shut to it"};
    if (!capability.empty() && !granted(capability))
        return Error{ErrorCode::denied, std::string(slot) + ": " + plugin_ + " holds no grant " +
                                            std::string(capability) +
                                            "; list it under permissions in manifest.json"};
    if (needs_serving && phase == Phase::created)
        return Error{ErrorCode::invalid, std::string(slot) + ": call it after start returned"};
    return std::nullopt;
}

bool Door::may_log() {
    const std::lock_guard lock(log_mutex_);
    const std::int64_t second = steady_us() / 1'000'000;
    if (second != log_second_) {
        const int dropped = std::exchange(log_dropped_, 0);
        log_second_ = second;
        log_lines_ = 0;
        if (dropped > 0)
            post([plugin = plugin_, dropped](Home& home) {
                home.services.log({plugin,
                                   LogLine::Level::warning,
                                   "dropped " + std::to_string(dropped) + " log lines",
                                   {}});
            });
    }
    if (++log_lines_ <= kLinesPerSecond) return true;
    ++log_dropped_;
    return false;
}

Result<core::Instant> Door::now() {
    if (const Job* job = current_job()) return job->called_at;
    return ask<core::Instant>(&look_at_clock);
}

Done Door::put_observation(std::string_view stream, std::string_view key, std::string_view json) {
    if (Done may = may_put(); !may) return may;
    IngestContext context = context_of(plugin_, stream);
    context.key = key;
    Result<core::Observation> observation = read_observation(json, context);
    if (!observation) return observation.error();
    std::vector<core::Observation> one;
    one.push_back(*std::move(observation));
    return keep(std::move(one));
}

Done Door::put_observations(std::string_view stream, std::string_view batch_json) {
    if (Done may = may_put(); !may) return may;
    if (Job* job = current_job(); job != nullptr && job->imports) {
        auto rows = read_imported_rows(batch_json, context_of(plugin_, stream));
        if (!rows) return rows.error();
        std::ranges::move(*rows, std::back_inserter(job->imported));
        return done();
    }
    Result<std::vector<core::Observation>> batch = read_batch(batch_json, context_of(plugin_, stream));
    if (!batch) return batch.error();
    return keep(*std::move(batch));
}

Done Door::keep(std::vector<core::Observation> observations) {
    Job* job = current_job();
    if (job != nullptr && job->imports) {
        for (core::Observation& one : observations) job->imported.push_back({std::move(one), 0, {}, {}});
        return done();
    }
    if (job != nullptr && job->binding == Binding::bound) {
        bind(*job, std::move(observations));
        return done();
    }
    const auto accepted = ask<std::vector<flow::Accepted>>(
        [observations = std::move(observations)](Home& home) { return accept_now(home, observations); });
    if (!accepted) return accepted.error();
    return done();
}

}  // namespace candour::plugin
