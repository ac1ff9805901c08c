/// The host, assembled by hand: every part once, in the order in which they need each other.
#pragma once
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/config.hpp"
#include "app/house_mail.hpp"
#include "app/package_desk.hpp"
#include "app/plugin_desk.hpp"
#include "app/plugin_routes.hpp"
#include "app/sent_mark.hpp"
#include "app/serve.hpp"
#include "app/stores.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/http/egress.hpp"
#include "edge/http/form_guard.hpp"
#include "edge/http/routes/accounts.hpp"
#include "edge/http/routes/brand.hpp"
#include "edge/http/routes/campaign_explain.hpp"
#include "edge/http/routes/campaign_trial.hpp"
#include "edge/http/routes/campaigns.hpp"
#include "edge/http/routes/care.hpp"
#include "edge/http/routes/changes.hpp"
#include "edge/http/routes/commitments.hpp"
#include "edge/http/routes/console.hpp"
#include "edge/http/routes/customer_pages.hpp"
#include "edge/http/routes/dead_letters.hpp"
#include "edge/http/routes/desk.hpp"
#include "edge/http/routes/directory.hpp"
#include "edge/http/routes/exports.hpp"
#include "edge/http/routes/health.hpp"
#include "edge/http/routes/house.hpp"
#include "edge/http/routes/item_desk.hpp"
#include "edge/http/routes/items.hpp"
#include "edge/http/routes/mails.hpp"
#include "edge/http/routes/metrics.hpp"
#include "edge/http/routes/oidc.hpp"
#include "edge/http/routes/operator_pages.hpp"
#include "edge/http/routes/packages.hpp"
#include "edge/http/routes/past_answers.hpp"
#include "edge/http/routes/plugin_desk.hpp"
#include "edge/http/routes/rules.hpp"
#include "edge/http/routes/schedules.hpp"
#include "edge/http/routes/sending.hpp"
#include "edge/http/routes/sights.hpp"
#include "edge/http/routes/sign_in.hpp"
#include "edge/http/routes/signals.hpp"
#include "edge/http/routes/suppressions.hpp"
#include "edge/http/routes/team.hpp"
#include "edge/http/routes/themes.hpp"
#include "edge/http/routes/tokens.hpp"
#include "edge/http/routes/users.hpp"
#include "edge/http/routes/webhooks.hpp"
#include "edge/http/server.hpp"
#include "edge/mail/intake.hpp"
#include "edge/mail/submission.hpp"
#include "edge/plugin/registry.hpp"
#include "edge/telling/composer.hpp"
#include "flow/campaign/campaigns.hpp"
#include "flow/campaign/waves.hpp"
#include "flow/delivery/dispatcher.hpp"
#include "flow/evidence/loop_page.hpp"
#include "flow/identity/sign_in.hpp"
#include "flow/ingest/by_hand.hpp"
#include "flow/ingest/intake.hpp"
#include "flow/ingest/mail_intake.hpp"
#include "flow/loop/belonging.hpp"
#include "flow/loop/loop.hpp"
#include "flow/loop/reminders.hpp"
#include "flow/loop/themes.hpp"
#include "flow/metrics/acts.hpp"
#include "flow/metrics/figures.hpp"
#include "flow/team/team_mail.hpp"
#include "flow/webhooks/postman.hpp"

namespace candour::app {

class Host {
 public:
    Host(boost::asio::io_context& io, flow::Clock& clock, const Config& config, const store::Target& target,
         const ServeOptions& options);

    /// Loads the plugins, opens the doors. Errors: what kept it from starting.
    flow::Task<Done> start();
    /// Reads certificate and key again; what cannot be used changes nothing.
    void renew_certificate();
    /// Answers what was begun, lets the plugins end, closes.
    flow::Task<void> stop();
    std::uint16_t port() const { return server_.port(); }
    const http::Router& routes() const { return router_; }

 private:
    void add_routes();
    void start_deliverers();
    void serve_channels();
    PackageRules package_rules() const;
    Done start_intake();
    Done start_tls();
    flow::Task<void> keep_checkpoints();
    flow::Task<void> forget_fetches();
    flow::Task<void> watch_schema();
    void keep_running(flow::Task<void> task, const char* what);
    flow::CursorNeeds cursor_needs();
    flow::ActNeeds act_needs();
    flow::RoundNeeds round_needs();
    flow::ScheduleNeeds schedule_needs();
    flow::Task<Done> judge_sent_mark();
    flow::ImportNeeds import_needs();
    plugin::HostServices plugin_services();
    flow::FigureNeeds figure_needs();
    http::HealthNeeds health_needs();
    http::PageNeeds page_needs();
    http::HouseNeeds house_needs();
    http::ServerOptions server_options();
    http::ItemRoutesNeeds item_needs();
    http::ItemDeskNeeds item_desk_needs();
    http::OperatorNeeds operator_needs();

    boost::asio::io_context& io_;
    flow::Clock& clock_;
    const Config& config_;
    ServeOptions options_;
    const std::shared_ptr<core::Policies> policies_in_force_;
    std::shared_ptr<const core::Policies> policies_;  // the same, for those who only read them

    Stores stores_;  // the database, and what is kept in it
    flow::BrandDesk brand_desk_{stores_.brand, clock_, policies_in_force_};  // how customers know us
    crypto::LinkTokens link_tokens_;                                         // signs every link we give away
    http::FormGuard form_guard_;                                             // and every form
    http::Egress egress_;                                                    // the way out, for plugins
    http::Egress provider_egress_;  // and to the identity provider, wherever it stands
    http::OidcProvider oidc_provider_;
    KnownConfigs plugin_configs_{stores_.plugin_configs};
    plugin::Registry registry_;   // what others collect, deliver and ask
    telling::Composer composer_;  // the words of our mails
    PluginRoutes plugin_routes_{registry_};

