/// /api/v1/accounts, /contacts and /teammates: whom we know, and what becomes of a person's row.
#pragma once
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "edge/http/routes/listing.hpp"
#include "flow/relationship/directory.hpp"

namespace candour::http {

class DirectoryRoutes {
 public:
    DirectoryRoutes(flow::Directory& directory, const flow::Clock& clock)
        : directory_(directory), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> accounts(Request request);
    flow::Task<Response> contacts(Request request);
    flow::Task<Response> person(Request request);
    flow::Task<Response> change(Request request, flow::Caller caller);
    flow::Task<Response> merge(Request request, flow::Caller caller);
    flow::Task<Response> split(Request request, flow::Caller caller);
    flow::Task<Response> erase(Request request, flow::Caller caller);
    flow::Task<Response> teammates(Request request);
    flow::Task<Response> add_teammate(Request request, flow::Caller caller);
    flow::Task<Response> deactivate(Request request, flow::Caller caller);
    flow::Task<Response> import_touchpoints(Request request, flow::Caller caller);

    flow::Directory& directory_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
