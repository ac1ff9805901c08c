/// What customers meet: survey pages of the collector plugins and the loop page. Looking changes nothing; a POST is
/// journaled before anybody reads it.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/policies.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/http/form_guard.hpp"
#include "edge/http/router.hpp"
#include "flow/clock.hpp"
#include "flow/evidence/loop_page.hpp"
#include "flow/ingest/collector_routes.hpp"
#include "flow/ingest/intake.hpp"
#include "voice/pages.hpp"

namespace candour::http {

/// What both kinds of pages need.
struct PageNeeds {
    flow::LinkStore& links;
    const crypto::LinkTokens& tokens;
    const FormGuard& guard;
    const flow::Clock& clock;
    std::shared_ptr<const core::Policies> policies;
};

/// The reader's language: what we know of them, else what their browser asks for.
std::string language_of(const Request& request, const std::string& known);
Response notice(const PageNeeds& needs, const Request& request, unsigned status, voice::Notice notice, std::string reason = {});
/// The page for a link that does not work.
Response dead_link(const PageNeeds& needs, const Request& request, flow::LinkState state);

/// /s/{token} and /c/{plugin}/…: pages that a collector plugin writes.
class CollectorPages {
 public:
    CollectorPages(PageNeeds needs, flow::Intake& intake, const flow::CollectorRoutes& routes)
        : needs_(std::move(needs)), intake_(intake), routes_(routes) {}
    void add_to(Router& router);

 private:
    flow::Task<Response> personal(Request request, bool posted);
    flow::Task<Response> open(Request request, bool posted);
    flow::Task<Response> view(Request request, flow::CollectRequest collect, std::string subject);
    flow::Task<Response> submit(Request request, flow::CollectRequest collect, std::string subject);

    PageNeeds needs_;
    flow::Intake& intake_;
    const flow::CollectorRoutes& routes_;
};

/// /l/{token}: what became of what somebody told us.
class LoopPage {
 public:
    LoopPage(PageNeeds needs, flow::LoopPages& pages, std::function<std::string(const MessageId&)> page_url)
        : needs_(std::move(needs)), pages_(pages), page_url_(std::move(page_url)) {}
    void add_to(Router& router);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> press(Request request);
    flow::Task<Response> pressed(Request request, flow::Link link, flow::Press press, std::string text, std::string token);
    flow::Task<Result<voice::LoopFacts>> facts_of(flow::Link link, std::string token);
    Response press_again(const Request& request, const Form& form, const std::string& token) const;

    PageNeeds needs_;
    flow::LoopPages& pages_;
    std::function<std::string(const MessageId&)> page_url_;
};

}  // namespace candour::http
