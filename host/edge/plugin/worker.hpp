/// A plugin in a process of its own, as the host sees it: a descriptor and roles like those of a library,
/// each slot of which calls through the channel. The process is not trusted: whatever it says is checked, and
/// what breaks the protocol ends it.
#pragma once
#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "candour/abi.h"
#include "remote/control.hpp"
#include "remote/interfaces.hpp"

namespace candour::plugin {

class Worker final : public std::enable_shared_from_this<Worker>, private remote::Peer {
 public:
    /// Starts the program; nothing of the plugin is loaded yet. Errors: unavailable.
    static Result<std::shared_ptr<Worker>> spawn(const std::filesystem::path& program);
    /// After `retire`: its own threads keep it alive until then.
    ~Worker() override;

    /// Blocking calls, for the plugin's thread. The layers that this kernel lacks.
    Result<std::vector<std::string>> confine(const remote::Confinement& walls);
    Done load(const remote::LoadOrder& order);

    /// Its `create` takes the worker from *out_self: `self_of`.
    static const cdr_plugin* descriptor();
    void* self_of() { return static_cast<remote::Peer*>(this); }

    /// Any thread. Ends it, if it is there still, and lets everybody go who waits for it.
    void kill();
    /// Lets it end by itself when it is idle; the last thing that is asked of it.
    void retire();
    /// Becomes readable when the process has ended.
    int pidfd() const { return pidfd_; }
    /// After that: what ended it, for a person.
    std::string obituary();

 private:
    struct Slots;
    Worker(int socket, int pidfd, remote::Lane to, remote::Lane from);
    void begin();
    void listen();
    void serve_guests();
    std::optional<std::string> serve(const remote::Frame& request) override;
    bool serve(const remote::Frame& request, remote::BodyWriter& out);
    bool hear(const remote::Frame& word) override;
    void lost() override;
    Done create(const cdr_host* host);
    Result<remote::BodyReader> order(remote::Exchange& exchange, remote::Order order);
    const void* role(std::string_view id) const;

    struct Roles {
        cdr_collector collector;
        cdr_deliverer deliverer;
        cdr_metric metric;
        cdr_campaign campaign;
        cdr_signal signal;
    };

    const int pidfd_;
    std::mutex end_mutex_;
    bool reaped_ = false;
    std::string how_it_ended_;

    /// What it may call: set by `create`, before anything can be called.
    std::atomic<const cdr_host*> host_{nullptr};
    std::array<const void*, std::tuple_size_v<decltype(remote::kServices)>> services_{};
    std::array<const void*, std::tuple_size_v<decltype(remote::kRoles)>> roles_{};
    Roles tables_{};
};

}  // namespace candour::plugin
