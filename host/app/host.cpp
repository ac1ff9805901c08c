#include "app/host.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "app/comings.hpp"
#include "app/house_settings.hpp"
#include "app/isolation.hpp"
#include "app/secrets.hpp"
#include "app/tls_settings.hpp"
#include "crypto/digest.hpp"
#include "edge/http/livery.hpp"
#include "edge/json/fact_content.hpp"
#include "edge/json/webhook_body.hpp"
#include "edge/mail/reading.hpp"
#include "log/log.hpp"
#include "zone/civil.hpp"

namespace candour::app {
namespace {

using namespace std::chrono_literals;

std::string name_of_this_process() {
    return "host-" + crypto::to_hex(crypto::random_bytes(6));
}

void log_line(const plugin::LogLine& line) {
    const std::string text = "plugin " + line.plugin + ": " + line.message +
                             (line.fields_json.empty() ? "" : " " + line.fields_json);
    switch (line.level) {
        case plugin::LogLine::Level::debug:
            return log::debug("{}", text);
        case plugin::LogLine::Level::info:
            return log::info("{}", text);
        case plugin::LogLine::Level::warning:
            return log::warn("{}", text);
        case plugin::LogLine::Level::error:
            return log::error("{}", text);
    }
}

http::ServerOptions configured_server(const Config& config) {
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.report = [](std::string_view line) { log::warn("http: {}", line); };
    options.max_connections = static_cast<std::size_t>(config.limits.max_connections);
    options.proxies = config.limits.proxies;
    options.transport_rule = transport_rule(config);
    const http::AddressLimits limits{config.limits.address_per_minute, config.limits.pages_per_minute,
                                     config.limits.proxies};
    options.admit = [door = std::make_shared<http::Doorkeeper>(limits)](const http::Route& route,
                                                                        const http::Request& request) {
        return door->refuse(route, request, std::chrono::steady_clock::now());
    };
    return options;
}

/// The operator named the issuer, so it may stand inside the house.
std::vector<std::string> with_issuer(const http::Egress& reader, const Config& config) {
    std::vector<std::string> places = config.private_hosts;
    if (const Result<flow::EgressPlace> place = reader.place_of(config.oidc.issuer))
        places.push_back(place->host + ":" + place->port);
    return places;
}

flow::CivilDays days_in(const std::string& zone) {
    return {[zone](std::chrono::year_month_day day) { return zone::instant_of(day, 12h, zone); },
            [zone](core::Instant at) { return zone::civil_date(at, zone); }};
}

std::function<core::Day(core::Instant)> civil_days_in(const std::string& zone) {
    return [zone](core::Instant at) { return zone::civil_day(at, zone); };
}

/// A demo without a relay writes its mails all the same.
telling::Sender sender_of(const Config& config, const ServeOptions& options) {
    const bool needs_one = config.mail_from.empty() && options.demo;
    return {config.mail_from_name.empty() ? config.policies.organisation : config.mail_from_name,
            needs_one ? "feedback@demo.example" : config.mail_from, config.intake_address};
}

Result<std::string> html_of_letter(const std::string& content) {
    const Result<mail::OpenedLetter> letter = mail::open_letter(content);
    if (!letter) return letter.error();
    return letter->html;
}

}  // namespace

Host::Host(boost::asio::io_context& io, flow::Clock& clock, const Config& config, const store::Target& target,
           const ServeOptions& options)
    : io_(io),
      clock_(clock),
      config_(config),
      options_(options),
      policies_in_force_(std::make_shared<core::Policies>(config.policies)),
      policies_(policies_in_force_),
      stores_(io, clock, config, policies_, target),
      link_tokens_(config.server_keys),
      form_guard_(config.server_keys),
      egress_(io, config.private_hosts),
      provider_egress_(io, with_issuer(egress_, config)),
      oidc_provider_(config.oidc, config.policies.public_url + "/api/v1/sign-in/oidc/callback",
                     provider_egress_, clock),
      registry_(plugin_services()),
      composer_(stores_.items, registry_, stores_.team_mail, link_tokens_, policies_,
                sender_of(config, options)),
      package_desk_(stores_.packages, registry_, clock, package_rules(), [this] { serve_channels(); }),
      loop_(stores_.items, clock, policies_),
      themes_(stores_.themes, stores_.many_items, clock, policies_),
      belonging_(stores_.many_items, stores_.commitments, stores_.calendars, clock),
      reminders_(stores_.reminders, clock, policies_, name_of_this_process()),
      team_mail_(stores_.team_mail, clock, policies_->group),
      loop_pages_(stores_.links, stores_.items, clock, policies_),
      intake_(stores_.journal, registry_, stores_.links, clock,
              [this](const MessageId& message) { return composer_.page_url(message); }),
      dead_letters_(stores_.dead_letters, intake_, clock),
      mail_intake_(io.get_executor(), stores_.mails, registry_, link_tokens_, clock),
      campaigns_(stores_.campaigns, registry_, clock, config.rest),
      waves_(stores_.campaigns, schedules_, stores_.reminders, clock, name_of_this_process()),
      past_answers_(stores_.relationships, stores_.journal, stores_.known_facts, clock,
                    days_in(config.policies.zone)),
      dispatcher_(stores_.outbox, composer_, clock, name_of_this_process()),
      change_feed_(io, stores_.changes, [this] { return stores_.open_drafts.open(ItemId(), clock_.now()); }),
      postman_(io, stores_.webhooks, egress_, clock,
               [url = config.policies.public_url](const auto& webhook, const auto& change, const auto& id) {
                   return json::webhook_body(webhook, change, id, url);
               }),
      session_cookie_(config.policies.public_url, config.limits.proxies),
      identity_({stores_.tokens, stores_.repeats, stores_.users, stores_.audit, session_cookie_, clock,
                 config.limits.token_per_minute, &stores_.sights}),
      collector_pages_(page_needs(), intake_, plugin_routes_, stores_.fetches),
      loop_page_(page_needs(), loop_pages_,
                 [this](const MessageId& message) { return composer_.page_url(message); }),
      preference_pages_(page_needs(), stores_.campaigns, stores_.preferences),
      commitment_routes_({stores_.commitments, stores_.calendars, stores_.calendars, clock, policies_}),
      survey_routes_(registry_, stores_.links, stores_.relationships, link_tokens_, clock, policies_,
                     brand_desk_),
      house_routes_(house_needs()),
      oidc_routes_({oidc_provider_, sign_in_, session_cookie_, config.server_keys.back(),
                    config.policies.public_url.starts_with("https://")}),
      user_routes_({stores_.users, stores_.audit, link_tokens_, clock, config.policies.public_url}),
      webhook_routes_({stores_.webhooks, egress_, clock, config.policies.public_url, config.private_hosts}),
      export_routes_({stores_.exports, stores_.directory, clock}),
      operator_pages_(operator_needs()),
      server_(io, router_, server_options()) {
    add_routes();
}

flow::CursorNeeds Host::cursor_needs() {
    return {stores_.metrics,        registry_,       clock_, civil_days_in(config_.policies.zone),
            name_of_this_process(), &stores_.tallies};
}

flow::ScheduleNeeds Host::schedule_needs() {
    return {stores_.schedules, registry_, clock_, comings_of, day_in, config_.rest};
}

flow::RoundNeeds Host::round_needs() {
    return {stores_.signals,       registry_, stores_.reminders, clock_, civil_days_in(config_.policies.zone),
            name_of_this_process()};
}

flow::ImportNeeds Host::import_needs() {
    const auto on_wall = [home = config_.policies.zone](const flow::WallTime& wall) {
        return zone::instant_of(wall.on, wall.at, wall.zone.empty() ? home : wall.zone);
    };
    return {registry_,
            stores_.relationships,
            stores_.imported_people,
            stores_.journal,
            stores_.known_facts,
            clock_,
            days_in(config_.policies.zone),
            on_wall};
}

plugin::HostServices Host::plugin_services() {
    return {io_,
            clock_,
            stores_.plugin_state,
            stores_.journal,
            stores_.outbox,
            [this](std::string_view plugin) { return plugin_configs_.document_of(plugin); },
            log_line,
            &stores_.views,
            &egress_,
            [this](std::string_view name) { return read_secret(config_.secrets_folder, name); },
            isolation_of(config_, options_.plugin_mode)};
}

flow::ActNeeds Host::act_needs() {
    return {stores_.relationships,          stores_.journal,       stores_.known_facts, clock_,
            days_in(config_.policies.zone), json::write_act_fields};
}

flow::FigureNeeds Host::figure_needs() {
    return {stores_.metrics,
            registry_,
            metric_cursor_,
            clock_,
            civil_days_in(config_.policies.zone),
            config_.policies.fiscal_start_month,
            &stores_.tallies};
}

http::HouseNeeds Host::house_needs() {
    return {house_settings(config_), stores_.first_steps, brand_desk_, clock_, policies_};
}

http::ServerOptions Host::server_options() {
    http::ServerOptions options = configured_server(config_);
    options.dress = [this](std::string& html) { http::dress(html, brand_desk_.now()); };
    return options;
}

http::HealthNeeds Host::health_needs() {
    return {stores_.items, plugin_routes_, stores_.mails, figures_, [this] { return &server_.counters(); }};
}

http::PageNeeds Host::page_needs() {
    return {stores_.links, link_tokens_, form_guard_, clock_, policies_};
}

http::ItemRoutesNeeds Host::item_needs() {
    return {loop_,
            stores_.items,
            stores_.many_items,
            belonging_,
            stores_.calendars,
            stores_.outbox,
            stores_.links,
            clock_,
            policies_,
            [this](const MessageId& message) { return composer_.page_url(message); },
            [this](ItemId item) { return composer_.preview(std::move(item)); }};
}

http::ItemDeskNeeds Host::item_desk_needs() {
    return {stores_.items,
            stores_.items,
            by_hand_,
            stores_.open_drafts,
            clock_,
            [this](ItemId item, std::string text, std::string by) {
                return composer_.preview_heard(std::move(item), std::move(text), std::move(by), clock_.now());
            }};
}

http::OperatorNeeds Host::operator_needs() {
    return {stores_.items,
            stores_.outbox,
            stores_.links,
            figures_,
            clock_,
            policies_,
            [this](const MessageId& message) { return composer_.page_url(message); },
            html_of_letter,
            options_.demo,
            config_.on_loopback(),
            !console_.is_built()};
}

void Host::start_deliverers() {
    if (config_.has_submission) submission_.emplace(io_.get_executor(), config_.submission);
    if (submission_) dispatcher_.serve("mail", *submission_);
    if (!submission_ && options_.demo) dispatcher_.serve("mail", house_mail_);
    if (!submission_ && !options_.demo)
        log::warn("mail: no relay is configured ([mail] relay): messages wait in the outbox");
    serve_channels();
}

void Host::serve_channels() {
    for (const std::string& channel : registry_.channels())
        dispatcher_.serve(channel, *registry_.deliverer(channel));
}

PackageRules Host::package_rules() const {
    return {config_.package_folder, config_.trust_folder, config_.unsigned_packages, config_.plugin_folder};
}

/// The address alone is no fault: another host may take the mail in, and this one writes it into what it
/// sends.
Done Host::start_intake() {
    if (!config_.intake) return done();
    if (!registry_.reads_mail())
        log::error("mail: comes in and waits, because no plugin that reads mail is running");
    lmtp_.emplace(
        io_, *config_.intake,
        [this](flow::ArrivedMail mail) { return mail_intake_.receive(std::move(mail)); },
        [](std::string_view line) { log::warn("mail: {}", line); });
    if (Done bound = lmtp_->listen(); !bound) return bound;
    lmtp_->start();
    log::info("mail comes in at {}", mail::where(*config_.intake));
    return done();
}

void Host::keep_running(flow::Task<void> task, const char* what) {
    boost::asio::co_spawn(io_.get_executor(), std::move(task), [what](const std::exception_ptr& failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& reason) {
            log::error("{} ended: {}", what, reason.what());
        }
    });
}

