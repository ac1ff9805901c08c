/// /api/v1/dead-letters: jobs that no plugin could end, and what a person does with them.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/ingest/dead_letters.hpp"

namespace candour::http {

class DeadLetterRoutes {
 public:
    DeadLetterRoutes(flow::DeadLetterStore& store, flow::DeadLetters& letters)
        : store_(store), letters_(letters) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> replay(Request request, flow::Caller caller);
    flow::Task<Response> discard(Request request, flow::Caller caller);

    flow::DeadLetterStore& store_;
    flow::DeadLetters& letters_;
};

}  // namespace candour::http
