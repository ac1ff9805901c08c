/// A host small enough for a test: the flow interfaces in memory, a clock that stands still, and a registry
/// on top.
#pragma once
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

class World {
 public:
    World() : registry(std::make_unique<Registry>(services())) {}

    HostServices services() {
        return {io,
                clock,
                state,
                observations,
                mail,
                [](std::string_view plugin) { return "{\"of\":\"" + std::string(plugin) + "\"}"; },
                [this](const LogLine& line) { lines.push_back(line); }};
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
    std::vector<LogLine> lines;
    std::unique_ptr<Registry> registry;
};

}  // namespace candour::plugin
