#include "edge/store/schedules.hpp"

#include "candour_queries.hpp"
#include "edge/json/audience_text.hpp"
#include "edge/json/own_words_text.hpp"
#include "edge/store/campaign_rows.hpp"

namespace candour::store {
namespace {

using flow::Schedule;

/// The columns of the queries `schedules` and `due_schedules`.
struct ScheduleColumns {
    Schedule one;
    std::string id, audience, reminders, words;
    long long starts_on = 0, at = 0, late = 0, over = 0, by_cadence = 0, created = 0, paused = 0, ended = 0,
              next = 0, waves = 0, missed = 0;

    void read_from(Call& call) {
        flow::CampaignRequest& asking = one.request.asking;
        call.into(id).into(asking.plugin).into(asking.about).into(audience).into(one.request.rule.rule);
        call.into(starts_on).into(at).into(one.request.rule.zone).into(late).into(over);
        call.into(reminders).into(words).into(by_cadence).into(asking.actor).into(one.created_by);
        for (long long* column : {&created, &paused, &ended, &next, &waves, &missed}) call.into(*column);
        call.into(one.last_campaign);
    }
    Schedule schedule() const {
        Schedule read = one;
        flow::CampaignRequest& asking = read.request.asking;
        read.id = ScheduleId::trusted(id);
        asking.audience = json::read_audience(audience).value_or({});
        asking.over = std::chrono::microseconds{over};
        asking.reminders = core::read_reminders(reminders);
        asking.words = json::read_own_words(words).value_or({});
        asking.by_cadence = by_cadence != 0;
        read.request.rule.starts_on = starts_on;
        read.request.rule.at = std::chrono::seconds{at};
        read.request.late = std::chrono::microseconds{late};
        read.created_at = core::from_us(created);
        read.paused_at = core::from_us(paused);
        read.ended_at = core::from_us(ended);
        read.next_at = core::from_us(next);
        read.waves = waves;
        read.missed = missed;
        return read;
    }
};

std::vector<Schedule> all_schedules(Call& call) {
    std::vector<Schedule> all;
    ScheduleColumns columns;
    columns.read_from(call);
    while (call.next()) all.push_back(columns.schedule());
    return all;
}

Result<Schedule> find_schedule(Session& session, const ScheduleId& id) {
    Call call = session.call(sql::schedule::schedules);
    call.with("id", id.text());
    std::vector<Schedule> found = all_schedules(call);
    if (found.empty()) return Error{ErrorCode::not_found, "there is no schedule " + id.text()};
    return std::move(found.front());
}

Result<Schedule> add_schedule(Session& session, const Schedule& schedule) {
    const flow::CampaignRequest& asking = schedule.request.asking;
    if (const Result<Scope> known = scope_of(session, asking.audience); !known) return known.error();
    session.call(sql::schedule::add_schedule)
        .with("id", schedule.id.text())
        .with("plugin", asking.plugin)
        .with("about", asking.about)
        .with("audience", json::write_audience(asking.audience))
        .with("rule", schedule.request.rule.rule)
        .with("starts_on", schedule.request.rule.starts_on)
        .with("at_seconds", static_cast<std::int64_t>(schedule.request.rule.at.count()))
        .with("zone", schedule.request.rule.zone)
        .with("late_us", schedule.request.late.count())
        .with("over_us", asking.over.count())
        .with("reminders", core::write_reminders(asking.reminders))
        .with("words", json::write_own_words(asking.words))
        .with("by_cadence", asking.by_cadence ? 1 : 0)
        .with("created_by", asking.actor)
        .with("created_at", schedule.created_at)
        .with("next_at", schedule.next_at)
        .run();
    return find_schedule(session, schedule.id);
}

/// Errors of an audience that lost somebody since: the wave goes to those who are still there.
Scope scope_of_those_left(Session& session, const core::Audience& audience) {
    const Result<Scope> scope = scope_of(session, audience);
    return scope ? *scope : Scope{};
}

bool begin_wave_in(Session& session, const flow::Wave& wave) {
    const std::int64_t ours =
        session.call(sql::schedule::add_wave)
            .with("schedule_id", wave.schedule.text())
            .with("due_at", wave.due_at)
            .with("campaign_id", wave.campaign ? wave.campaign->id.text() : std::string())
            .with("at", wave.now)
            .run();
    if (ours == 1 && wave.campaign)
        write_campaign(session, *wave.campaign,
                       scope_of_those_left(session, wave.campaign->request.audience));
    session.call(sql::schedule::note_next)
        .with("next_at", wave.next_at)
        .with("id", wave.schedule.text())
        .with("due_at", wave.due_at)
        .run();
    return ours == 1;
}

}  // namespace

flow::Task<Result<Schedule>> Schedules::add(Schedule schedule) {
    return database_.write<Schedule>(
        [schedule = std::move(schedule)](Session& session) { return add_schedule(session, schedule); });
}

flow::Task<Result<std::vector<Schedule>>> Schedules::list() {
    return database_.read<std::vector<Schedule>>([](Session& session) {
        Call call = session.call(sql::schedule::schedules);
        call.with("id", std::string());
        return Result<std::vector<Schedule>>(all_schedules(call));
    });
}

flow::Task<Result<Schedule>> Schedules::find(ScheduleId id) {
    return database_.read<Schedule>(
        [id = std::move(id)](Session& session) { return find_schedule(session, id); });
}

flow::Task<Result<std::vector<Schedule>>> Schedules::due(core::Instant now) {
    return database_.read<std::vector<Schedule>>([now](Session& session) {
        Call call = session.call(sql::schedule::due_schedules);
        call.with("now", now);
        return Result<std::vector<Schedule>>(all_schedules(call));
    });
}

flow::Task<Result<Schedule>> Schedules::pause(ScheduleId id, core::Instant paused_at, core::Instant next_at) {
    return database_.write<Schedule>([id = std::move(id), paused_at, next_at](Session& session) {
        const Result<Schedule> before = find_schedule(session, id);
        if (!before) return before;
        if (core::happened(before->ended_at))
            return Result<Schedule>(Error{ErrorCode::conflict, "schedule " + id.text() + " has ended"});
        session.call(sql::schedule::pause_schedule)
            .with("paused_at", paused_at)
            .with("next_at", next_at)
            .with("id", id.text())
            .run();
        return find_schedule(session, id);
    });
}

flow::Task<Result<Schedule>> Schedules::end(ScheduleId id, core::Instant now) {
    return database_.write<Schedule>([id = std::move(id), now](Session& session) {
        session.call(sql::schedule::end_schedule).with("now", now).with("id", id.text()).run();
        return find_schedule(session, id);
    });
}

flow::Task<Result<bool>> Schedules::begin_wave(flow::Wave wave) {
    return database_.write<bool>(
        [wave = std::move(wave)](Session& session) { return Result<bool>(begin_wave_in(session, wave)); });
}

}  // namespace candour::store
