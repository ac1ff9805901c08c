#include "app/host.hpp"

#include <boost/asio/co_spawn.hpp>

#include "crypto/digest.hpp"
#include "edge/mail/reading.hpp"
#include "edge/store/ledger_check.hpp"
#include "log/log.hpp"

namespace candour::app {
namespace {

using namespace std::chrono_literals;

/// This writer's slot in shared counters; another host on the same database almost always has another one.
int shard_of_this_process() {
    const std::string random = crypto::random_bytes(1);
    return static_cast<unsigned char>(random[0]) % 64;
}

std::string name_of_this_process() { return "host-" + crypto::to_hex(crypto::random_bytes(6)); }

void log_line(const plugin::LogLine& line) {
    const std::string text = "plugin " + line.plugin + ": " + line.message + (line.fields_json.empty() ? "" : " " + line.fields_json);
    switch (line.level) {
        case plugin::LogLine::Level::debug: return log::debug("{}", text);
        case plugin::LogLine::Level::info: return log::info("{}", text);
        case plugin::LogLine::Level::warning: return log::warn("{}", text);
        case plugin::LogLine::Level::error: return log::error("{}", text);
    }
}

http::ServerOptions server_options(const Config& config) {
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.report = [](std::string_view line) { log::warn("http: {}", line); };
    return options;
}

/// A demo without a relay writes its mails all the same.
telling::Sender sender_of(const Config& config, const ServeOptions& options) {
    const bool needs_one = config.mail_from.empty() && options.demo;
    return {config.mail_from_name.empty() ? config.policies.organisation : config.mail_from_name,
            needs_one ? "feedback@demo.example" : config.mail_from};
}

Result<std::string> html_of_letter(const std::string& content) {
    const Result<mail::OpenedLetter> letter = mail::open_letter(content);
    if (!letter) return letter.error();
    return letter->html;
}

}  // namespace

Host::Host(boost::asio::io_context& io, flow::Clock& clock, const Config& config, const store::Target& target, const ServeOptions& options)
    : io_(io),
      clock_(clock),
      config_(config),
      options_(options),
      policies_(std::make_shared<const core::Policies>(config.policies)),
      database_(io, target),
      items_(database_),
      journal_(database_, clock, policies_, shard_of_this_process()),
      outbox_(database_, clock),
      links_(database_, clock),
      relationships_(database_),
      plugin_state_(database_, clock),
      tokens_(database_),
      link_tokens_(config.server_keys),
      form_guard_(config.server_keys),
      composer_(items_, link_tokens_, policies_, sender_of(config, options)),
      registry_({io, clock, plugin_state_, journal_, outbox_, [](std::string_view) { return std::string("{}"); }, log_line}),
      plugin_routes_(registry_),
      loop_(items_, clock, policies_),
      loop_pages_(links_, items_, clock, policies_),
      intake_(journal_, registry_, links_, clock, [this](const MessageId& message) { return composer_.page_url(message); }),
      dispatcher_(outbox_, composer_, clock, name_of_this_process()),
      identity_(tokens_),
      collector_pages_(page_needs(), intake_, plugin_routes_),
      loop_page_(page_needs(), loop_pages_, [this](const MessageId& message) { return composer_.page_url(message); }),
      item_routes_(item_needs()),
      relationship_routes_(relationships_, clock),
      survey_routes_(registry_, links_, relationships_, link_tokens_, clock, policies_),
      operation_routes_(outbox_, plugin_routes_, items_, clock),
      operator_pages_(operator_needs()),
      health_routes_({items_, plugin_routes_, [this] { return &server_.counters(); }}),
      server_(io, router_, server_options(config)) {
    add_routes();
}

http::PageNeeds Host::page_needs() { return {links_, link_tokens_, form_guard_, clock_, policies_}; }

http::ItemRoutesNeeds Host::item_needs() {
    return {loop_,     items_, outbox_, links_, policies_, [this](const MessageId& message) { return composer_.page_url(message); },
            [this](ItemId item) { return composer_.preview(std::move(item)); }};
}

http::OperatorNeeds Host::operator_needs() {
    return {items_, outbox_, links_, clock_, policies_, [this](const MessageId& message) { return composer_.page_url(message); },
            html_of_letter, options_.demo, config_.on_loopback()};
}

void Host::add_routes() {
    collector_pages_.add_to(router_);              // /s/{token}, /c/{plugin}/…
    loop_page_.add_to(router_);                    // /l/{token}
    item_routes_.add_to(router_, identity_);       // /api/v1/items…
    relationship_routes_.add_to(router_, identity_);
    survey_routes_.add_to(router_, identity_);
    operation_routes_.add_to(router_, identity_);
    operator_pages_.add_to(router_, identity_);    // /, /items/{item}, /demo/mail
    health_routes_.add_to(router_);                // /healthz, /readyz, /metrics
    // What tests/bench measures durable answers against: the same server doing nothing.
    if (config_.test)
        router_.add(http::Method::post, "/noop", [](const http::Request&) -> flow::Task<http::Response> { co_return http::Response::empty(); });
}

void Host::start_deliverers() {
    if (config_.has_submission) submission_.emplace(io_.get_executor(), config_.submission);
    if (submission_) dispatcher_.serve("mail", *submission_);
    if (!submission_ && options_.demo) dispatcher_.serve("mail", house_mail_);
    if (!submission_ && !options_.demo) log::warn("mail: no relay is configured ([mail] relay): messages wait in the outbox");
    for (const std::string& channel : registry_.channels()) dispatcher_.serve(channel, *registry_.deliverer(channel));
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
    auto loading = registry_.load_all(config_.plugin_folder);
    const std::size_t running = co_await std::move(loading);
    log::info("plugins: {} of {} run", running, registry_.list().size());
    for (const plugin::PluginInfo& info : registry_.list())
        if (info.standing != plugin::Standing::running) log::error("plugin {} does not run: {}", info.id, info.reason);
    start_deliverers();
    if (Done bound = server_.listen(); !bound) co_return bound;
    server_.start();
    keep_running(dispatcher_.run(), "delivery");
    keep_running(intake_.recover(), "ingest recovery");
    keep_running(registry_.run_timers(), "plugin timers");
    keep_running(keep_checkpoints(), "ledger checkpoints");
    co_return done();
}

flow::Task<void> Host::keep_checkpoints() {
    for (;;) {
        auto waiting = clock_.wait_until(clock_.now() + 24h);
        co_await std::move(waiting);
        std::function<Done(store::Session&)> work = [now = clock_.now()](store::Session& session) {
            store::append_checkpoint(session, now);
            return done();
        };
        auto writing = database_.write<Nothing>(std::move(work));
        Done written = co_await std::move(writing);
        if (!written) log::warn("ledger: no checkpoint today: {}", written.error().message);
    }
}

flow::Task<void> Host::stop() {
    auto closing = server_.stop(5s);
    const std::size_t cut_off = co_await std::move(closing);
    if (cut_off > 0) log::warn("http: {} connections were cut off", cut_off);
    if (submission_) submission_->stop();
    auto ending = registry_.stop_all(5s);
    co_await std::move(ending);
}

}  // namespace candour::app
