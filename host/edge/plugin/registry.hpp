/// All plugins of this host: found, checked, started, called, watched, stopped.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "edge/plugin/host_services.hpp"
#include "edge/plugin/instance.hpp"
#include "flow/campaign/voices.hpp"
#include "flow/delivery/deliverer.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/ingest/mails.hpp"
#include "flow/metrics/measures.hpp"

namespace candour::plugin {

struct PluginInfo {
    std::string id;  ///< of a manifest that cannot be read: the folder's name
    std::string version;
    std::string name;
    Standing standing = Standing::refused;
    std::string reason;
    std::vector<std::string> roles;
    std::vector<std::string> grants;
    std::string isolation = "none";  ///< see Instance::isolation; none: no code of it was loaded
};

struct RouteMatch {
    std::string route;                          ///< id, for CollectRequest::route
    std::map<std::string, std::string> params;  ///< from the path
    std::size_t max_body = 0;
};

/// What one installation gives a plugin; nothing said: all that its manifest asks for.
using Grants = std::optional<std::set<std::string>>;

/// What the plugin gets: what it asks for, as far as the installation gives it. Errors: denied.
Result<std::set<std::string>> granted(const Manifest& manifest, const Grants& given);

class Registry final : public flow::Collectors,
                       public flow::Voices,
                       public flow::Measures,
                       public flow::Importers,
                       public flow::Signals,
                       public flow::MailReader {
 public:
    explicit Registry(HostServices services);
    /// After stop_all, and before the io_context goes.
    ~Registry() override;

    /// One folder with manifest.json and a library. What went wrong is also kept for `list`.
    flow::Task<Done> load(std::filesystem::path folder, Grants grants = std::nullopt);
    /// Each folder below `root`, by name. Returns how many run.
    flow::Task<std::size_t> load_all(std::filesystem::path root);
    /// Starts the plugin in `folder`, and only then ends the one of the same id: calls go to the one or to
    /// the other. When it does not start, everything stays as it was. Errors: conflict (another plugin does
    /// the same), denied.
    flow::Task<Done> replace(std::filesystem::path folder, Grants grants);
    /// Lets it end, and puts it away. Errors: not_found.
    flow::Task<Done> remove(std::string plugin);
    /// It is installed and shall not run now: its jobs wait for the day on which it does.
    void put_away(std::string plugin);
    const Isolation& isolation() const { return services_.isolation; }
    /// Whether something that only one plugin can do is done by another one. Errors: conflict.
    Done check_clashes(const Manifest& manifest) const;
    /// In reverse order of start; a plugin that does not end in time is suspended and left behind.
    flow::Task<void> stop_all(std::chrono::milliseconds deadline);

    flow::Task<Result<flow::Collected>> collect(flow::CollectRequest request) override;
    bool serves(const std::string& plugin) const override;
    flow::Task<Result<std::string>> event(std::string plugin, std::string kind,
                                          std::string payload_json) override;

    flow::Task<Result<std::string>> compose(flow::WordsRequest request) override;
    Result<std::string> asks_about(const std::string& plugin) const override;

    /// Each id once: the plugin that came first has it.
    std::vector<flow::MetricInfo> metrics() const override;
    flow::Task<Result<flow::Numbers>> unit(std::string metric, flow::Numbers rows,
                                           flow::Numbers evaluations) override;
    flow::Task<Result<std::vector<flow::Figure>>> finalize(std::string metric,
                                                           std::vector<flow::FigureAsk> asks) override;
    flow::Task<Result<flow::Numbers>> movements(std::string metric, flow::Numbers rows,
                                                flow::Numbers units) override;
    flow::Task<Result<std::vector<flow::Figure>>> summarise(std::string metric,
                                                            std::vector<flow::TallyAsk> asks) override;
    flow::Figure no_figure(const flow::MetricInfo& metric, const std::string& reason,
                           const std::string& why) const override;

    flow::Task<Result<flow::ImportedPiece>> import_piece(std::string plugin,
                                                         flow::ImportPiece piece) override;
    std::vector<flow::SignalInfo> signals() const override;
    flow::Task<Result<std::vector<flow::Finding>>> evaluate(std::string signal,
                                                            flow::AccountSnapshot snapshot) override;

    /// What it is, says and asks for; null when no plugin has this id.
    const Manifest* manifest_of(std::string_view plugin) const;
    /// Ends it and starts it anew, with the configuration that is in force now. Calls that come meanwhile are
    /// told to come again. Errors: not_found, and what keeps it from starting.
    flow::Task<Done> restart(std::string plugin);

    /// The first running plugin whose manifest says that it reads mail.
    bool reads_mail() const override;
    flow::Task<Result<flow::Reading>> read_mail(std::string bytes, std::string sender,
                                                std::vector<std::string> recipients, int attempt) override;

    /// `path` is what follows /c/<plugin>. Errors: not_found, unsupported (the path exists, the method does
    /// not).
    Result<RouteMatch> route(std::string_view plugin, std::string_view method, std::string_view path) const;
    /// The route behind /s/<token>. Errors: not_found.
    Result<RouteMatch> personal_route(std::string_view plugin) const;

    /// Lives as long as the registry; null when no running plugin serves the channel.
    flow::Deliverer* deliverer(std::string_view channel);
    std::vector<std::string> channels() const;

    /// Fires due timers until it is cancelled.
    flow::Task<void> run_timers();

    std::vector<PluginInfo> list() const;

 private:
    class ChannelDeliverer;
    Instance* find(std::string_view plugin) const;
    std::pair<Instance*, const MetricSpec*> find_metric(std::string_view id) const;
    Instance* mail_reader() const;
    void serve_channels(const Instance& instance);
    flow::Task<void> note_wishes(const Instance& instance);
    Done refuse(const std::string& id, Error error, const Manifest* manifest = nullptr);
    flow::Task<void> fire(flow::PluginTimer timer);

    HostServices services_;
    std::vector<std::unique_ptr<Instance>> instances_;  ///< in order of start
    std::vector<std::unique_ptr<Instance>> starting_;   ///< in replace, not yet called by anybody
    std::vector<std::unique_ptr<Instance>> former_;     ///< ended; somebody may still hold a call of theirs
    std::set<std::string> away_;                        ///< installed, and not to run now
    std::vector<PluginInfo> refused_;                   ///< those that never became an instance
    std::map<std::string, std::unique_ptr<flow::Deliverer>, std::less<>> deliverers_;
};

}  // namespace candour::plugin
