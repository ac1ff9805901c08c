/// /api/v1/rules: which answers become items, and why one did.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/ingest/rule_book.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::http {

class RuleRoutes {
 public:
    RuleRoutes(flow::RuleBook& book, flow::ItemStore& items, const flow::Clock& clock)
        : book_(book), items_(items), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> set(Request request, flow::Caller caller);
    flow::Task<Response> test(Request request);
    flow::Task<Response> explain(Request request);

    flow::RuleBook& book_;
    flow::ItemStore& items_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
