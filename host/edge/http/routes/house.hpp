/// /api/v1/settings: what the configuration says; /api/v1/first-steps: what an empty house still lacks.
#pragma once
#include "core/policies.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/brand/brand.hpp"
#include "flow/house/first_steps.hpp"
#include "flow/house/settings.hpp"

namespace candour::http {

struct HouseNeeds {
    flow::HouseSettings settings;
    flow::FirstSteps& first_steps;
    const flow::BrandDesk& brand;
    const flow::Clock& clock;
    std::shared_ptr<const core::Policies> policies;
};

class HouseRoutes {
 public:
    explicit HouseRoutes(HouseNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> settings();
    flow::Task<Response> first_steps(Request request);
    flow::Task<Response> dismiss(Request request, flow::Caller caller);

    HouseNeeds needs_;
};

}  // namespace candour::http
