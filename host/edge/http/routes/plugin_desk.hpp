/// /api/v1/plugins/{plugin}/config and /imports/{import}: what operators do with one plugin.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/ingest/imports.hpp"
#include "flow/plugin_state/plugin_config.hpp"

namespace candour::http {

class PluginDeskRoutes {
 public:
    PluginDeskRoutes(flow::PluginDesk& desk, flow::Importers& importers, const flow::Clock& clock)
        : desk_(desk), importers_(importers), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> set(Request request, flow::Caller caller);
    flow::Task<Response> import(Request request);

    flow::PluginDesk& desk_;
    flow::Importers& importers_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
