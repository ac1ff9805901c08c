/// /api/v1/plugins and what is below a plugin: installing, enabling, granting, rolling back. Needs the scope
/// admin.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/packages/packages.hpp"

namespace candour::http {

class PackageRoutes {
 public:
    explicit PackageRoutes(flow::PackageDesk& desk) : desk_(desk) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> install(Request request, flow::Caller caller);
    flow::Task<Response> show(Request request);
    flow::Task<Response> grant(Request request, flow::Caller caller);

    flow::PackageDesk& desk_;
};

}  // namespace candour::http
