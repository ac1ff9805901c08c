/// /api/v1/teammates/{teammate}/notify: what one of us hears of, and how.
#pragma once
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/team/team_mail.hpp"

namespace candour::http {

class TeamRoutes {
 public:
    explicit TeamRoutes(flow::TeamChoiceStore& choices) : choices_(choices) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    /// Everybody chooses for themselves; an administrator for all of us.
    flow::Task<Response> choose(Request request, flow::Caller caller);

    flow::TeamChoiceStore& choices_;
};

}  // namespace candour::http
