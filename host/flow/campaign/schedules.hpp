/// Asking again and again: what comes round, when it does next, and that each time happens once.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "flow/campaign/campaigns.hpp"

namespace candour {

struct ScheduleTag {
    static constexpr std::string_view prefix = "sch_";
};
using ScheduleId = Id<ScheduleTag>;

}  // namespace candour

namespace candour::flow {

/// When it comes round: days that a rule of RFC 5545 names, and a time on the clock of a zone.
struct ScheduleRule {
    std::string rule;
    std::int64_t starts_on = 0;  ///< civil day from which the rule counts
    std::chrono::seconds at{0};  ///< since midnight, as the wall shows it
    std::string zone;
};

struct ScheduleRequest {
    CampaignRequest asking;  ///< of each wave; its time is the wave's
    ScheduleRule rule;
    std::chrono::microseconds late{0};  ///< a wave begins so much late at most, and ends then
};

struct Schedule {
    ScheduleId id;
    ScheduleRequest request;
    std::string created_by;
    core::Instant created_at;
    core::Instant paused_at;
    core::Instant ended_at;
    core::Instant next_at;  ///< kNever: never again
    std::int64_t waves = 0;
    std::int64_t missed = 0;
    std::string last_campaign;  ///< of the last wave; empty: there was none
};

/// One time that it came round.
struct Wave {
    ScheduleId schedule;
    core::Instant due_at;
    std::optional<PlannedCampaign> campaign;  ///< nullopt: it was missed
    core::Instant next_at;
    core::Instant now;
};

class ScheduleStore {
 public:
    virtual ~ScheduleStore() = default;
    /// Errors: not_found, naming accounts and contacts that do not exist.
    virtual Task<Result<Schedule>> add(Schedule schedule) = 0;
    /// Newest first; those that ended too.
    virtual Task<Result<std::vector<Schedule>>> list() = 0;
    /// Errors: not_found.
    virtual Task<Result<Schedule>> find(ScheduleId id) = 0;
    /// Neither paused nor ended, and its time has come.
    virtual Task<Result<std::vector<Schedule>>> due(core::Instant now) = 0;
    /// Pausing with an instant, going on with kNever. Errors: not_found, conflict (it ended).
    virtual Task<Result<Schedule>> pause(ScheduleId id, core::Instant paused_at, core::Instant next_at) = 0;
    /// For good; its campaigns go on. Again: nothing more. Errors: not_found.
    virtual Task<Result<Schedule>> end(ScheduleId id, core::Instant now) = 0;
    /// The wave, its campaign and the next time in one transaction; false: somebody wrote it down before.
    virtual Task<Result<bool>> begin_wave(Wave wave) = 0;
};

/// Instants at which a rule comes round, after this one. Errors: invalid (rule, zone).
using Comings =
    std::function<Result<std::vector<core::Instant>>(const ScheduleRule&, core::Instant after, int limit)>;
using CivilDayOf = std::function<Result<std::int64_t>(core::Instant at, const std::string& zone)>;

struct ScheduleNeeds {
    ScheduleStore& store;
    Voices& voices;
    const Clock& clock;
    Comings comings;
    CivilDayOf civil_day;
    std::chrono::days rest;
};

class Schedules {
 public:
    explicit Schedules(ScheduleNeeds needs) : needs_(std::move(needs)) {}

    /// Errors: invalid (rule, zone, times, audience), not_found (plugin, survey, names), unsupported,
    /// unavailable.
    Task<Result<Schedule>> add(ScheduleRequest request);
    /// As it would be made; nothing is. Errors: as above, but for names that nobody has.
    Task<Result<Schedule>> draft(ScheduleRequest request) const;
    Result<std::vector<core::Instant>> comings(const Schedule& schedule, int limit) const;
    Task<Result<Schedule>> pause(ScheduleId id);
    /// What came round meanwhile is not made up for. Errors: not_found, conflict.
    Task<Result<Schedule>> resume(ScheduleId id);
    Task<Result<Schedule>> end(ScheduleId id);

    /// Begins every wave whose time has come, late ones within their time; later ones are written down as
    /// missed.
    Task<Done> begin_waves();

 private:
    Task<Done> begin_waves_of(Schedule schedule);
    Wave wave_of(const Schedule& schedule, core::Instant next_at) const;

    ScheduleNeeds needs_;
};

}  // namespace candour::flow
