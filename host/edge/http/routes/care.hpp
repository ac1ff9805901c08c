/// /api/v1/calendars, /api/v1/care, and handing over: who works when, who stands behind whom, whose items go
/// to whom.
#pragma once
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/clock.hpp"
#include "flow/loop/belonging.hpp"
#include "flow/loop/calendars.hpp"
#include "flow/relationship/care.hpp"

namespace candour::http {

class CareRoutes {
 public:
    CareRoutes(flow::Calendars& calendars, flow::Care& care, flow::Belonging& belonging,
               const flow::Clock& clock)
        : calendars_(calendars), care_(care), belonging_(belonging), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> calendars(Request request, std::string id);
    flow::Task<Response> set_calendar(Request request, flow::Caller caller);
    flow::Task<Response> care(Request request);
    flow::Task<Response> set_care(Request request, flow::Caller caller, bool of_teammate);
    flow::Task<Response> hand_over(Request request, flow::Caller caller);

    flow::Calendars& calendars_;
    flow::Care& care_;
    flow::Belonging& belonging_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
