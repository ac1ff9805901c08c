/// /api/v1/signals: what watches the accounts, and what it found.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/signals/rounds.hpp"

namespace candour::http {

class SignalRoutes {
 public:
    SignalRoutes(flow::Signals& signals, flow::SignalStore& store, flow::SignalRounds& rounds)
        : signals_(signals), store_(store), rounds_(rounds) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(bool limited);
    flow::Task<Response> findings(Request request);
    flow::Task<Response> evaluate(Request request);

    flow::Signals& signals_;
    flow::SignalStore& store_;
    flow::SignalRounds& rounds_;
};

}  // namespace candour::http
