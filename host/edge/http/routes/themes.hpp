/// /api/v1/themes: one decision for many items.
#pragma once
#include <memory>

#include "core/policies.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/loop/themes.hpp"

namespace candour::http {

class ThemeRoutes {
 public:
    ThemeRoutes(flow::Themes& themes, flow::ThemeStore& store, std::shared_ptr<const core::Policies> policies)
        : themes_(themes), store_(store), policies_(std::move(policies)) {}
    void add_to(Router& router, Identity& identity);

 private:
    using Report = Result<flow::ThemeReport>;

    flow::Task<Response> list(Request request);
    flow::Task<Response> open(Request request, flow::Caller caller);
    flow::Task<Response> show(Request request);
    flow::Task<Response> members(Request request);
    flow::Task<Response> gather(Request request, flow::Caller caller, bool joins);
    flow::Task<Response> command(Request request, flow::Caller caller, std::string name);
    flow::Task<Report> give(std::string name, flow::ThemeCommand command, JsonBody body);

    flow::Themes& themes_;
    flow::ThemeStore& store_;
    std::shared_ptr<const core::Policies> policies_;
};

}  // namespace candour::http
