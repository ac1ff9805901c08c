/// /api/v1/mails: what came in by mail, what became of it, and whose it is when the host cannot know.
#pragma once
#include "edge/http/routes/identity.hpp"
#include "flow/clock.hpp"
#include "flow/ingest/mail_intake.hpp"

namespace candour::http {

class MailRoutes {
 public:
    MailRoutes(flow::MailStore& mails, flow::MailIntake& intake, const flow::Clock& clock)
        : mails_(mails), intake_(intake), clock_(clock) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> raw(Request request);
    flow::Task<Response> assign(Request request, flow::Caller caller);
    flow::Task<Response> dismiss(Request request, flow::Caller caller);
    flow::Task<Response> retry(Request request);
    /// The mail as it is now, or what went wrong.
    flow::Task<Response> afterwards(std::int64_t id, Done outcome, std::string path);

    flow::MailStore& mails_;
    flow::MailIntake& intake_;
    const flow::Clock& clock_;
};

}  // namespace candour::http
