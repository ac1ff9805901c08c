/// A host small enough for a test: the flow interfaces in memory, a clock that stands still, and a registry
/// on top.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edge/plugin/registry.hpp"
#include "support/manual_clock.hpp"
#include "support/run_task.hpp"

namespace candour::plugin {

class MemoryState final : public flow::PluginState {
 public:
    flow::Task<Result<flow::KvEntry>> get(std::string plugin, std::string key) override {
        const auto found = documents.find(plugin + "/" + key);
        if (found == documents.end()) co_return Error{ErrorCode::not_found, "no such key"};
        co_return found->second;
    }
    flow::Task<Result<std::uint64_t>> put(std::string plugin, std::string key, std::string value,
                                          std::uint64_t expected, std::chrono::seconds) override {
        const auto found = documents.find(plugin + "/" + key);
        const std::uint64_t current = found == documents.end() ? 0 : found->second.version;
        if (expected != flow::kAnyVersion && expected != current)
            co_return Error{ErrorCode::conflict, "faster"};
        documents[plugin + "/" + key] = flow::KvEntry{value, current + 1};
        co_return current + 1;
    }
    flow::Task<Done> erase(std::string plugin, std::string key, std::uint64_t) override {
        documents.erase(plugin + "/" + key);
        co_return done();
    }
    flow::Task<Result<flow::KvPage>> scan(std::string plugin, std::string prefix, std::string after,
                                          int limit) override {
        flow::KvPage page;
        for (const auto& [place, entry] : documents) {
            const std::string key = place.substr(std::min(place.size(), plugin.size() + 1));
            if (!place.starts_with(plugin + "/" + prefix) || (!after.empty() && key <= after)) continue;
            page.entries.emplace_back(key, entry);
            if (page.entries.size() < static_cast<std::size_t>(limit)) continue;
            page.next = key;
            break;
        }
        co_return page;
    }
    flow::Task<Done> set_timer(flow::PluginTimer timer) override {
        timers[timer.id] = timer;
        co_return done();
    }
    flow::Task<Done> clear_timer(std::string, std::string id) override {
        timers.erase(id);
        co_return done();
    }
    flow::Task<Result<std::vector<flow::PluginTimer>>> claim_due_timers(core::Instant now, int) override {
        std::vector<flow::PluginTimer> due;
        for (const auto& [id, timer] : timers)
            if (timer.due <= now) due.push_back(timer);
        co_return due;
    }
    flow::Task<Done> timer_fired(flow::PluginTimer timer) override {
        timers.erase(timer.id);
        fired.push_back(timer);
        co_return done();
    }

    flow::Task<Done> want_events(std::string plugin, std::vector<std::string> kinds) override {
        wanted[plugin] = kinds;
        co_return done();
    }

