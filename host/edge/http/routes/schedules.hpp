/// /api/v1/campaign-schedules: asking again and again; and the same as a calendar for those who read one.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/campaign/schedules.hpp"

namespace candour::http {

struct ScheduleRoutesNeeds {
    flow::Schedules& schedules;
    flow::ScheduleStore& store;
    flow::Tokens& tokens;  ///< whoever opens the calendar
    const flow::Clock& clock;
    std::string zone;  ///< where the organisation's days begin
};

class ScheduleRoutes {
 public:
    explicit ScheduleRoutes(ScheduleRoutesNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> add(Request request, flow::Caller caller);
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    using Step = flow::Task<Result<flow::Schedule>> (flow::Schedules::*)(ScheduleId);
    flow::Task<Response> step(Request request, Step which);
    flow::Task<Response> calendar(Request request);

    ScheduleRoutesNeeds needs_;
};

}  // namespace candour::http