flow::Task<Done> Host::start() {
    auto reading = plugin_configs_.read();
    const Done configured = co_await std::move(reading);
    if (!configured) co_return configured;
    auto dressing = brand_desk_.catch_up();
    if (const Done dressed = co_await std::move(dressing); !dressed) co_return dressed;
    auto loading = registry_.load_all(config_.plugin_folder);
    co_await std::move(loading);
    auto catching = package_desk_.catch_up();
    co_await std::move(catching);
    const auto plugins = registry_.list();
    const auto running =
        std::ranges::count(plugins, plugin::Standing::running, &plugin::PluginInfo::standing);
    log::info("plugins: {} of {} run", running, plugins.size());
    for (const plugin::PluginInfo& info : registry_.list())
        if (info.standing != plugin::Standing::running)
            log::error("plugin {} does not run: {}", info.id, info.reason);
    auto judging = judge_sent_mark();
    if (const Done judged = co_await std::move(judging); !judged) co_return judged;
    start_deliverers();
    if (Done speaking = start_tls(); !speaking) co_return speaking;
    if (Done bound = server_.listen(); !bound) co_return bound;
    if (Done taking = start_intake(); !taking) co_return taking;
    server_.start();
    keep_running(dispatcher_.run(), "delivery");
    keep_running(mail_intake_.run(), "mail intake");
    keep_running(intake_.recover(), "ingest recovery");
    keep_running(change_feed_.run(), "the feed of changes");
    keep_running(postman_.run(), "webhooks");
    keep_running(registry_.run_timers(), "plugin timers");
    keep_running(package_desk_.follow(), "plugin packages");
    keep_running(brand_desk_.follow(), "the brand");
    keep_running(metric_cursor_.run(), "metrics");
    keep_running(reminders_.run(), "reminders");
    keep_running(signal_rounds_.run(), "signals");
    keep_running(waves_.run(), "campaigns");
    keep_running(team_mail_.run(), "mail to ourselves");
    keep_running(keep_checkpoints(), "ledger checkpoints");
    keep_running(forget_fetches(), "forgetting old fetches");
    keep_running(watch_schema(), "watching the schema");
    co_return done();
}

}  // namespace candour::app