    std::map<std::string, std::vector<std::string>> wanted;
    std::map<std::string, flow::KvEntry> documents;
    std::map<std::string, flow::PluginTimer> timers;
    std::vector<flow::PluginTimer> fired;
};

class MemoryObservations final : public flow::Observations {
 public:
    flow::Task<Result<std::vector<flow::Accepted>>> accept(std::vector<core::Observation> batch) override {
        std::vector<flow::Accepted> accepted;
        for (core::Observation& one : batch) {
            kept.push_back(std::move(one));
            flow::Accepted answer;
            answer.seq = static_cast<std::int64_t>(kept.size());
            accepted.push_back(answer);
        }
        co_return accepted;
    }
    std::vector<core::Observation> kept;
};

class MemoryMail final : public flow::PluginMail {
 public:
    flow::Task<Result<MessageId>> send(flow::PluginMailRequest request) override {
        sent.push_back(std::move(request));
        co_return MessageId(IdBytes{1});
    }
    std::vector<flow::PluginMailRequest> sent;
};

/// The world outside: answers with what was asked.
class MemoryEgress final : public flow::Egress {
 public:
    Result<flow::EgressPlace> place_of(std::string_view url) const override {
        const bool tls = url.starts_with("https://");
        const std::size_t from = url.find("://");
        if (from == std::string_view::npos) return Error{ErrorCode::invalid, "no URL"};
        const std::string_view rest = url.substr(from + 3);
        const std::string place(rest.substr(0, rest.find('/')));
        const std::size_t colon = place.find(':');
        if (colon == std::string::npos) return flow::EgressPlace{tls, place, tls ? "443" : "80"};
        return flow::EgressPlace{tls, place.substr(0, colon), place.substr(colon + 1)};
    }
    flow::Task<Result<flow::EgressAnswer>> fetch(flow::EgressRequest request) override {
        asked.push_back(request);
        co_return flow::EgressAnswer{302, {{"location", "https://elsewhere.example/"}}, request.body};
    }
    std::vector<flow::EgressRequest> asked;
};

/// Where plugins run: CANDOUR_PLUGIN_MODE, so that the same tests run in each mode. One death of a worker is
/// enough, as one fault is in process.
inline Isolation isolation_of_tests() {
    Isolation isolation;
    const char* name = std::getenv("CANDOUR_PLUGIN_MODE");
    isolation.usual = core::value_of(kModes, name == nullptr ? "in_process" : name).value();
#ifdef CANDOUR_WORKER  // only those who run plugins elsewhere need to know where the program is
    isolation.program = CANDOUR_WORKER;
#endif
    isolation.supervision.most_deaths = 1;
    return isolation;
}

class World {
 public:
    explicit World(Isolation given = isolation_of_tests())
        : isolation(std::move(given)), registry(std::make_unique<Registry>(services())) {}

    HostServices services() {
        HostServices made{io,
                          clock,
                          state,
                          observations,
                          mail,
                          [this](std::string_view plugin) {
                              const auto found = configs.find(std::string(plugin));
                              return found == configs.end() ? std::string("{}") : found->second;
                          },
                          [this](const LogLine& line) { lines.push_back(line); },
                          nullptr,
                          &egress,
                          [](std::string_view name) -> Result<std::string> {
                              if (name != "servant_key") return Error{ErrorCode::not_found, "no such secret"};
                              return std::string("s3cr3t");
                          }};
        made.isolation = isolation;
        return made;
    }

    template <class T>
    T run(flow::Task<T> task) {
        return support::run_task(io, std::move(task));
    }
    Done load(const std::string& fixture) {
        return run(registry->load(std::filesystem::path(FIXTURES) / fixture));
    }
    void stop() { run(registry->stop_all(std::chrono::seconds{5})); }

    Result<flow::Collected> get(const std::string& plugin, const std::string& name = "show") {
        return run(registry->collect(request(plugin, "GET", name)));
    }
    Result<flow::Collected> post(const std::string& plugin, const std::string& name) {
        return run(registry->collect(request(plugin, "POST", name)));
    }
    Result<std::string> event(const std::string& plugin, const std::string& kind,
                              const std::string& payload = "{}") {
        return run(registry->event(plugin, kind, payload));
    }
    static flow::CollectRequest request(const std::string& plugin, const std::string& method,
                                        const std::string& name) {
        flow::CollectRequest request;
        request.plugin = plugin;
        request.route = "page";
        request.method = method;
        request.params = {{"name", name}};
        request.key = "job-key";
        return request;
    }
    PluginInfo info(const std::string& id) const {
        for (PluginInfo& info : registry->list())
            if (info.id == id) return info;
        return {};
    }
    bool logged(const std::string& part) const {
        for (const LogLine& line : lines)
            if (line.message.find(part) != std::string::npos) return true;
        return false;
    }

    boost::asio::io_context io;
    support::ManualClock clock;
    MemoryState state;
    MemoryObservations observations;
    MemoryMail mail;
    MemoryEgress egress;
    std::map<std::string, std::string> configs;
    std::vector<LogLine> lines;
    const Isolation isolation;
    std::unique_ptr<Registry> registry;
};

}  // namespace candour::plugin
