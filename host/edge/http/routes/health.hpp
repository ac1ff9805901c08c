/// /healthz: the process lives. /readyz: it can serve. /metrics: for Prometheus.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "edge/http/router.hpp"
#include "edge/http/server.hpp"
#include "flow/ingest/collector_routes.hpp"
#include "flow/ingest/mails.hpp"
#include "flow/loop/item_store.hpp"
#include "flow/metrics/figures.hpp"

namespace candour::http {

struct HealthNeeds {
    flow::ItemStore& items;
    const flow::CollectorRoutes& plugins;
    flow::MailStore& mails;
    flow::Figures& figures;
    /// The server is built after its routes.
    std::function<const Counters*()> counters;
};

class HealthRoutes {
 public:
    explicit HealthRoutes(HealthNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router);

 private:
    flow::Task<Response> alive();
    flow::Task<Response> ready();
    flow::Task<Response> metrics();
    flow::Task<void> add_mails(std::string& out);
    flow::Task<void> add_figures(std::string& out);

    HealthNeeds needs_;
};

}  // namespace candour::http
