/// The host, assembled by hand: every part once, in the order in which they need each other.
#pragma once
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/config.hpp"
#include "app/house_mail.hpp"
#include "app/plugin_routes.hpp"
#include "app/serve.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/http/form_guard.hpp"
#include "edge/http/routes/customer_pages.hpp"
#include "edge/http/routes/desk.hpp"
#include "edge/http/routes/health.hpp"
#include "edge/http/routes/items.hpp"
#include "edge/http/routes/operator_pages.hpp"
#include "edge/http/server.hpp"
#include "edge/mail/submission.hpp"
#include "edge/plugin/registry.hpp"
#include "edge/store/database.hpp"
#include "edge/store/items.hpp"
#include "edge/store/journal.hpp"
#include "edge/store/links.hpp"
#include "edge/store/outbox.hpp"
#include "edge/store/plugin_state.hpp"
#include "edge/store/relationships.hpp"
#include "edge/store/tokens.hpp"
#include "edge/telling/composer.hpp"
#include "flow/delivery/dispatcher.hpp"
#include "flow/evidence/loop_page.hpp"
#include "flow/ingest/intake.hpp"
#include "flow/loop/loop.hpp"

namespace candour::app {

class Host {
 public:
    Host(boost::asio::io_context& io, flow::Clock& clock, const Config& config, const store::Target& target, const ServeOptions& options);

    /// Loads the plugins, opens the doors. Errors: what kept it from starting.
    flow::Task<Done> start();
    /// Answers what was begun, lets the plugins end, closes.
    flow::Task<void> stop();
    std::uint16_t port() const { return server_.port(); }

 private:
    void add_routes();
    void start_deliverers();
    flow::Task<void> keep_checkpoints();
    void keep_running(flow::Task<void> task, const char* what);
    http::PageNeeds page_needs();
    http::ItemRoutesNeeds item_needs();
    http::OperatorNeeds operator_needs();

    boost::asio::io_context& io_;
    flow::Clock& clock_;
    const Config& config_;
    ServeOptions options_;
    std::shared_ptr<const core::Policies> policies_;

    store::Database database_;          // threads that own the sessions
    store::Items items_;
    store::Journal journal_;
    store::Outbox outbox_;
    store::Links links_;
    store::Relationships relationships_;
    store::PluginState plugin_state_;
    store::Tokens tokens_;

    crypto::LinkTokens link_tokens_;    // signs every link we give away
    http::FormGuard form_guard_;        // and every form
    telling::Composer composer_;        // the words of our mails
    plugin::Registry registry_;         // collectors and deliverers of others
    PluginRoutes plugin_routes_;

    flow::Loop loop_;                   // what the team does
    flow::LoopPages loop_pages_;        // what the customer does
    flow::Intake intake_;               // what comes in
    flow::Dispatcher dispatcher_;       // what goes out
    HouseMail house_mail_;
    std::optional<mail::Submission> submission_;

    http::Identity identity_;
    http::CollectorPages collector_pages_;
    http::LoopPage loop_page_;
    http::ItemRoutes item_routes_;
    http::RelationshipRoutes relationship_routes_;
    http::SurveyRoutes survey_routes_;
    http::OperationRoutes operation_routes_;
    http::OperatorPages operator_pages_;
    http::HealthRoutes health_routes_;
    http::Router router_;
    http::Server server_;
};

}  // namespace candour::app
