/// /api/v1/sending: whether mails leave, and going on after a database was restored.
#pragma once
#include <functional>

#include "edge/http/routes/identity.hpp"
#include "flow/delivery/sending.hpp"

namespace candour::http {

struct SendingNeeds {
    flow::SendingStore& store;
    const flow::Clock& clock;
    std::function<flow::SentMark()> seen;  ///< what this host saw last
};

class SendingRoutes {
 public:
    explicit SendingRoutes(SendingNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> reconcile(Request request, flow::Caller caller);

    SendingNeeds needs_;
};

}  // namespace candour::http
