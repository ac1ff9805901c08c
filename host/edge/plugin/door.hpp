/// The host as one plugin sees it: the C slots of abi.h, each of which checks the plugin's state, its grant
/// and its arguments before anything else happens.
///
/// A door is never freed: a thread that a plugin left behind may come back to it at any time, and must find
/// it shut rather than gone. What lies behind it is reached only through `Home`, which is taken away when the
/// host leaves.
#pragma once
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "candour/abi.h"
#include "candour/border.hpp"
#include "edge/plugin/host_services.hpp"
#include "edge/plugin/job.hpp"

namespace candour::plugin {

/// A commit that waits for a database to come back is over by then, one way or the other.
inline constexpr std::chrono::seconds kHostPatience{10};

enum class Phase { created, serving, stopping, stopped, suspended };

/// What a door leads to, on the io thread.
struct Home {
    HostServices services;
    /// A late answer to a parked request. Errors: not_found.
    std::function<Done(std::uint64_t request_id, flow::Collected answer)> answer;
    std::function<bool(std::uint64_t call_id)> unwanted;
    /// The plugin did what a plugin must not do.
    std::function<void(const std::string& offence)> blame;
};

class Door {
 public:
    /// `config` is fixed for the life of the instance.
    static Door& open(std::string plugin, std::set<std::string> grants, std::string config,
                      std::shared_ptr<Home> home);

    const cdr_host* raw() const { return &raw_; }
    void enter(Phase phase) { phase_ = phase; }
    /// From here on nothing reaches the host any more.
    void brick_up();
    bool granted(std::string_view capability) const { return grants_.contains(std::string(capability)); }

 private:
    struct Slots;
    Door(std::string plugin, std::set<std::string> grants, std::string config, std::shared_ptr<Home> home);

    /// nullopt: go on. `needs_serving`: start must have returned.
    std::optional<Error> refusal(std::string_view slot, std::string_view capability, bool needs_serving);
    bool post(std::function<void(Home&)> errand);
    void blame(const std::string& offence);
    /// false: a flood, drop the line.
    bool may_log();

    template <class T>
    Result<T> ask(std::function<flow::Task<Result<T>>(Home&)> question,
                  std::chrono::seconds patience = kHostPatience);

    Result<core::Instant> now();
    Done put_observation(std::string_view stream, std::string_view key, std::string_view json);
    Done put_observations(std::string_view stream, std::string_view batch_json);
    Done may_fetch(std::string_view url);
    /// Binds them to the job that this thread is in, or commits them now.
    Done keep(std::vector<core::Observation> observations);

    cdr_host raw_{};
    const std::string plugin_;
    const std::set<std::string> grants_;
    const std::string config_;
    std::atomic<Phase> phase_{Phase::created};

    std::mutex home_mutex_;
    std::shared_ptr<Home> home_;

    std::atomic<int> fetching_{0};

    std::mutex log_mutex_;
    std::int64_t log_second_ = 0;
    int log_lines_ = 0, log_dropped_ = 0;
};

}  // namespace candour::plugin
