/// /api/v1/exports/{what}: everything there is, written while it is read.
#pragma once
#include "edge/http/routes/export_sources.hpp"
#include "edge/http/routes/identity.hpp"

namespace candour::http {

class ExportRoutes {
 public:
    explicit ExportRoutes(ExportNeeds needs) : needs_(needs) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> begin(Request request);

    ExportNeeds needs_;
};

}  // namespace candour::http
