/// Everything that a host may ask of a plugin, asked once, with a host in memory behind it.
#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "app/tool/case.hpp"
#include "app/tool/lent.hpp"
#include "candour/border.hpp"
#include "fake_host.hpp"

namespace candour::app::tool {

/// One call and what came back.
struct Answer {
    std::string slot;  ///< "handle_http submit POST"
    cdr_status status = CDR_OK;
    std::string text;     ///< the result, or the error's message
    std::string refused;  ///< what the answer itself breaks: a status without a body, text that is no UTF-8
};

/// The library, loaded into this process. Errors: those of the host that would load it.
Result<const cdr_plugin*> load(const Subject& subject);

/// A host that grants what the manifest asks for.
class Bench {
 public:
    explicit Bench(const Subject& subject);
    /// Everything granted, or all but one.
    void grant_all(const std::string& but = {});
    sdk::testing::FakeHost host;

 private:
    const plugin::Manifest& manifest_;
};

/// One instance of the plugin, driven on this thread.
class Instance {
 public:
    Instance(const cdr_plugin* plugin, const Subject& subject, const cdr_host* host,
             sdk::testing::FakeHost& fake)
        : plugin_(plugin), subject_(subject), host_(host), fake_(fake) {}
    ~Instance() { destroy(); }
    /// Arguments in plain memory from now on: guarded pages take longer than the plugin.
    void lend_plainly() { Lent::guard(false); }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    Answer create();
    Answer start();
    Answer stop();
    void destroy();

    Answer view(const std::string& route, const std::string& request);
    Answer submit(const std::string& route, const std::string& request, std::string_view body,
                  std::uint32_t attempt = 1);
    Answer mail(std::string_view raw);
    Answer event(const std::string& kind, const std::string& payload);
    Answer deliver(const std::string& message);
    Answer compose(const std::string& kind, const std::string& language);
    Answer evaluate(const std::string& signal, const std::string& snapshot);
    Answer unit(const std::string& metric, const std::vector<std::int64_t>& rows,
                const std::vector<std::int64_t>& asks);
    Answer finalize(const std::string& metric, const std::vector<std::int64_t>& groups);
    Answer movements(const std::string& tallies, const std::vector<std::int64_t>& rows,
                     const std::vector<std::int64_t>& units);
    Answer summarise(const std::string& metric, const std::vector<std::int64_t>& pairs);

    /// What the manifest promises, each once with plausible input.
    std::vector<Answer> everything();
    template <class Role>
    const Role* role(const char* id) const {
        return static_cast<const Role*>(plugin_->query(self_, sdk::to_view(id)));
    }
    /// In a worker: what its `create` takes.
    void lives_in(void* self) { self_ = self; }
    /// Its worker ended: there is nothing left to stop or destroy.
    void is_gone() { self_ = nullptr, started_ = false; }
    /// From now on jobs are not bound: which call a fact belongs to is known on one thread only.
    void call_from_many_threads() { one_thread_ = false; }
    const plugin::Manifest& manifest() const { return subject_.manifest; }
    const void* query(cdr_str id) const { return plugin_->query(self_, id); }

 private:
    template <class Call>
    Answer ask(std::string slot, sdk::testing::FakeHost::Under under, Call call);
    cdr_call next_call(std::uint32_t attempt = 1);
    void routes(std::vector<Answer>& answers);
    void metrics(std::vector<Answer>& answers);

    const cdr_plugin* plugin_;
    const Subject& subject_;
    const cdr_host* host_;
    sdk::testing::FakeHost& fake_;
    void* self_ = nullptr;
    bool started_ = false;
    bool one_thread_ = true;
    std::atomic<std::uint64_t> calls_ = 0;
};

/// The verdict of `use(bench, instance)` on an instance that runs; that it does not run is a verdict, too.
template <class Use>
Verdict on_running(const Subject& subject, Use use) {
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    Bench bench(subject);
    Instance instance(*plugin, subject, bench.host.raw(), bench.host);
    if (const Answer created = instance.create(); created.status != CDR_OK)
        return failed("create: " + created.text);
    if (const Answer started = instance.start(); started.status != CDR_OK)
        return failed("start: " + started.text);
    return use(bench, instance);
}

/// What a host says to a route: a page view, or a form that somebody sent.
std::string request_json(const plugin::Route& route, const std::string& method, const std::string& key);
/// An account as a signal sees it, with so many rows in each of its views.
std::string snapshot_json(const plugin::SignalSpec& signal, std::size_t rows, std::uint64_t seed);
/// Rows of one contact, or of one item, on the days from `day` on.
std::vector<std::int64_t> rows_of(const plugin::MetricSpec& metric, std::int64_t day, std::size_t count,
                                  std::uint64_t seed);

}  // namespace candour::app::tool
