/// One plugin in the host: its life from load to stop, the calls into it, and the watch over them.
///
///     loading ──start──▶ running ──stop──▶ stopped
///        │                  │ hangs, throws across the border, breaks the ABI, calls after stop
///        ▼                  ▼
///     refused            suspended          (from stopped too: a call after stop)
///
/// In a process of its own it is not suspended at once:
///
///     loading, running ──its worker ends, or is ended──▶ restarting ──pause──▶ loading   … too often ──▶
///     suspended
///
/// Everything here is called on the io thread; plugin code runs on the executor's threads only.
#pragma once
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include "candour/abi.h"
#include "core/names.hpp"
#include "edge/plugin/door.hpp"
#include "edge/plugin/executor.hpp"
#include "edge/plugin/host_services.hpp"
#include "edge/plugin/manifest.hpp"
#include "flow/campaign/voices.hpp"
#include "flow/delivery/deliverer.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/ingest/imports.hpp"
#include "flow/ingest/mails.hpp"
#include "flow/metrics/measures.hpp"
#include "flow/signals/signals.hpp"

namespace candour::remote {
struct Confinement;
}

namespace candour::plugin {

enum class Standing : std::uint8_t { refused, loading, running, restarting, stopped, suspended };

inline constexpr core::NameTable<Standing, 6> kStandings{{
    {Standing::refused, "refused"},
    {Standing::loading, "loading"},
    {Standing::running, "running"},
    {Standing::restarting, "restarting"},
    {Standing::stopped, "stopped"},
    {Standing::suspended, "suspended"},
}};

/// The vtables of the roles that the library serves, or null.
struct Roles {
    const cdr_collector* collector = nullptr;
    const cdr_deliverer* deliverer = nullptr;
    const cdr_metric* metric = nullptr;
    const cdr_signal* signal = nullptr;
    const cdr_campaign* campaign = nullptr;
};

class Worker;

class Instance {
 public:
    Instance(HostServices& services, Manifest manifest, std::set<std::string> grants);
    /// A plugin that was not stopped is left behind, shut out: threads of it may still run.
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// Loads, creates and starts it. Afterwards `standing` is running, refused or suspended.
    flow::Task<Done> open();
    /// Stops and destroys it, within the manifest's limit and `deadline`.
    flow::Task<Done> close(std::chrono::milliseconds deadline);

    flow::Task<Result<flow::Collected>> collect(flow::CollectRequest request);
    /// `binding`: what observations that the plugin puts meanwhile become.
    flow::Task<Result<std::string>> event(std::string kind, std::string payload_json, Binding binding);
    /// An event of the journal. One that the plugin does not know is taken, with status 204.
    flow::Task<Result<flow::Collected>> hear(flow::CollectRequest request);
    flow::Task<flow::Outcome> deliver(flow::Outgoing message, flow::PointOfNoReturn before);
    flow::Task<Result<std::string>> compose(flow::WordsRequest request);
    flow::Task<Result<flow::Numbers>> unit(const MetricSpec& metric, flow::Numbers rows,
                                           flow::Numbers evaluations);
    /// All of them in one call's time.
    flow::Task<Result<std::vector<flow::Figure>>> finalize(const MetricSpec& metric,
                                                           std::vector<flow::FigureAsk> asks);

    flow::Task<Result<flow::Numbers>> movements(const MetricSpec& metric, flow::Numbers rows,
                                                flow::Numbers units);
    flow::Task<Result<std::vector<flow::Figure>>> summarise(const MetricSpec& metric,
                                                            std::vector<flow::TallyAsk> asks);

    /// What the plugin read; nothing of it is kept yet.
    flow::Task<Result<flow::ImportedPiece>> import_piece(flow::ImportPiece piece);
    flow::Task<Result<std::vector<flow::Finding>>> evaluate(std::string signal,
                                                            flow::AccountSnapshot snapshot);

    flow::Task<Result<flow::Reading>> read_mail(std::string bytes, std::string envelope, int attempt);

    const Manifest& manifest() const { return manifest_; }
    const std::set<std::string>& grants() const { return grants_; }
    Standing standing() const { return standing_; }
    const std::string& reason() const { return reason_; }
    /// "in_process", "worker", "sandbox", "sandbox without landlock".
    std::string isolation() const;

 private:
    struct Library;  ///< what the plugin's thread finds out while it loads
    struct Housing;  ///< the same while its worker starts

    flow::Task<Result<std::string>> on_event(JobPtr job, std::string kind, std::string payload_json);
    JobPtr new_job(std::string_view slot, std::chrono::milliseconds allowance, core::Instant deadline);
    /// Waits until the call is over. An error: it was given up, and nothing that it made may be read.
    flow::Task<Done> call(JobPtr job);
    /// Afterwards nothing is decided yet but that it serves, or why it does not.
    flow::Task<Done> bring_up();
    flow::Task<Done> load(std::shared_ptr<Library> library);
    flow::Task<Done> create(std::shared_ptr<Library> library);
    flow::Task<Done> start();
    flow::Task<void> destroy();

    void home(JobPtr job);
    void settle(Job& job, Done verdict);
    Done answer_late(std::uint64_t request_id, flow::Collected answer);
    void arm(SteadyTime check);
    void watch();
    bool blame_hanging();
    void give_up_late(SteadyTime now);
    void suspend(const std::string& reason);
    /// Suspends it; in a process of its own, that process is ended instead.
    void fault(const std::string& reason);

    flow::Task<Done> house();
    flow::Task<Done> confine(std::shared_ptr<Housing> housing);
    void watch_worker();
    void worker_ended(const std::shared_ptr<Worker>& worker);
    void died(std::string reason);
    void free_callers();
    std::chrono::milliseconds pause_after_death() const;
    Done refuse(Error error);
    Error absent() const;

    HostServices& services_;
    const Manifest manifest_;
    const std::set<std::string> grants_;
    const Result<std::string> configured_;  ///< what the plugin is given, or why it cannot be started
    Standing standing_ = Standing::loading;
    std::string reason_;

    const cdr_plugin* plugin_ = nullptr;
    Roles roles_;
    void* self_ = nullptr;

    std::shared_ptr<Home> home_;
    Door& door_;
    std::unique_ptr<Executor> executor_;
    std::unordered_map<std::uint64_t, JobPtr> open_;
    std::uint64_t last_id_ = 0;
    boost::asio::steady_timer watch_;
    SteadyTime next_check_ = SteadyTime::max();

    /// Only in a process of its own.
    const Mode mode_;
    std::shared_ptr<Worker> worker_;
    std::vector<std::string> missing_;  ///< layers of the sandbox that this kernel lacks
    boost::asio::posix::stream_descriptor end_;
    boost::asio::steady_timer pause_;
    std::deque<SteadyTime> deaths_;
    std::string fault_;  ///< why it is being ended
    bool gone_ = false;  ///< a call was lost with it since it was last begun
    const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace candour::plugin
