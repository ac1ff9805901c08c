/// /api/v1/webhooks: whose programs hear of what happens, and what came of each delivery.
#pragma once
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/plugin_state/egress.hpp"
#include "flow/webhooks/webhooks.hpp"

namespace candour::http {

struct WebhookNeeds {
    flow::WebhookStore& webhooks;
    const flow::Egress& egress;  ///< reads URLs as it will follow them
    const flow::Clock& clock;
    std::string public_url;
    std::vector<std::string> private_hosts;  ///< may be spoken to without TLS
};

class WebhookRoutes {
 public:
    explicit WebhookRoutes(const WebhookNeeds& needs) : needs_(needs) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> add(Request request, flow::Caller caller);
    flow::Task<Response> change(Request request, flow::Caller caller);
    flow::Task<Response> enable(Request request, flow::Caller caller);
    flow::Task<Response> remove(Request request, flow::Caller caller);
    flow::Task<Response> rotate(Request request, flow::Caller caller);
    flow::Task<Response> test(Request request);
    flow::Task<Response> deliveries(Request request);
    flow::Task<Response> replay(Request request, flow::Caller caller);

    /// What is left out of the body stays as it was.
    Result<flow::Webhook> read(const JsonBody& body, flow::Webhook webhook) const;
    Done check_url(const std::string& url) const;

    WebhookNeeds needs_;
};

}  // namespace candour::http
