/// What campaigns do while time passes: large audiences are planned on, what was paused or cancelled is put
/// where it belongs, reminders are written, and what comes round again begins. One host does it for all; each
/// step is safe though two should do it at once, since the rows it finds decide.
#pragma once
#include <string>

#include "flow/campaign/schedules.hpp"
#include "flow/loop/reminders.hpp"

namespace candour::flow {

class Waves {
 public:
    /// `host` names this process; `duties` say which of several hosts does it.
    Waves(CampaignStore& store, Schedules& schedules, ReminderStore& duties, Clock& clock, std::string host)
        : store_(store), schedules_(schedules), duties_(duties), clock_(clock), host_(std::move(host)) {}

    /// Until cancelled.
    Task<void> run();
    /// One look. false: another host does it.
    Task<Result<bool>> look();

 private:
    Task<Done> plan_on(CampaignId id);
    Task<Done> settle_on(CampaignId id);
    Task<Done> remind();

    CampaignStore& store_;
    Schedules& schedules_;
    ReminderStore& duties_;
    Clock& clock_;
    std::string host_;
};

}  // namespace candour::flow
