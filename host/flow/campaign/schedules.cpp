#include "flow/campaign/schedules.hpp"

#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"
#include "flow/campaign/what_is_asked.hpp"
#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxAbout = 200;
/// A wave that begins later than that is another wave.
constexpr auto kLatest = std::chrono::days{30};
/// Waves that were missed while nobody ran are written down one by one; a daily rule has so many in a year.
constexpr int kWavesAtOnce = 400;

Done check_schedule(const ScheduleRequest& request) {
    const CampaignRequest& asking = request.asking;
    if (Done sound = core::check(asking.audience); !sound) return sound;
    if (Done sound = core::check_text("about", asking.about, kMaxAbout); !sound) return sound;
    if (Done sound = core::check_text("survey", asking.survey, kMaxAbout); !sound) return sound;
    if (Done sound = core::check(asking.reminders); !sound) return sound;
    if (Done sound = core::check(asking.words, asking.reminders.size()); !sound) return sound;
    if (request.late < 1min || request.late > kLatest)
        return Error{ErrorCode::invalid,
                     "not_after: expected 1 minute to 30 days after each time it comes round"};
    if (asking.over < 0s || asking.over > request.late)
        return Error{ErrorCode::invalid, "over: expected no more than not_after, found more"};
    if (request.rule.at < 0s || request.rule.at >= 24h)
        return Error{ErrorCode::invalid, "at: expected a time of the day such as 09:00"};
    return done();
}

}  // namespace

Task<Result<Schedule>> Schedules::draft(ScheduleRequest request) const {
    if (Done sound = check_schedule(request); !sound) co_return sound.error();
    WhatIsAsked wanted{request.asking.plugin, request.asking.about, request.asking.survey};
    auto settling = settle_what_is_asked(needs_.voices, std::move(wanted));
    Result<std::string> about = co_await std::move(settling);
    if (!about) co_return about.error();
    request.asking.about = std::move(*about);
    const core::Instant now = needs_.clock.now();
    if (request.rule.starts_on == 0) {
        const Result<std::int64_t> today = needs_.civil_day(now, request.rule.zone);
        if (!today) co_return today.error();
        request.rule.starts_on = *today;
    }
    const auto next = needs_.comings(request.rule, now, 1);
    if (!next) co_return next.error();
    if (next->empty())
        co_return Error{ErrorCode::invalid,
                        "rule: expected one that comes round some time from now on, found one "
                        "that has ended"};
    Schedule schedule;
    schedule.id = crypto::new_id<ScheduleId>(now);
    schedule.request = std::move(request);
    schedule.created_at = now;
    schedule.next_at = next->front();
    co_return schedule;
}

Task<Result<Schedule>> Schedules::add(ScheduleRequest request) {
    auto drafting = draft(std::move(request));
    Result<Schedule> schedule = co_await std::move(drafting);
    if (!schedule) co_return schedule.error();
    auto adding = needs_.store.add(std::move(*schedule));
    Result<Schedule> added = co_await std::move(adding);
    co_return added;
}

Result<std::vector<core::Instant>> Schedules::comings(const Schedule& schedule, int limit) const {
    if (core::happened(schedule.ended_at)) return std::vector<core::Instant>();
    return needs_.comings(schedule.request.rule, needs_.clock.now(), limit);
}

Task<Result<Schedule>> Schedules::pause(ScheduleId id) {
    auto pausing = needs_.store.pause(std::move(id), needs_.clock.now(), core::kNever);
    Result<Schedule> paused = co_await std::move(pausing);
    co_return paused;
}

Task<Result<Schedule>> Schedules::resume(ScheduleId id) {
    auto finding = needs_.store.find(id);
    const Result<Schedule> schedule = co_await std::move(finding);
    if (!schedule) co_return schedule.error();
    const auto next = needs_.comings(schedule->request.rule, needs_.clock.now(), 1);
    if (!next) co_return next.error();
    const core::Instant next_at = next->empty() ? core::kNever : next->front();
    auto resuming = needs_.store.pause(std::move(id), core::kNever, next_at);
    Result<Schedule> resumed = co_await std::move(resuming);
    co_return resumed;
}

Task<Result<Schedule>> Schedules::end(ScheduleId id) {
    auto ending = needs_.store.end(std::move(id), needs_.clock.now());
    Result<Schedule> ended = co_await std::move(ending);
    co_return ended;
}

Task<Done> Schedules::begin_waves() {
    auto asking = needs_.store.due(needs_.clock.now());
    Result<std::vector<Schedule>> due = co_await std::move(asking);
    if (!due) co_return due.error();
    for (Schedule& schedule : *due) {
        const std::string id = schedule.id.text();
        auto beginning = begin_waves_of(std::move(schedule));
        const Done begun = co_await std::move(beginning);
        if (!begun) log::warn("schedule {}: its wave does not begin: {}", id, begun.error().message);
    }
    co_return done();
}

Wave Schedules::wave_of(const Schedule& schedule, core::Instant next_at) const {
    const core::Instant now = needs_.clock.now();
    Wave wave{schedule.id, schedule.next_at, std::nullopt, next_at, now};
    const core::Instant last = schedule.next_at + schedule.request.late;
    if (now > last) return wave;
    PlannedCampaign campaign{crypto::new_id<CampaignId>(now), schedule.request.asking, now, needs_.rest};
    campaign.request.at = std::max(schedule.next_at, now);
    campaign.request.not_after = last;
    campaign.request.over =
        std::min<std::chrono::microseconds>(campaign.request.over, last - campaign.request.at);
    campaign.request.schedule = schedule.id.text();
    wave.campaign = std::move(campaign);
    return wave;
}

Task<Done> Schedules::begin_waves_of(Schedule schedule) {
    for (int i = 0; i < kWavesAtOnce; ++i) {
        if (!core::happened(schedule.next_at) || schedule.next_at > needs_.clock.now()) break;
        const auto next = needs_.comings(schedule.request.rule, schedule.next_at, 1);
        if (!next) co_return next.error();
        const core::Instant next_at = next->empty() ? core::kNever : next->front();
        Wave wave = wave_of(schedule, next_at);
        const bool missed = !wave.campaign;
        auto writing = needs_.store.begin_wave(std::move(wave));
        const Result<bool> written = co_await std::move(writing);
        if (!written) co_return written.error();
        if (missed && *written)
            log::warn("schedule {}: a wave was missed: nobody ran until its time was over",
                      schedule.id.text());
        schedule.next_at = next_at;
    }
    co_return done();
}

}  // namespace candour::flow
