/// The rest of the API: imports, people, surveys, links, messages, plugins, promises.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/policies.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/brand/brand.hpp"
#include "flow/clock.hpp"
#include "flow/delivery/mailbook.hpp"
#include "flow/evidence/links.hpp"
#include "flow/ingest/collector_routes.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/relationship/relationships.hpp"

namespace candour::http {

/// POST /api/v1/imports/….
class RelationshipRoutes {
 public:
    RelationshipRoutes(flow::Relationships& relationships, const flow::Clock& clock)
        : relationships_(relationships), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> import(Request request, flow::Caller caller, bool accounts);

    flow::Relationships& relationships_;
    const flow::Clock& clock_;
};

/// /api/v1/surveys and the links to them, /api/v1/ready-surveys.
class SurveyRoutes {
 public:
    SurveyRoutes(flow::Collectors& collectors, flow::LinkStore& links, flow::Relationships& relationships,
                 const crypto::LinkTokens& tokens, const flow::Clock& clock,
                 std::shared_ptr<const core::Policies> policies, const flow::BrandDesk& brand)
        : collectors_(collectors),
          links_(links),
          relationships_(relationships),
          tokens_(tokens),
          clock_(clock),
          policies_(std::move(policies)),
          brand_(brand) {}
    void add_to(Router& router, Identity& identity);

 private:
    static constexpr const char* kPlugin = "surveys";

    void add_documents(Router& router, Identity& identity);
    flow::Task<Response> event(Request request, std::string kind, std::string payload);
    flow::Task<Response> show(Request request);
    flow::Task<Response> preview(Request request);
    flow::Task<Response> copy(Request request);
    flow::Task<Response> open_link_code(Request request);
    flow::Task<Response> link(Request request);
    flow::Task<Response> revoke(Request request);
    flow::Task<Response> test(Request request, flow::Caller caller);

    flow::Collectors& collectors_;
    flow::LinkStore& links_;
    flow::Relationships& relationships_;
    const crypto::LinkTokens& tokens_;
    const flow::Clock& clock_;
    std::shared_ptr<const core::Policies> policies_;
    const flow::BrandDesk& brand_;
};

/// /api/v1/messages/{message}/bounce, /api/v1/plugins.
class OperationRoutes {
 public:
    OperationRoutes(flow::Mailbook& mailbook, const flow::CollectorRoutes& plugins)
        : mailbook_(mailbook), plugins_(plugins) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> bounce(Request request);
    flow::Task<Response> plugins();

    flow::Mailbook& mailbook_;
    const flow::CollectorRoutes& plugins_;
};

}  // namespace candour::http
