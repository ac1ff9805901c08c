/// /api/v1/plugins/{plugin}/config and /imports/{import}: what operators do with one plugin.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/ingest/import_desk.hpp"
#include "flow/plugin_state/plugin_config.hpp"

namespace candour::http {

class PluginDeskRoutes {
 public:
    PluginDeskRoutes(flow::PluginDesk& desk, flow::ImportDesk& imports, const flow::Clock& clock)
        : desk_(desk), imports_(imports), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> set(Request request, flow::Caller caller);
    flow::Task<Response> import(Request request, flow::Caller caller);
    flow::Task<Response> import_piece(Request request, flow::Doer doer);
    flow::Task<Response> import_file(Request request, flow::Doer doer);

    flow::PluginDesk& desk_;
    flow::ImportDesk& imports_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
