/// How a plugin comes and goes: each step is a call of its own on the plugin's thread, with its own limit.
#include <boost/json.hpp>

#include "candour/border.hpp"
#include "edge/plugin/instance.hpp"
#include "edge/plugin/library.hpp"
#include "edge/plugin/text.hpp"
#include "edge/plugin/worker.hpp"

namespace candour::plugin {

/// Written by the plugin's thread, read when the call is over; kept alive by both.
struct Instance::Library {
    explicit Library(const Manifest& of) : manifest(of) {}
    const Manifest manifest;
    Result<const cdr_plugin*> plugin;
    Done created;
    void* self = nullptr;
    Roles roles;
};

namespace {

struct Answer {
    Done done;
    std::string text;
};

template <class Role>
const Role* role_of(const cdr_plugin& plugin, void* self, std::string_view id) {
    return static_cast<const Role*>(plugin.query(self, sdk::to_view(id)));
}

Roles roles_of(const cdr_plugin& plugin, void* self) {
    return {role_of<cdr_collector>(plugin, self, CDR_ROLE_COLLECTOR),
            role_of<cdr_deliverer>(plugin, self, CDR_ROLE_DELIVERER),
            role_of<cdr_metric>(plugin, self, CDR_ROLE_METRIC),
            role_of<cdr_signal>(plugin, self, CDR_ROLE_SIGNAL),
            role_of<cdr_campaign>(plugin, self, CDR_ROLE_CAMPAIGN)};
}

/// The two slots of its kind: of contacts, or of items.
bool serves(const cdr_metric* role, const MetricSpec& metric) {
    if (metric.tallies.empty()) return CDR_HAS(role, finalize) && role->unit && role->finalize;
    return CDR_HAS(role, summarise) && role->movements && role->summarise;
}

/// What the manifest promises and the library does not serve; empty: nothing is missing.
std::string_view missing_role(const Manifest& manifest, const Roles& roles) {
    const auto has_http = [&] {
        return CDR_HAS(roles.collector, handle_http) && roles.collector->handle_http;
    };
    const auto has_mail = [&] {
        return CDR_HAS(roles.collector, handle_mail) && roles.collector->handle_mail;
    };
    if (manifest.collector && !manifest.collector->routes.empty() && !has_http()) return "collector";
    if (manifest.collector && manifest.collector->mail && !has_mail()) return "collector of mail";
    if (manifest.collector && !manifest.collector->imports.empty() &&
        !(CDR_HAS(roles.collector, import_piece) && roles.collector->import_piece))
        return "collector of files";
    if (!manifest.signals.empty() && !(CDR_HAS(roles.signal, evaluate) && roles.signal->evaluate))
        return "signal";
    if (!manifest.channels.empty() && !(CDR_HAS(roles.deliverer, deliver) && roles.deliverer->deliver))
        return "deliverer";
    for (const MetricSpec& metric : manifest.metrics)
        if (!serves(roles.metric, metric)) return "metric";
    if (!manifest.campaign_kinds.empty() && !(CDR_HAS(roles.campaign, compose) && roles.campaign->compose))
        return "campaign";
    return {};
}

Result<const cdr_plugin*> load_in(Worker& worker, const Manifest& manifest) {
    const remote::LoadOrder order{expected_of(manifest),
                                  static_cast<std::uint32_t>(manifest.max_concurrency)};
    const Done loaded = worker.load(order);
    if (!loaded) return loaded.error();
    return Worker::descriptor();
}

}  // namespace

Done Instance::refuse(Error error) {
    if (standing_ != Standing::suspended) {
        standing_ = Standing::refused;
        reason_ = error.message;
        door_.brick_up();
        services_.log({manifest_.id, LogLine::Level::error, "refused: " + error.message, {}});
    }
    return error;
}

flow::Task<Done> Instance::load(std::shared_ptr<Library> library) {
    if (mode_ != Mode::in_process) {
        const Done housed = co_await house();
        if (!housed) co_return housed.error();
    }
    JobPtr job = new_job("load", manifest_.limits.start, core::kNever);
    job->work = [library, worker = worker_](Job&) {
        library->plugin = worker ? load_in(*worker, library->manifest) : open_library(library->manifest);
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!library->plugin) co_return library->plugin.error();
    plugin_ = *library->plugin;
    if (worker_) library->self = worker_->self_of();
    co_return done();
}

flow::Task<Done> Instance::create(std::shared_ptr<Library> library) {
    JobPtr job = new_job("create", manifest_.limits.start, core::kNever);
    job->work = [library, plugin = plugin_, host = door_.raw()](Job&) {
        sdk::Failure failure;
        const cdr_status status = plugin->create(host, &library->self, failure.out());
        library->created = status == CDR_OK ? done() : Done(failure.take(status));
        if (status != CDR_OK) return;
        library->roles = roles_of(*plugin, library->self);
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!library->created)
        co_return Error{library->created.error().code, "create failed: " + library->created.error().message};
    self_ = library->self;
    roles_ = library->roles;
    const std::string_view missing = missing_role(manifest_, roles_);
    if (!missing.empty())
        co_return Error{ErrorCode::corrupt, "manifest.json lists the role " + std::string(missing) +
                                                ", the library does not serve it"};
    co_return done();
}

flow::Task<Done> Instance::start() {
    JobPtr job = new_job("start", manifest_.limits.start, core::kNever);
    const auto started = std::make_shared<Done>();
    job->work = [started, plugin = plugin_, self = self_](Job&) {
        sdk::Failure failure;
        const cdr_status status = plugin->start(self, failure.out());
        *started = status == CDR_OK ? done() : Done(failure.take(status));
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!*started) co_return Error{started->error().code, "start failed: " + started->error().message};
    co_return done();
}

flow::Task<void> Instance::destroy() {
    if (!self_ || standing_ == Standing::suspended) co_return;
    JobPtr job = new_job("destroy", manifest_.limits.stop, core::kNever);
    job->work = [plugin = plugin_, self = self_](Job&) { plugin->destroy(self); };
    self_ = nullptr;
    const Done destroyed = co_await call(job);
    if (!destroyed) services_.log({manifest_.id, LogLine::Level::warning, destroyed.error().message, {}});
}

flow::Task<Done> Instance::bring_up() {
    gone_ = false;
    if (!configured_) co_return configured_.error();
    const auto library = std::make_shared<Library>(manifest_);
    const Done loaded = co_await load(library);
    if (!loaded) co_return loaded.error();
    const Done created = co_await create(library);
    if (!created) co_return created.error();
    const Done started = co_await start();
    co_return started;
}

flow::Task<Done> Instance::open() {
    const Done up = co_await bring_up();
    if (up && standing_ != Standing::stopped) {
        door_.enter(Phase::serving);
        standing_ = Standing::running;
        reason_.clear();
        services_.log({manifest_.id, LogLine::Level::info, "running, version " + manifest_.version, {}});
        co_return done();
    }
    // Its end is seen by whoever watches the process, and decides what comes next.
    if (standing_ == Standing::stopped || (worker_ && gone_)) co_return up ? absent() : up.error();
    co_await destroy();
    if (worker_) worker_->kill();
    if (deaths_.empty()) co_return refuse(up.error());
    if (standing_ != Standing::suspended) died(up.error().message);
    co_return up.error();
}

flow::Task<Done> Instance::close(std::chrono::milliseconds deadline) {
    if (worker_ && (standing_ == Standing::restarting || standing_ == Standing::loading)) {
        standing_ = Standing::stopped;
        pause_.cancel();
        worker_->kill();
    }
    if (standing_ != Standing::running) co_return done();
    standing_ = Standing::stopped;
    door_.enter(Phase::stopping);
    JobPtr job = new_job("stop", std::min(manifest_.limits.stop, deadline), core::kNever);
    const auto stopped = std::make_shared<Done>();
    // The door closes on the plugin's thread, at once: the next thing that it calls is an offence.
    job->work = [stopped, plugin = plugin_, self = self_, &door = door_](Job& running) {
        sdk::Failure failure;
        const cdr_status status = plugin->stop(self, core::to_us(running.deadline_at), failure.out());
        *stopped = status == CDR_OK ? done() : Done(failure.take(status));
        if (!running.unwanted) door.enter(Phase::stopped);
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!*stopped) reason_ = "stop reported: " + stopped->error().message;
    co_await destroy();
    if (worker_) worker_->kill();
    if (standing_ == Standing::suspended) co_return Error{ErrorCode::internal, manifest_.id + " " + reason_};
    co_return *stopped;
}

flow::Task<Result<std::string>> Instance::on_event(JobPtr job, std::string kind, std::string payload_json) {
    const auto answer = std::make_shared<Answer>();
    job->work = [answer, plugin = plugin_, self = self_, kind, payload_json](Job& running) {
        sdk::Failure failure;
        sdk::Buffer reply;
        const cdr_call call = running.call();
        const cdr_status status = plugin->on_event(self, &call, sdk::to_view(kind),
                                                   sdk::to_view(payload_json), reply.out(), failure.out());
        answer->done = status == CDR_OK ? done() : Done(failure.take(status));
        answer->text = reply.view().empty() ? "{}" : reply.text();
    };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    if (!answer->done) co_return answer->done.error();
    if (!is_text(answer->text))
        co_return Error{ErrorCode::internal, manifest_.id + ": its reply to " + kind + " is no text"};
    co_return std::move(answer->text);
}

flow::Task<Result<std::string>> Instance::event(std::string kind, std::string payload_json, Binding binding) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("on_event", manifest_.limits.call, core::kNever);
    job->binding = binding;
    Result<std::string> reply = co_await on_event(job, std::move(kind), std::move(payload_json));
    if (!reply) co_return reply;
    if (!job->bound.empty()) {
        const auto kept = co_await services_.observations.accept(std::move(job->bound));
        if (!kept) co_return kept.error();
    }
    co_return reply;
}

flow::Task<Result<flow::Collected>> Instance::hear(flow::CollectRequest request) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("on_event", manifest_.limits.call, request.deadline);
    job->binding = Binding::bound;
    job->attempt = request.attempt;
    Result<std::string> reply = co_await on_event(job, std::move(request.event), std::move(request.payload));
    flow::Collected heard;
    heard.status = reply ? 200 : 204;
    if (!reply && reply.error().code != ErrorCode::unsupported) co_return reply.error();
    if (!reply) co_return heard;
    heard.body = std::move(*reply);
    heard.content_type = "application/json";
    heard.observations = std::move(job->bound);
    co_return heard;
}

}  // namespace candour::plugin
