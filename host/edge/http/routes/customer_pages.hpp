/// What customers meet: survey pages of the collector plugins, the loop page, and the way out of campaigns.
/// Looking changes nothing but the note that somebody looked; a POST is journaled before anybody reads it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/policies.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/http/form_guard.hpp"
#include "edge/http/router.hpp"
#include "flow/campaign/campaigns.hpp"
#include "flow/campaign/preferences.hpp"
#include "flow/clock.hpp"
#include "flow/evidence/loop_page.hpp"
#include "flow/ingest/collector_routes.hpp"
#include "flow/ingest/intake.hpp"
#include "flow/ingest/link_fetches.hpp"
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
Response notice(const PageNeeds& needs, const Request& request, unsigned status, voice::Notice notice,
                std::string reason = {});
/// The page for a link that does not work.
Response dead_link(const PageNeeds& needs, const Request& request, flow::LinkState state);

/// /s/{token} and /c/{plugin}/…: pages that a collector plugin writes. /t/{token}: the same for one of us who
/// tries them.
class CollectorPages {
 public:
    CollectorPages(PageNeeds needs, flow::Intake& intake, const flow::CollectorRoutes& routes,
                   flow::LinkFetches& fetches)
        : needs_(std::move(needs)), intake_(intake), routes_(routes), fetches_(fetches) {}
    void add_to(Router& router);

 private:
    struct Led {
        flow::CollectRequest collect;
        std::optional<Response> nowhere{};
    };
    flow::Task<Led> led_by(const Request& request, crypto::LinkPurpose purpose);
    flow::Task<Response> personal(Request request, bool posted);
    flow::Task<Response> open(Request request, bool posted);
    flow::Task<Response> trial(Request request, bool posted);
    flow::Task<Response> try_out(Request request, flow::CollectRequest collect);
    flow::Task<Response> view(Request request, flow::CollectRequest collect, std::string subject);
    flow::Task<Response> submit(Request request, flow::CollectRequest collect, std::string subject);
    flow::Task<Response> answer(Request request, flow::CollectRequest collect);
    flow::Task<void> look_for_machines(flow::CollectRequest& collect, core::Instant page_at, int score);
    flow::Task<void> note(flow::LinkFetch fetch);

    PageNeeds needs_;
    flow::Intake& intake_;
    const flow::CollectorRoutes& routes_;
    flow::LinkFetches& fetches_;
};

/// /u/{token}: how somebody wishes to be asked. A mail program's one click stops all of it at once; a person
/// sees what else there is, and can take back what they pressed.
class PreferencePages {
 public:
    PreferencePages(PageNeeds needs, flow::CampaignStore& campaigns, flow::PreferenceStore& preferences)
        : needs_(std::move(needs)), campaigns_(campaigns), preferences_(preferences) {}
    void add_to(Router& router);

 private:
    flow::Task<Response> show(Request request);
    flow::Task<Response> press(Request request);
    flow::Task<Response> stop(Request request, flow::Link link, std::string way);
    flow::Task<Response> save(Request request, flow::Link link, Form form);
    flow::Task<Response> ask(Request request, flow::Link link, std::optional<flow::Preferences> before);
    voice::StopFacts facts_of(const Request& request, const flow::Link& link) const;

    PageNeeds needs_;
    flow::CampaignStore& campaigns_;
    flow::PreferenceStore& preferences_;
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
    flow::Task<Response> pressed(Request request, flow::Link link, flow::Press press, std::string text,
                                 std::string token);
    /// The page as it is now, and what came of the press.
    flow::Task<Response> page_again(Request request, flow::Link link, std::string token, unsigned status,
                                    std::string typed);
    flow::Task<Result<voice::LoopFacts>> facts_of(flow::Link link, std::string token);
    Response press_again(const Request& request, const Form& form, const std::string& token) const;

    PageNeeds needs_;
    flow::LoopPages& pages_;
    std::function<std::string(const MessageId&)> page_url_;
};

}  // namespace candour::http