    PackageDesk package_desk_;
    PluginDesk plugin_desk_{registry_, stores_.plugin_configs, plugin_configs_};

    flow::Loop loop_;                              // what the team does
    flow::Themes themes_;                          // for many at once
    flow::Belonging belonging_;                    // whose it is
    flow::Reminders reminders_;                    // what time alone does
    flow::TeamMail team_mail_;                     // who of us hears of it
    flow::LoopPages loop_pages_;                   // what the customer does
    flow::Intake intake_;                          // what comes in
    flow::DeadLetters dead_letters_;               // what no plugin could take in
    flow::MailIntake mail_intake_;                 // and by mail
    flow::Campaigns campaigns_;                    // whom we ask
    flow::Schedules schedules_{schedule_needs()};  // what comes round again
    flow::Waves waves_;                            // and what becomes of it while time passes
    flow::ByHand by_hand_{stores_.relationships, stores_.journal, clock_};  // what one of us was told
    flow::PastAnswers past_answers_;                    // what was said before we were here
    flow::ImportDesk import_desk_{import_needs()};      // and what other systems know of it
    flow::MetricCursor metric_cursor_{cursor_needs()};  // what all of it amounts to
    flow::Figures figures_{figure_needs()};
    flow::Acts acts_{act_needs()};
    flow::SignalRounds signal_rounds_{round_needs()};                   // what deserves attention
    flow::Dispatcher dispatcher_;                                       // what goes out
    SentMarkFile sent_mark_{config_.file.parent_path() / "sent-mark"};  // and how far that was
    flow::ChangeFeed change_feed_;                                      // who wants to hear of it
    flow::Postman postman_;                                             // also elsewhere
    HouseMail house_mail_;
    std::optional<mail::Submission> submission_;
    std::optional<mail::LmtpServer> lmtp_;

    http::SessionCookie session_cookie_;
    flow::Passwords passwords_{io_};
    flow::SignIn sign_in_{stores_.users, passwords_, clock_};
    http::Identity identity_;
    http::CollectorPages collector_pages_;
    http::LoopPage loop_page_;
    http::PreferencePages preference_pages_;
    http::ItemRoutes item_routes_{item_needs()};
    http::ItemDeskRoutes item_desk_routes_{item_desk_needs()};
    http::ThemeRoutes theme_routes_{themes_, stores_.themes, policies_};
    http::CommitmentRoutes commitment_routes_;
    http::CareRoutes care_routes_{stores_.calendars, stores_.calendars, belonging_, clock_};
    http::RelationshipRoutes relationship_routes_{stores_.relationships, clock_};
    http::PastAnswersRoutes past_answers_routes_{past_answers_};
    http::SurveyRoutes survey_routes_;
    http::CampaignRoutes campaign_routes_{campaigns_, stores_.campaigns, clock_};
    http::CampaignTrialRoutes campaign_trial_routes_{
        {stores_.campaigns, registry_, registry_, brand_desk_, clock_, policies_,
         [this](flow::DueMessage message) { return composer_.preview_invitation(std::move(message)); }}};
    http::SendingRoutes sending_routes_{{stores_.sending, clock_, [this] { return sent_mark_.read(); }}};
    http::ScheduleRoutes schedule_routes_{
        {schedules_, stores_.schedules, stores_.tokens, clock_, config_.policies.zone}};
    http::CampaignExplainRoutes campaign_explain_routes_{campaigns_, stores_.campaign_explain};
    http::SuppressionRoutes suppression_routes_{stores_.suppressions, clock_};
    http::OperationRoutes operation_routes_{stores_.outbox, plugin_routes_};
    http::MailRoutes mail_routes_{stores_.mails, mail_intake_, clock_};
    http::DeadLetterRoutes dead_letter_routes_{stores_.dead_letters, dead_letters_};
    http::PluginDeskRoutes plugin_desk_routes_{plugin_desk_, import_desk_, clock_};
    http::PackageRoutes package_routes_{package_desk_};
    http::SignalRoutes signal_routes_{registry_, stores_.signals, signal_rounds_};
    http::MetricRoutes metric_routes_{figures_, acts_, stores_.sights};
    http::BrandRoutes brand_routes_{brand_desk_, policies_, clock_};
    http::HouseRoutes house_routes_;
    http::TokenRoutes token_routes_{stores_.tokens, clock_};
    http::SignInRoutes sign_in_routes_{{sign_in_, stores_.users, link_tokens_, session_cookie_, clock_}};
    http::OidcRoutes oidc_routes_;
    http::UserRoutes user_routes_;
    http::WebhookRoutes webhook_routes_;
    http::DirectoryRoutes directory_routes_{stores_.directory, clock_};
    http::AccountRoutes account_routes_{stores_.accounts, stores_.answers, clock_};
    http::TeamRoutes team_routes_{stores_.team_mail};
    http::SightRoutes sight_routes_{stores_.sights, clock_};
    http::ExportRoutes export_routes_;
    http::ChangeRoutes change_routes_{io_, change_feed_, stores_.sights};
    http::RuleRoutes rule_routes_{stores_.rule_book, stores_.items, clock_};
    http::Console console_;
    http::OperatorPages operator_pages_;
    http::HealthRoutes health_routes_{health_needs()};
    std::shared_ptr<http::TlsCredentials> tls_;  // none: plain, or a proxy has it
    http::Router router_;
    http::Server server_;
};

}  // namespace candour::app
