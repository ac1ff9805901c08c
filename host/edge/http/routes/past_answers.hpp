/// POST /api/v1/imports/answers: what was said before Candour was here.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/ingest/past_answers.hpp"

namespace candour::http {

class PastAnswersRoutes {
 public:
    explicit PastAnswersRoutes(flow::PastAnswers& answers) : answers_(answers) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> import(Request request);

    flow::PastAnswers& answers_;
};

}  // namespace candour::http
