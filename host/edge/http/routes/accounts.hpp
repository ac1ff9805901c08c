/// /api/v1/accounts/{account} and what stands below it; /api/v1/answers.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "edge/http/routes/listing.hpp"
#include "flow/ingest/answers.hpp"
#include "flow/relationship/accounts.hpp"

namespace candour::http {

class AccountRoutes {
 public:
    AccountRoutes(flow::Accounts& accounts, flow::Answers& answers, const flow::Clock& clock)
        : accounts_(accounts), answers_(answers), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> threads(Request request);
    flow::Task<Response> touchpoints(Request request);
    flow::Task<Response> list_answers(Request request);

    flow::Accounts& accounts_;
    flow::Answers& answers_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
