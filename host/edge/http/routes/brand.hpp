/// /api/v1/brand: how customers know us; and the logo, which everybody may see.
#pragma once
#include "core/policies.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/brand/brand.hpp"

namespace candour::http {

class BrandRoutes {
 public:
    BrandRoutes(flow::BrandDesk& desk, std::shared_ptr<const core::Policies> policies,
                const flow::Clock& clock)
        : desk_(desk), policies_(std::move(policies)), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> set(Request request, flow::Caller caller);
    flow::Task<Response> preview(Request request);
    flow::Task<Response> logo(Request request);

    flow::BrandDesk& desk_;
    std::shared_ptr<const core::Policies> policies_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
